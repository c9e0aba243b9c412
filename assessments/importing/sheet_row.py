"""One row of a sheet, seen through the sheet's layout. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assessments.importing.layout import (
    RATING_WORDS,
    REF_WORDS,
    TEXT_WORDS,
    Layout,
    YearColumn,
)
from assessments.importing.marks import Mark, read_mark_or_none, read_sampled_or_none
from assessments.importing.problems import AnnexProblem
from assessments.importing.years import is_sampled_heading, read_year_or_none
from cse_tracker.core.importing.problems import CellAddress, Problem, problem
from cse_tracker.core.tables.sheets import (
    CellValue,
    Row,
    Uncalculated,
    cell_at,
    cell_text,
)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row with its place and the meaning of its columns."""

    sheet: str
    number: int
    cells: Row
    layout: Layout

    @property
    def ref_value(self) -> CellValue:
        return self.value(self.layout.ref_column)

    @property
    def words(self) -> str:
        """The text of the element or heading."""
        return self._text(self.layout.text_column)

    @property
    def guidance(self) -> str:
        return self._text(self.layout.guidance_column)

    @property
    def words_column(self) -> int:
        return self.layout.text_column or self.layout.ref_column

    def value(self, column: int) -> CellValue:
        return cell_at(self.cells, column)

    def labels(self) -> list[CellValue]:
        """The cells that are not marks: where a label can stand."""
        marks = self.layout.mark_columns
        return [
            value for column, value in enumerate(self.cells, 1) if column not in marks
        ]

    def first_filled_column_or_none(self) -> int | None:
        """The first filled cell of a column with a meaning, None in a row without."""
        columns = sorted(self.layout.columns_read)
        return next(
            (column for column in columns if self.value(column) is not None), None
        )

    def mark(self, year: YearColumn) -> Mark:
        """The year's mark, blank where it can't be read."""
        mark = read_mark_or_none(self.value(year.column)) or Mark()
        if year.sampled_column is None:
            return mark
        return replace(mark, sampled=True) if self.is_sampled(year) else mark

    def is_sampled(self, year: YearColumn) -> bool | None:
        """What the column of sampled marks says; None if unreadable; False without one."""
        if year.sampled_column is None:
            return False
        return read_sampled_or_none(self.value(year.sampled_column))

    def holds_marks(self) -> bool:
        return any(not self.mark(year).is_blank for year in self.layout.years)

    def is_repeated_header(self) -> bool:
        """Whether the row repeats the sheet's headings in the middle of the table."""
        marks = [self.value(column) for column in self.layout.mark_columns]
        filled = [value for value in marks if value is not None]
        ref = self._text(self.layout.ref_column)
        is_heading = not ref or REF_WORDS.search(ref) or TEXT_WORDS.search(ref)
        return bool(filled and is_heading) and all(
            is_column_heading(cell) for cell in filled
        )

    def problem(self, kind: AnnexProblem, message: str, column: int) -> Problem:
        """A problem at one cell of this row."""
        address = CellAddress(self.sheet, self.number, column)
        return problem(kind, message, address, cell_text(self.value(column)))

    def unreadable(self, column: int) -> Problem:
        """The problem of a cell that should hold a rating or an X and doesn't."""
        value = self.value(column)
        if isinstance(value, Uncalculated):
            message = "The file holds this formula without the value it gives."
            return self.problem(AnnexProblem.NO_VALUE, message, column)
        message = f'"{cell_text(value)}" is neither a rating nor an X.'
        return self.problem(AnnexProblem.UNREADABLE, message, column)

    def wrong_years(self) -> Iterator[Problem]:
        """Problems of headings that are repeated here: other years, or no headings at all."""
        for year in self.layout.years:
            value = self.value(year.column)
            heading = read_year_or_none(value)
            if heading is not None and heading.year != year.year:
                message = (
                    f"This heading names {heading.year}; the column is {year.year}."
                )
                yield self.problem(AnnexProblem.WRONG_YEAR, message, year.column)
            elif heading is None and value is not None and not is_column_heading(value):
                yield self.unreadable(year.column)

    def _text(self, column: int | None) -> str:
        return cell_text(self.value(column)).strip() if column else ""


def is_column_heading(value: CellValue) -> bool:
    """Whether the cell reads as the heading of a column of marks."""
    text = cell_text(value)
    names_year = read_year_or_none(value) is not None
    return (
        names_year or is_sampled_heading(text) or RATING_WORDS.search(text) is not None
    )
