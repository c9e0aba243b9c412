"""A text as its paragraphs and points, to be taken apart and put together again. Pure."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, groupby

from cse_tracker.core.rich_text.reading import read
from cse_tracker.core.rich_text.tree import (
    Block,
    Break,
    Item,
    Paragraph,
    Parts,
    Points,
    Text,
    joined,
    words_of,
)
from cse_tracker.core.rich_text.writing import write


def units_of(text: str) -> list[Block]:
    """Each paragraph, and each first-level point as a list of its own, in order."""
    return list(_parsed(text))


# The same text is often asked about several times in a row.
@lru_cache(maxsize=16)
def _parsed(text: str) -> tuple[Block, ...]:
    return tuple(_units(read(text)))


def text_of(units: Iterable[Block]) -> str:
    """The text of the units; neighbouring points of one sort are one list again."""
    blocks: list[Block] = []
    for sort, group in groupby(units, _sort_of_points):
        alike = list(group)
        if sort is None:
            blocks += alike
        else:
            lists = (unit for unit in alike if isinstance(unit, Points))
            blocks.append(Points(tuple(chain.from_iterable(u.items for u in lists))))
    return write(tuple(blocks))


def _sort_of_points(unit: Block) -> bool | None:
    return unit.is_numbered if isinstance(unit, Points) else None


def words_of_unit(unit: Block) -> str:
    """What a unit says on one line, the points inside it too."""
    if isinstance(unit, Paragraph):
        return words_of(unit.parts)
    return " ".join(
        words_of(each.parts)
        for item in unit.items
        for each in (item, *(inner for points in item.nested for inner in points.items))
    )


def one_after_the_other(first: str, second: str) -> str:
    """Both texts, the second below the first."""
    return text_of([*units_of(first), *units_of(second)])


def run_together(first: str, second: str) -> str:
    """Both texts as one, where the second goes on in the middle of the first's last sentence."""
    before, after = units_of(first), units_of(second)
    if not before or not after:
        return text_of(before + after)
    return text_of(
        [
            *before[:-1],
            with_words(before[-1], (Text(" "), *parts_of(after[0]))),
            *after[1:],
        ]
    )


def parts_of(unit: Block) -> Parts:
    """The words of a unit as they go on in another one."""
    return unit.parts if isinstance(unit, Paragraph) else _flat(unit)


def with_words(unit: Block, more: Parts) -> Block:
    """The unit with more at the end of its own words."""
    if isinstance(unit, Paragraph):
        return Paragraph(joined((*unit.parts, *more)))
    item = unit.items[-1]
    return Points(
        (
            *unit.items[:-1],
            Item(joined((*item.parts, *more)), item.number, item.nested),
        )
    )


def _units(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Points):
            yield from (Points((item,)) for item in block.items)
        else:
            yield block


def _flat(points: Points) -> Parts:
    parts: list[object] = []
    for item in points.items:
        parts += [Break(), *item.parts] if parts else item.parts
        for inner in item.nested:
            parts += [Break(), *_flat(inner)]
    return tuple(parts)  # type: ignore[arg-type]
