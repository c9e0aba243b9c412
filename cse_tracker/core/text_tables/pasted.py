"""Reading tables from the clipboard: HTML as programs copy it, or text with tabs. Pure but
for the refusals, which are worded for the person."""

import re
from collections.abc import Iterator, Sequence

from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.rich_text.pasting import TooMuch, convert, sound
from cse_tracker.core.rich_text.pasting.left_out import LeftOut
from cse_tracker.core.rich_text.pasting.tables import Table
from cse_tracker.core.rich_text.pasting.walker import Attributes, Walker
from cse_tracker.core.text_tables import limits
from cse_tracker.core.text_tables.cells import cell_text, plain_cell_text
from cse_tracker.core.text_tables.tables import (
    BLANK,
    Cells,
    TextCell,
    TextTable,
    spread,
)

Span = tuple[int, int]
# Some programs write a few tags into the cells of a plain table.
_TAGGED = re.compile(r"<(?:li|b|strong|br|p)\b[^<>]*>", re.I)
# Marks of a title in plain text, as some programs write them.
_TITLE_MARKS = "#* \t"


def read_html(html: str) -> Sequence[TextTable]:
    """The tables of pasted HTML. Raises RuleBroken with words for the person."""
    try:
        clean = sound(
            html,
            max_characters=limits.MAX_PASTED_CHARACTERS,
            max_tags=limits.MAX_PASTED_TAGS,
        )
    except TooMuch as problem:
        raise RuleBroken(limits.TOO_MUCH) from problem
    walker = TableWalker()
    walker.feed(clean)
    walker.close()
    return limits.check_amount(walker.found)


def read_tabbed(text: str) -> Sequence[TextTable]:
    """The tables of pasted text whose cells are apart by tabs. Raises RuleBroken."""
    if len(text) > limits.MAX_PASTED_CHARACTERS:
        raise RuleBroken(limits.TOO_MUCH)
    return limits.check_amount(list(_tabbed(text.splitlines())))


class TableWalker(Walker):
    """Keeps outer tables with the spans of their cells; a table inside a cell is a list."""

    def __init__(self) -> None:
        super().__init__(LeftOut())
        self.found: list[TextTable] = []
        self.spans: list[list[Span]] = []

    def _begin(self, tag: str, attributes: Attributes) -> None:
        if len(self.tables) == 1 and tag == "tr":
            self.spans.append([])
        if len(self.tables) == 1 and tag in {"td", "th"}:
            if not self.spans:
                self.spans.append([])
            self.spans[-1].append(
                (
                    _span(attributes.get("colspan", "")),
                    _span(attributes.get("rowspan", "")),
                )
            )
        super()._begin(tag, attributes)

    def _end_table(self) -> None:
        if len(self.tables) > 1:
            super()._end_table()
            return
        self._end_line()
        table, spans = self.tables.pop(), self.spans
        titles = tuple(" ".join(line.words().split()) for line in self.lines)
        self.lines, self.spans = [], []
        rows = spread(_cells_of(table, spans), max_columns=limits.MAX_COLUMNS)
        self.found.append(TextTable(len(self.found) + 1, rows, titles))


def _span(value: str) -> int:
    return max(int(value), 1) if re.fullmatch(r"\d{1,3}", value) else 1


def _cells_of(
    table: Table, spans: list[list[Span]]
) -> Iterator[list[tuple[TextCell, int, int]]]:
    for row, row_spans in zip(table.rows, spans, strict=True):
        yield [
            (TextCell(cell_text(cell)), *span)
            for cell, span in zip(row.cells, row_spans, strict=True)
        ]


def _tabbed(lines: list[str]) -> Iterator[TextTable]:
    """Runs of lines with tabs; a line without one continues the cell before it."""
    rows: list[list[str]] = []
    titles: list[str] = []
    number = 0
    for line in lines:
        if "\t" in line:
            _add_cells(rows, line.split("\t"))
        elif rows and line.strip() and not line.lstrip().startswith("#"):
            rows[-1][-1] += f"\n{line}"
        else:
            if rows and line.strip():
                number += 1
                yield _table(number, rows, titles)
                rows, titles = [], []
            titles += filter(None, [line.strip(_TITLE_MARKS)])
    if rows:
        yield _table(number + 1, rows, titles)


def _add_cells(rows: list[list[str]], cells: list[str]) -> None:
    """A new row, or the rest of one that broke off at a line end inside a cell."""
    width = len(rows[0]) if rows else 0
    if rows and len(rows[-1]) + len(cells) - 1 <= width and len(cells) < width:
        rows[-1][-1] += f"\n{cells[0]}"
        rows[-1] += cells[1:]
    else:
        rows.append(cells)


def _table(number: int, rows: list[list[str]], titles: list[str]) -> TextTable:
    cells: list[Cells] = [
        tuple(_plain_cell(value) for value in row[: limits.MAX_COLUMNS]) for row in rows
    ]
    return TextTable(number, tuple(cells), tuple(titles))


def _plain_cell(value: str) -> TextCell:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] == '"':
        # As spreadsheet programs copy a cell with line ends.
        value = value[1:-1].replace('""', '"')
    if not value:
        return BLANK
    if _TAGGED.search(value):
        return TextCell(convert(value).text)
    return TextCell(plain_cell_text(value))
