"""From the text that is stored to its tree. Pure."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from cse_tracker.core.rich_text.addresses import bare_addresses, encoded, is_safe
from cse_tracker.core.rich_text.marks import plain_marks
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
    joined,
    words_of,
)

# Only what the subset has: no headings, code, quotations, pictures, HTML.
_MARKDOWN = MarkdownIt("zero", {"maxNesting": 60}).enable(
    ["list", "emphasis", "link", "escape", "newline"]
)
_MARKDOWN.validateLink = is_safe  # type: ignore[assignment,method-assign]


def read(text: str) -> Blocks:
    """The tree of a text. Nothing but marks is lost, whatever the text is."""
    root = SyntaxTreeNode(_MARKDOWN.parse(plain_marks(text)))
    blocks = (_block(node) for node in root.children)
    return tuple(_without_gaps(block for block in blocks if block))


def _without_gaps(blocks: Iterable[Paragraph | Points]) -> Iterator[Paragraph | Points]:
    """Lists of a kind that only an empty one parted are one: no text could part them."""
    for kind, same in groupby(blocks, key=_kind):
        if kind is None:
            yield from same
        elif points := _points(i for each in same for i in _items_of(each)):
            yield points


def _kind(block: Paragraph | Points) -> bool | None:
    """Whether a list is numbered; None for a paragraph."""
    return None if isinstance(block, Paragraph) else block.items[0].number is not None


def _items_of(block: Paragraph | Points) -> Iterable[Item]:
    return block.items if isinstance(block, Points) else ()


def _block(node: SyntaxTreeNode) -> Paragraph | Points | None:
    if node.type == "paragraph":
        parts = _parts(node)
        return Paragraph(parts) if words_of(parts).strip() else None
    return _points(_items(node))


def _points(items: Iterable[Item]) -> Points | None:
    """A list of the points that say something, or None if none does."""
    said = [each for each in items if words_of(each.parts).strip() or each.nested]
    return Points(tuple(_numbered(said))) if said else None


def _items(points: SyntaxTreeNode) -> Iterator[Item]:
    """The points of a first-level list, each with the lists inside it."""
    for node in points.children:
        yield Item(
            parts=_own_parts(node),
            number=_number(node),
            nested=tuple(_nested(node)),
        )


def _nested(node: SyntaxTreeNode) -> Iterator[Points]:
    """The lists inside a point; what stood between two of a kind is the point's own words."""
    items = (item for points in _lists(node) for item in _flat_items(points))
    for _, same in groupby(items, key=lambda item: item.number is None):
        points = _points(same)
        if points:
            yield points


def _flat_items(points: SyntaxTreeNode) -> Iterator[Item]:
    """The points of a list inside a point; deeper ones follow theirs on the same level."""
    for node in points.children:
        yield Item(parts=_own_parts(node), number=_number(node))
        for inner in _lists(node):
            yield from _flat_items(inner)


def _numbered(items: Iterable[Item]) -> Iterator[Item]:
    """Numbers as typed, but always rising: "1. 1. 1." is how some people type 1 to 3."""
    last = None
    for item in items:
        number = item.number
        if number is not None:
            number = number if last is None else max(number, last + 1)
            last = number
        yield Item(item.parts, number, item.nested)


def _lists(node: SyntaxTreeNode) -> list[SyntaxTreeNode]:
    return [child for child in node.children if child.type != "paragraph"]


def _own_parts(node: SyntaxTreeNode) -> Parts:
    """The words of a point, several paragraphs as several lines."""
    parts: list[Part] = []
    for child in node.children:
        if child.type == "paragraph":
            parts += [Break(), *_parts(child)] if parts else _parts(child)
    return tuple(parts)


def _number(node: SyntaxTreeNode) -> int | None:
    return int(node.info) if node.info else None


def _parts(node: SyntaxTreeNode) -> Parts:
    """What the inline node below ``node`` says."""
    parts: Iterable[Part] = (
        part for inline in node.children for part in _inner(inline)
    )
    return _with_bare_links(joined(parts))


def _inner(node: SyntaxTreeNode) -> Parts:
    return joined(part for child in node.children for part in _part(child))


def _part(node: SyntaxTreeNode) -> Parts:
    """One node; emphasis, and bold by underscores, are plain characters here."""
    match node.type:
        case "softbreak" | "hardbreak":
            return (Break(),)
        case "text":
            return (Text(node.content),)
        case "strong" if node.markup == "**":
            return tuple(_bold_lines(_inner(node)))
        case "link" if node.attrs["href"]:
            return (Link(encoded(str(node.attrs["href"])), _inner(node)),)
    before, after = ("[", "]()") if node.type == "link" else (node.markup, node.markup)
    return (Text(before), *_inner(node), Text(after))


def _bold_lines(parts: Parts) -> Iterator[Part]:
    """Bold words, each line by itself."""
    for is_break, line in groupby(parts, key=lambda part: part == Break()):
        words = tuple(line)
        yield from words if is_break else [Bold(words)]


def _with_bare_links(parts: Parts) -> Parts:
    return tuple(piece for part in parts for piece in _linked(part))


def _linked(part: Part) -> Iterator[Part]:
    match part:
        case Bold(parts):
            yield Bold(_with_bare_links(parts))
        case Text(words):
            done = 0
            for start, end in bare_addresses(words):
                yield from joined([Text(words[done:start])])
                yield Link(words[start:end], (Text(words[start:end]),))
                done = end
            yield from joined([Text(words[done:])])
        case _:
            yield part
