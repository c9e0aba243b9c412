"""A table of texts as plain data, whatever it was read from. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextCell:
    """The text of one cell in the Markdown subset of ``core.rich_text``."""

    text: str = ""
    # Merged with the cell above, whose text counts for this row too.
    continues: bool = False


BLANK = TextCell()
Cells = tuple[TextCell, ...]


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table, the ``number``-th of its document, and the lines between it and the last one."""

    number: int
    rows: tuple[Cells, ...]
    titles: tuple[str, ...] = ()


def is_blank(cells: Iterable[TextCell]) -> bool:
    """Whether a row says nothing of its own."""
    return not any(cell.text for cell in cells)


def spread(
    rows: Iterable[Iterable[tuple[TextCell, int, int]]], *, max_columns: int
) -> tuple[Cells, ...]:
    """Rows of cells with their column and row spans, laid out on a grid.

    A cell over several columns stands in its first; one over several rows is ``continues`` in
    the rows below.
    """
    done: list[Cells] = []
    # Column to how many rows a cell from above still covers it.
    covered: dict[int, int] = {}
    for row in rows:
        cells: dict[int, TextCell] = {}
        column = 0
        below: dict[int, int] = {}
        for cell, columns, depth in row:
            while covered.get(column):
                column += 1
            cells[column] = cell
            for place in range(column, min(column + columns, max_columns)):
                below[place] = depth - 1
            column += columns
        for place, left in covered.items():
            if left:
                cells[place] = TextCell(continues=True)
                below[place] = left - 1
        covered = below
        width = min(max([*cells, *below], default=-1) + 1, max_columns)
        done.append(tuple(cells.get(place, BLANK) for place in range(width)))
    return tuple(done)
