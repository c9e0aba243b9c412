"""An annex as it was read: its years, its rows, its problems. Pure; kept as JSON while staged."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assessments.importing.marks import Mark
from assessments.ratings import Rating
from assessments.tree import Kind
from cse_tracker.core.importing.problems import CellAddress, Problem

STAGED_FORMAT = 1


@dataclass(frozen=True, slots=True)
class AnnexYear:
    """One year column, merged over all sheets."""

    year: int
    label: str
    # The first heading of the year in the file.
    heading_at: CellAddress
    visit_code: str = ""
    # Some element carries an X: a review that sampled. Without any, everything was assessed.
    has_samples: bool = False
    has_ratings: bool = False
    # One of its headings calls it the initial assessment.
    is_called_initial: bool = False


@dataclass(frozen=True, slots=True)
class YearMark:
    """What one row says for one year, and in which column."""

    year: int
    column: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class Line:
    """One row of an element or sub-element."""

    ref: str
    sheet: str
    row: int
    # The organisation's document's own words, empty where the file has none.
    text: str
    guidance: str
    marks: tuple[YearMark, ...]
    # Where the words stand; None in what was staged before it was kept.
    words_column: int | None = None

    @property
    def words_at(self) -> CellAddress:
        """The cell of the words."""
        return CellAddress(self.sheet, self.row, self.words_column)

    @property
    def kind(self) -> Kind:
        return Kind.of_ref(self.ref)

    def mark_in(self, year: int) -> Mark | None:
        """The mark for ``year``, None where its cell couldn't be read or the sheet lacks it."""
        return next((item.mark for item in self.marks if item.year == year), None)

    def address(self, year: int) -> CellAddress:
        """The cell of one year's mark, or the row where there is none."""
        column = next((item.column for item in self.marks if item.year == year), None)
        return CellAddress(self.sheet, self.row, column)


@dataclass(frozen=True)
class AnnexReading:
    """All that an annex file says. Years and rows in reading order."""

    years: tuple[AnnexYear, ...]
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]

    @cached_property
    def by_ref(self) -> dict[str, Line]:
        return {line.ref: line for line in self.lines}

    @property
    def elements(self) -> list[Line]:
        return [line for line in self.lines if line.kind is Kind.ELEMENT]

    @property
    def sub_elements(self) -> list[Line]:
        return [line for line in self.lines if line.kind is Kind.SUB_ELEMENT]

    def to_json(self) -> dict[str, Any]:
        """Years and rows for staging; problems are kept beside them."""
        return {
            "format": STAGED_FORMAT,
            "years": [_year_to_json(year) for year in self.years],
            "lines": [_line_to_json(line) for line in self.lines],
        }

    @classmethod
    def from_json(
        cls, staged: dict[str, Any], problems: list[dict[str, Any]]
    ) -> "AnnexReading":
        """The reading as ``to_json`` and ``Problem.to_json`` kept it."""
        return cls(
            years=tuple(_year_from_json(year) for year in staged["years"]),
            lines=tuple(_line_from_json(line) for line in staged["lines"]),
            problems=tuple(Problem.from_json(problem) for problem in problems),
        )


def _year_to_json(year: AnnexYear) -> list[Any]:
    at = year.heading_at
    place = [at.sheet, at.row, at.column]
    return [
        year.year,
        year.label,
        place,
        year.visit_code,
        year.has_samples,
        year.has_ratings,
        year.is_called_initial,
    ]


def _year_from_json(data: list[Any]) -> AnnexYear:
    year, label, place, *rest = data
    return AnnexYear(year, label, CellAddress(*place), *rest)


def _line_to_json(line: Line) -> dict[str, Any]:
    return {
        "ref": line.ref,
        "at": [line.sheet, line.row, line.words_column],
        "text": line.text,
        "guidance": line.guidance,
        "marks": [
            [
                item.year,
                item.column,
                item.mark.sampled,
                item.mark.rating.value if item.mark.rating else "",
                item.mark.applicable,
            ]
            for item in line.marks
        ],
    }


def _line_from_json(data: dict[str, Any]) -> Line:
    sheet, row, *column = data["at"]
    marks = tuple(
        YearMark(
            year, column, Mark(sampled, Rating(code) if code else None, applicable)
        )
        for year, column, sampled, code, applicable in data["marks"]
    )
    text, guidance = data["text"], data["guidance"]
    return Line(data["ref"], sheet, row, text, guidance, marks, *column)
