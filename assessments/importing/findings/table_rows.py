"""From one table after the other to its rows, cell by cell. Pure."""

from collections.abc import Iterator
from dataclasses import replace

from assessments.importing.findings.columns import (
    ColumnRole,
    Columns,
    guessed_or_none,
    heading_or_none,
)
from assessments.importing.findings.joining import RawRow
from assessments.importing.findings.kinds import (
    TableKind,
    kind_above_or_none,
    kind_of_or_none,
)
from cse_tracker.core.text_tables.tables import Cells, TextTable, is_blank

TITLE_WORDS = 8


class TablesReader:
    """Reads tables one after the other; one that goes on without a heading has the last one's."""

    def __init__(self) -> None:
        self.columns: Columns | None = None
        self.kind: TableKind | None = None
        self.notices: list[str] = []

    def rows_of(self, table: TextTable) -> Iterator[RawRow]:
        """The rows of the next table, without headings and blank ones."""
        found = heading_or_none(table.rows)
        columns = found[1] if found else self._columns_without_heading(table)
        if columns is None:
            self.notices.append(
                f"Table {table.number} was not read: no heading names a column of comments."
            )
            return
        heading = found[0] if found else -1
        if found:
            self._note_unread(table, columns)
        self.kind = _kind_or_none(table, columns, heading) or self.kind
        self.columns = columns
        yield from self._content(table, columns, heading)

    def _columns_without_heading(self, table: TextTable) -> Columns | None:
        """Those of the table before, if this one may be its rest; else by where refs stand."""
        before, width = self.columns, max(map(len, table.rows), default=0)
        if before and len(before.headings) == width and not table.titles:
            return before
        return guessed_or_none(table.rows)

    def _note_unread(self, table: TextTable, columns: Columns) -> None:
        self.notices += [
            f"The column “{heading.capitalize()}” of table {table.number} was not read."
            for heading in columns.unread
        ]

    def _content(
        self, table: TextTable, columns: Columns, heading: int
    ) -> Iterator[RawRow]:
        is_after_break = heading < 0
        for place, cells in enumerate(table.rows):
            if place <= heading or is_blank(cells):
                continue
            if columns.is_repeated_in(cells):
                is_after_break = True
                continue
            title = self._title_or_none(cells)
            if title is not None:
                self.kind = title
                continue
            row = self._row(table, place + 1, columns.without_headings(cells), columns)
            yield replace(row, is_after_break=is_after_break)
            is_after_break = False

    def _title_or_none(self, cells: Cells) -> TableKind | None:
        """The kind that a row names which holds nothing but a title over all columns."""
        filled = [cell.text for cell in cells if cell.text]
        # In a column of comments one row may say no more than that.
        if (
            len(filled) != 1
            or not cells[0].text
            or len(filled[0].split()) > TITLE_WORDS
        ):
            return None
        return kind_of_or_none(filled[0])

    def _row(
        self, table: TextTable, line: int, cells: Cells, columns: Columns
    ) -> RawRow:
        texts = {role: columns.text(cells, role) for role in ColumnRole}
        return RawRow(
            table=table.number,
            line=line,
            kind=self.kind,
            ref=texts[ColumnRole.REF],
            element=texts[ColumnRole.ELEMENT],
            comment=texts[ColumnRole.COMMENT],
            response=texts[ColumnRole.RESPONSE],
            response_continues=columns.continues(cells, ColumnRole.RESPONSE),
            comment_continues=columns.continues(cells, ColumnRole.COMMENT),
        )


def _kind_or_none(table: TextTable, columns: Columns, heading: int) -> TableKind | None:
    """What the lines above a table say, else its rows above the heading, else the heading."""
    above = [cell.text for cells in table.rows[:heading] for cell in cells]
    return (
        kind_above_or_none(table.titles)
        or kind_above_or_none(above)
        or kind_above_or_none([columns.heading_of(ColumnRole.COMMENT)])
    )
