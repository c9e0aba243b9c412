"""Lines as a paste brings them, one below the other, and the tree they make. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from cse_tracker.core.rich_text.addresses import encoded
from cse_tracker.core.rich_text.pasting.left_out import Change, LeftOut
from cse_tracker.core.rich_text.tree import (
    Block,
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
)

DEEPEST = 2
LINE_END = "\n"


@dataclass(frozen=True)
class Run:
    """Words of one look. LINE_END alone ends a line inside a paragraph."""

    words: str
    is_bold: bool = False
    address: str = ""


@dataclass
class Line:
    """A paragraph (``level`` 0) or a point of a list, a numbered one if it has a number."""

    level: int = 0
    number: int | None = None
    runs: list[Run] = field(default_factory=list)

    def words(self) -> str:
        return "".join(run.words for run in self.runs)


def blocks_of(lines: Sequence[Line], left_out: LeftOut) -> Blocks:
    """The tree of the lines that say something."""
    said = [line for line in lines if line.words().strip()]
    for line in said:
        if line.level > DEEPEST:
            left_out.note(Change.LEVEL)
    blocks: list[Block] = []
    for is_list, group in groupby(said, key=lambda line: line.level > 0):
        if is_list:
            blocks += _lists(list(group))
        else:
            blocks += [Paragraph(parts_of(line.runs)) for line in group]
    return tuple(blocks)


def parts_of(runs: Iterable[Run]) -> Parts:
    """Words, bold words and links; blanks as a page shows them."""
    parts: list[Part] = []
    for run in _single_blanks(runs):
        if run.words == LINE_END:
            parts.append(Break())
            continue
        inner: Part = Text(run.words)
        if run.address and run.words.strip():
            inner = Link(encoded(run.address), (inner,))
        parts.append(Bold((inner,)) if run.is_bold and run.words.strip() else inner)
    return joined(parts)


def _single_blanks(runs: Iterable[Run]) -> Iterator[Run]:
    """The same runs, neighbours of one look as one, without a blank after a blank."""
    ends_blank = True
    for look, same in groupby(runs, key=lambda run: replace(run, words="")):
        for is_end, pieces in groupby(same, key=lambda run: run.words == LINE_END):
            if is_end:
                yield from pieces
                ends_blank = True
                continue
            words = "".join(run.words for run in pieces)
            tidy = " ".join(words.split())
            starts = " " if words[:1].isspace() and not ends_blank else ""
            ends = " " if words[-1:].isspace() and tidy else ""
            if starts or tidy:
                yield replace(look, words=f"{starts}{tidy}{ends}")
                ends_blank = bool(ends) or not tidy


def _lists(lines: list[Line]) -> Iterator[Points]:
    """One list for each run of bullets or of numbers on the first level."""
    items: list[Item] = []
    for line in lines:
        item = Item(parts_of(line.runs), line.number)
        if line.level > 1 and items:
            items[-1] = replace(items[-1], nested=_nested(items[-1].nested, item))
            continue
        if items and (items[-1].number is None) != (item.number is None):
            yield Points(tuple(items))
            items = []
        items.append(item)
    yield Points(tuple(items))


def _nested(lists: tuple[Points, ...], item: Item) -> tuple[Points, ...]:
    """The lists inside a point with one point more."""
    if lists and lists[-1].is_numbered == (item.number is not None):
        return (*lists[:-1], Points((*lists[-1].items, item)))
    return (*lists, Points((item,)))
