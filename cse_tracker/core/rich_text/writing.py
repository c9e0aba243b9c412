"""From a tree to the text that is stored. Pure; ``reading`` reads the same tree back."""

import re
from collections.abc import Iterator

from cse_tracker.core.rich_text.addresses import bare_addresses, encoded
from cse_tracker.core.rich_text.marks import INDENT, literal
from cse_tracker.core.rich_text.tree import (
    Blocks,
    Bold,
    Break,
    Item,
    Link,
    Paragraph,
    Part,
    Parts,
    Points,
    Text,
    words_of,
)

# A backslash before a character that it would take literally, stars, a link's middle.
_MARKS = re.compile(r"\\(?=[!-/:-@\[-`{-~\n]|$)|\*|\](?=\()")
# Beside no bold words, one star alone means nothing.
_MARKS_ALONE = re.compile(r"\\(?=[!-/:-@\[-`{-~\n]|$)|\*(?=\*)|(?<=\*)\*|\](?=\()")


def write(blocks: Blocks) -> str:
    """The text with its marks; what looks like a mark and is none gets a backslash."""
    return "\n\n".join("\n".join(_lines(block)) for block in blocks)


def _lines(block: Paragraph | Points, indent: str = "") -> Iterator[str]:
    match block:
        case Paragraph(parts):
            yield from _text(parts).split("\n")
        case Points(items):
            for item in items:
                yield from _item_lines(item, indent)


def _item_lines(item: Item, indent: str) -> Iterator[str]:
    mark = "-" if item.number is None else f"{item.number}."
    # Deep enough for the widest mark, "999. ".
    deeper = indent + (INDENT if item.number is None else " " * (len(mark) + 1))
    first, *more = _text(item.parts).split("\n")
    yield f"{indent}{mark} {first}".rstrip()
    yield from (f"{deeper}{line}" for line in more)
    for points in item.nested:
        yield from _lines(points, deeper)


def _text(parts: Parts) -> str:
    """Lines without blanks around them, the first of which begins no list by chance."""
    lines = "".join(_marked(parts)).split("\n")
    return "\n".join(literal(line.strip()) for line in lines if line.strip())


def _marked(parts: Parts, *, inside: bool = False) -> Iterator[str]:
    has_bold = inside or any(isinstance(part, Bold) for part in parts)
    marks = _MARKS if has_bold else _MARKS_ALONE
    for place, part in enumerate(parts):
        match part:
            case Text(words):
                yield marks.sub(r"\\\g<0>", words)
            case Break():
                yield "\n"
            case Bold(inner):
                before = words_of(parts[max(place - 1, 0) : place])[-1:]
                after = words_of(parts[place + 1 : place + 2])[:1]
                yield _bold(inner, before, after)
            case Link(address, inner):
                yield _link(address, inner)


def _bold(parts: Parts, before: str, after: str) -> str:
    """Bold words; blanks go outside the marks, which would not count beside one."""
    inner = "".join(_marked(parts, inside=True))
    words = inner.strip()
    # A mark between a letter and a sign would not count either, and be read as two stars.
    is_loose = (before.isalnum() and not words[:1].isalnum()) or (
        after.isalnum() and not words[-1:].isalnum()
    )
    if not words or is_loose or "\n" in words:
        return inner
    return inner.replace(words, f"**{words}**", 1)


def _link(address: str, parts: tuple[Part, ...]) -> str:
    words = " ".join(words_of(parts).split())
    if words == address and bare_addresses(words) == [(0, len(words))]:
        return words
    label = re.sub(r"[\\\[\]*]", r"\\\g<0>", words)
    return f"[{label}]({encoded(address)})"
