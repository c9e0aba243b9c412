"""Reading a whole annex: from sheets of cells to years, rows and problems. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assessments.importing.annex import AnnexReading, AnnexYear, Line
from assessments.importing.doubts import doubts_about
from assessments.importing.layout import Layout, YearColumn, find_layout_or_none
from assessments.importing.marks import read_mark_or_none
from assessments.importing.problems import AnnexProblem
from assessments.importing.rows import Gathered, SheetReader
from assessments.importing.totals import wrong_totals
from assessments.importing.years import read_year_or_none
from assessments.tree import Tree
from cse_tracker.core.importing.problems import CellAddress, Problem, problem
from cse_tracker.core.tables.sheets import Sheet, cell_at, cell_text

# A column of which this share of cells reads as ratings holds ratings.
MOSTLY = 0.6


def read_annex_or_none(
    sheets: Sequence[Sheet], tree: Tree, *, this_year: int
) -> AnnexReading | None:
    """All that the annex says, None if no sheet has refs and year columns.

    ``tree`` holds the standard and the organisation's sub-elements. Every filled cell below a
    heading row either has a meaning here or is named in a problem.
    """
    gathered = Gathered()
    layouts: list[tuple[Sheet, Layout]] = []
    for sheet in sheets:
        layout = None if sheet.is_hidden else find_layout_or_none(sheet)
        if layout is None:
            gathered.problems += _sheet_not_read(sheet)
            continue
        layouts.append((sheet, layout))
        gathered.problems += _column_problems(sheet, layout)
        SheetReader(sheet, layout, tree, gathered).read()
    if not gathered.lines:
        return None
    lines = tuple(gathered.lines.values())
    years = _years(layouts, lines)
    samples = {year.year: year.has_samples for year in years}
    gathered.problems += wrong_totals(gathered.totals, gathered.everything, samples)
    gathered.problems += doubts_about(lines, years, tree, this_year=this_year)
    return AnnexReading(
        years, lines, tuple(_in_reading_order(gathered.problems, sheets))
    )


def _years(
    layouts: list[tuple[Sheet, Layout]], lines: tuple[Line, ...]
) -> tuple[AnnexYear, ...]:
    initial = set(_called_initial(layouts))
    years: dict[int, AnnexYear] = {}
    for sheet, layout in layouts:
        for column in layout.years:
            if column.year not in years:
                found = _year(sheet, layout, column, lines)
                is_initial = column.year in initial
                years[column.year] = replace(found, is_called_initial=is_initial)
    return tuple(years[year] for year in sorted(years))


def _year(
    sheet: Sheet, layout: Layout, column: YearColumn, lines: tuple[Line, ...]
) -> AnnexYear:
    marks = [mark for line in lines if (mark := line.mark_in(column.year))]
    return AnnexYear(
        year=column.year,
        label=column.heading.label,
        heading_at=CellAddress(sheet.name, layout.header_row, column.column),
        visit_code=column.heading.visit_code,
        has_samples=any(mark.sampled for mark in marks),
        has_ratings=any(mark.rating for mark in marks),
    )


def _called_initial(layouts: list[tuple[Sheet, Layout]]) -> Iterator[int]:
    """The years that some heading over their column calls initial, also one further down."""
    for sheet, layout in layouts:
        for column in layout.years:
            for row in sheet.rows:
                value = cell_at(row, column.column)
                if "initial" not in cell_text(value).casefold():
                    continue
                heading = read_year_or_none(value)
                if heading and heading.year == column.year:
                    yield column.year


def _sheet_not_read(sheet: Sheet) -> Iterator[Problem]:
    if not sheet.rows:
        return
    if sheet.is_hidden:
        message = f"Sheet {sheet.name} is hidden, so it was not read."
    else:
        message = f"Sheet {sheet.name} has no table with refs and years."
    yield problem(AnnexProblem.SHEET_NOT_READ, message, CellAddress(sheet.name))


def _column_problems(sheet: Sheet, layout: Layout) -> Iterator[Problem]:
    header = sheet.rows[layout.header_row - 1]
    width = max(len(row) for row in sheet.rows)
    for column in range(1, width + 1):
        if column not in layout.columns_read:
            heading = cell_text(cell_at(header, column))
            yield from _unread_column(sheet, layout, column, heading)
    for repeated in layout.repeated_years:
        address = CellAddress(sheet.name, layout.header_row, repeated.column)
        message = f"{repeated.year} has another column further left."
        yield problem(
            AnnexProblem.DUPLICATE_YEAR, message, address, repeated.heading.label
        )
    for year in layout.years:
        if year.heading.is_span:
            address = CellAddress(sheet.name, layout.header_row, year.column)
            message = f'"{year.heading.label}" is imported as {year.year}.'
            yield problem(AnnexProblem.TWO_YEARS, message, address, year.heading.label)


def _unread_column(
    sheet: Sheet, layout: Layout, column: int, heading: str
) -> Iterator[Problem]:
    cells = [cell_at(row, column) for row in sheet.rows[layout.first_body_row - 1 :]]
    filled = [value for value in cells if value is not None]
    if not filled:
        return
    readable = [value for value in filled if read_mark_or_none(value) is not None]
    if len(readable) >= MOSTLY * len(filled):
        kind, message = (
            AnnexProblem.NO_YEAR,
            "This column holds ratings for no known year.",
        )
    else:
        kind = AnnexProblem.COLUMN_NOT_READ
        message = "This column is neither ref, element, guidance nor a year."
    yield problem(
        kind, message, CellAddress(sheet.name, layout.header_row, column), heading
    )


def _in_reading_order(
    problems: list[Problem], sheets: Sequence[Sheet]
) -> list[Problem]:
    position = {sheet.name: number for number, sheet in enumerate(sheets)}

    def place(one: Problem) -> tuple[int, int, int]:
        if one.address is None:
            return (len(position), 0, 0)
        return (position[one.address.sheet], *one.address.order)

    return sorted(problems, key=place)
