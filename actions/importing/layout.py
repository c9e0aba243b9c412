"""Where a plan, or the progress of one, stands on a sheet: heading row and columns. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from actions.importing.columns import (
    Candidate,
    Column,
    candidates,
    progress_column_or_none,
)
from actions.importing.dates import read_date_or_none
from actions.importing.header import MIN_COLUMNS, Header, header_at
from actions.importing.words import read_status_or_none
from cse_tracker.core.tables.sheets import (
    CellValue,
    Sheet,
    cell_at,
    cell_text,
    column_letter,
)

# A heading stands near the top; titles and notes may come before it.
ROWS_TO_SEARCH = 200
# A column of which more than this share of cells reads as something holds it.
MOSTLY = 0.5


@dataclass(frozen=True)
class Layout:
    """Which column holds what. Columns count from 1."""

    header: Header
    columns: Mapping[Column, int]

    def heading(self, place: int) -> str:
        """The heading of a column as the file has it."""
        return cell_text(self.header.cell(place)).strip()

    def name_of(self, place: int) -> str:
        """What people call the column: its heading in quotes, or its letter."""
        heading = self.heading(place)
        letter = column_letter(place)
        return f"“{heading}”" if heading else f"Column {letter}, no heading"


def find_plan_or_none(sheet: Sheet) -> Layout | None:
    """The plan on the sheet: the row with the most headings, one of which is the action."""
    number = _best_row(sheet, lambda value: bool(candidates(value)))
    if number is None:
        return None
    header = header_at(sheet, number)
    columns = _assigned(sheet, header)
    if Column.TITLE not in columns or len(columns) < MIN_COLUMNS:
        return None
    return Layout(header, columns)


def find_progress_or_none(sheet: Sheet) -> Layout | None:
    """The dated notes on the sheet, each with the number of its action."""
    number = _best_row(sheet, lambda value: progress_column_or_none(value) is not None)
    if number is None:
        return None
    header = Header(number, sheet.rows[number - 1])
    columns: dict[Column, int] = {}
    for place, value in enumerate(header.lower, 1):
        if column := progress_column_or_none(value):
            columns.setdefault(column, place)
    needed = {Column.NUMBER, Column.DAY, Column.TEXT}
    return Layout(header, columns) if needed <= columns.keys() else None


def _best_row(sheet: Sheet, is_heading: Callable[[CellValue], bool]) -> int | None:
    counts = {
        number: sum(is_heading(value) for value in row if value is not None)
        for number, row in enumerate(sheet.rows[:ROWS_TO_SEARCH], 1)
    }
    best = max(counts, key=lambda number: counts[number], default=None)
    return best if best and counts[best] >= MIN_COLUMNS else None


def _assigned(sheet: Sheet, header: Header) -> dict[Column, int]:
    """Each meaning to one column: headings that mean one thing first, then by the cells."""
    headed = header.meanings()
    columns: dict[Column, int] = {}
    plain = [(found[0].rank, place) for place, found in headed.items() if _one(found)]
    for _, place in sorted(plain):
        columns.setdefault(headed[place][0].column, place)
    for place, found in headed.items():
        if len(found) > 1:
            below = (cell_at(row, place) for _, row in header.body(sheet))
            cells = [value for value in below if value is not None]
            fitting = (each.column for each in found if _may_be(each, cells))
            free = (column for column in fitting if column not in columns)
            if column := next(free, None):
                columns[column] = place
    return columns


def _one(found: list[Candidate]) -> bool:
    return len(found) == 1


def _may_be(candidate: Candidate, cells: Sequence[CellValue]) -> bool:
    if not candidate.if_it_fits:
        return True
    reads = sum(_reads_as(candidate.column, value) for value in cells)
    return reads > MOSTLY * len(cells)


def _reads_as(column: Column, value: CellValue) -> bool:
    match column:
        case Column.STATUS:
            return read_status_or_none(value) is not None
        case Column.NUMBER:
            return cell_text(value).strip().isdecimal()
        case _:
            return read_date_or_none(value) is not None
