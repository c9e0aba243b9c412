"""Where a plan, or the progress of one, stands on a sheet: heading row and columns. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from actions.importing.columns import (
    Candidate,
    Column,
    candidates,
    progress_column_or_none,
)
from actions.importing.dates import read_date_or_none
from actions.importing.words import read_status_or_none
from cse_tracker.core.tables.sheets import CellValue, Row, Sheet, cell_at, cell_text

# A heading stands near the top; titles and notes may come before it.
ROWS_TO_SEARCH = 200
# A heading alone could be any text; two of them are a table.
MIN_COLUMNS = 2
# A column of which more than this share of cells reads as something holds it.
MOSTLY = 0.5


@dataclass(frozen=True)
class Layout:
    """Which column holds what. Columns count from 1."""

    header_row: int
    columns: Mapping[Column, int]

    def heading(self, sheet: Sheet, column: Column) -> str:
        """The heading as the file has it."""
        return cell_text(cell_at(self.header(sheet), self.columns[column])).strip()

    def header(self, sheet: Sheet) -> Row:
        return sheet.rows[self.header_row - 1]

    def body(self, sheet: Sheet) -> Iterator[tuple[int, Row]]:
        """The rows below the heading that hold something and don't repeat it."""
        header = self.header(sheet)
        for number, row in sheet.numbered_rows():
            if number > self.header_row and row != header:
                yield number, row


def find_plan_or_none(sheet: Sheet) -> Layout | None:
    """The plan on the sheet: the row with the most headings, one of which is the action."""
    number = _best_row(sheet, lambda value: bool(candidates(value)))
    if number is None:
        return None
    columns = _assigned(sheet, number)
    if Column.TITLE not in columns or len(columns) < MIN_COLUMNS:
        return None
    return Layout(number, columns)


def find_progress_or_none(sheet: Sheet) -> Layout | None:
    """The dated notes on the sheet, each with the number of its action."""
    number = _best_row(sheet, lambda value: progress_column_or_none(value) is not None)
    if number is None:
        return None
    columns: dict[Column, int] = {}
    for place, value in enumerate(sheet.rows[number - 1], 1):
        if column := progress_column_or_none(value):
            columns.setdefault(column, place)
    needed = {Column.NUMBER, Column.DAY, Column.TEXT}
    return Layout(number, columns) if needed <= columns.keys() else None


def _best_row(sheet: Sheet, is_heading: Callable[[CellValue], bool]) -> int | None:
    counts = {
        number: sum(is_heading(value) for value in row if value is not None)
        for number, row in enumerate(sheet.rows[:ROWS_TO_SEARCH], 1)
    }
    best = max(counts, key=lambda number: counts[number], default=None)
    return best if best and counts[best] >= MIN_COLUMNS else None


def _assigned(sheet: Sheet, header_row: int) -> dict[Column, int]:
    """Each meaning to one column: headings that mean one thing first, then by the cells."""
    headed = {
        place: candidates(value)
        for place, value in enumerate(sheet.rows[header_row - 1], 1)
        if value is not None
    }
    columns: dict[Column, int] = {}
    plain = [(found[0].rank, place) for place, found in headed.items() if _one(found)]
    for _, place in sorted(plain):
        columns.setdefault(headed[place][0].column, place)
    for place, found in headed.items():
        if len(found) > 1:
            cells = _cells_below(sheet, header_row, place)
            fitting = (each.column for each in found if _may_be(each, cells))
            free = (column for column in fitting if column not in columns)
            if column := next(free, None):
                columns[column] = place
    return columns


def _one(found: list[Candidate]) -> bool:
    return len(found) == 1


def _cells_below(sheet: Sheet, header_row: int, place: int) -> list[CellValue]:
    cells = (cell_at(row, place) for row in sheet.rows[header_row:])
    return [value for value in cells if value is not None]


def _may_be(candidate: Candidate, cells: list[CellValue]) -> bool:
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
