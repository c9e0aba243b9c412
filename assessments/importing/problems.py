"""The kinds of problem an annex can have: how grave each is, and what people read. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from assessments.checks.catalogue import BY_NUMBER
from cse_tracker.core.importing.problems import CellAddress, Problem, Severity


class ProblemKind(StrEnum):
    """Kinds of problem in an annex."""

    UNREADABLE = "unreadable"
    NO_VALUE = "no_value"
    REF_AS_DATE = "ref_as_date"
    ROW_WITHOUT_REF = "row_without_ref"
    UNKNOWN_REF = "unknown_ref"
    DUPLICATE_REF = "duplicate_ref"
    MISFILED = "misfiled"
    WRONG_HEADING = "wrong_heading"
    WRONG_TOTAL = "wrong_total"
    WRONG_YEAR = "wrong_year"
    DUPLICATE_YEAR = "duplicate_year"
    NO_YEAR = "no_year"
    IMPOSSIBLE_YEAR = "impossible_year"
    SAMPLED_UNRATED = "sampled_unrated"
    PARTIAL_CLOSED = "partial_closed"
    PLUS_LOST = "plus_lost"
    CHANGED_UNSAMPLED = "changed_unsampled"
    PARENT_DIFFERS = "parent_differs"
    NEVER_SAMPLED = "never_sampled"
    PARTIAL_UNSEEN = "partial_unseen"
    YEAR_BETWEEN = "year_between"
    OTHER_WORDS = "other_words"
    DRIFTED_WORDING = "drifted_wording"
    BLANK = "blank"
    EMPTY_YEAR = "empty_year"
    TWO_YEARS = "two_years"
    MISSING = "missing"
    SHEET_NOT_READ = "sheet_not_read"
    COLUMN_NOT_READ = "column_not_read"
    ROW_NOT_READ = "row_not_read"

    @property
    def severity(self) -> Severity:
        return _WORDS[self].severity

    @property
    def heading(self) -> str:
        """The heading over all problems of this kind."""
        return _WORDS[self].heading

    @property
    def explanation(self) -> str:
        """What the import does about them."""
        return _WORDS[self].explanation

    @property
    def check_number(self) -> str:
        """The check of the catalogue that this is, empty for what only reading can meet."""
        return _WORDS[self].check_number

    @property
    def quotes_the_cell(self) -> bool:
        """Whether what stands in the cell tells more than the message does."""
        return self.severity is not Severity.FLAG or self is ProblemKind.OTHER_WORDS


@dataclass(frozen=True, slots=True)
class _Words:
    severity: Severity
    heading: str
    explanation: str
    check_number: str = ""


def _of_check(number: str, explanation: str, heading: str = "") -> _Words:
    """What the catalogue says of a check, with what the import does about it."""
    check = BY_NUMBER[number]
    return _Words(check.severity, heading or check.title, explanation, number)


_E, _F, _N = Severity.ERROR, Severity.FLAG, Severity.NOTICE
_NOT_IMPORTED = (
    "They are not imported. Correct the file and upload it again, or enter them later."
)
_AS_RECORDED = "They are imported as recorded, because nothing says they were examined."
_WORDS = {
    ProblemKind.UNREADABLE: _Words(_E, "Cells that can't be read", _NOT_IMPORTED),
    ProblemKind.NO_VALUE: _Words(
        _E,
        "Formulas without a value",
        "Open the file in Excel, save it and upload it again; until then these cells count as blank.",
    ),
    ProblemKind.REF_AS_DATE: _Words(
        _E,
        "Refs that were turned into dates",
        "These rows are not imported. Format the column as text and type the refs again.",
    ),
    ProblemKind.ROW_WITHOUT_REF: _Words(
        _E, "Rows with ratings but without a ref that can be read", _NOT_IMPORTED
    ),
    ProblemKind.UNKNOWN_REF: _of_check("CHK-101", "These rows are not imported."),
    ProblemKind.DUPLICATE_REF: _of_check(
        "CHK-102", "Only the first row of each is imported."
    ),
    ProblemKind.MISFILED: _of_check(
        "CHK-103", "They are imported by their ref. Check that the ref is right."
    ),
    ProblemKind.WRONG_HEADING: _of_check(
        "CHK-106", "The rows below are imported by their refs."
    ),
    ProblemKind.WRONG_TOTAL: _of_check(
        "CHK-104", "Typed totals are not imported: they are counted from the marks."
    ),
    ProblemKind.WRONG_YEAR: _Words(
        _E,
        "Repeated headings that name another year",
        "Each column is imported under the year in its first heading.",
    ),
    ProblemKind.DUPLICATE_YEAR: _Words(
        _E, "Years with two columns", "Only the first column of each is imported."
    ),
    ProblemKind.NO_YEAR: _Words(
        _E,
        "Columns with ratings whose heading names no year",
        "They are not imported. Put the year in the heading and upload the file again.",
    ),
    ProblemKind.IMPOSSIBLE_YEAR: _of_check(
        "CHK-105", "These columns can't be imported."
    ),
    ProblemKind.SAMPLED_UNRATED: _of_check(
        "CHK-201", "They are imported as sampled, with no rating."
    ),
    ProblemKind.PARTIAL_CLOSED: _of_check("CHK-204", _AS_RECORDED),
    ProblemKind.PLUS_LOST: _of_check("CHK-205", "They are imported as they stand."),
    ProblemKind.CHANGED_UNSAMPLED: _of_check("CHK-206", _AS_RECORDED),
    ProblemKind.PARENT_DIFFERS: _of_check(
        "CHK-207", "Both are imported as they stand."
    ),
    ProblemKind.NEVER_SAMPLED: _of_check(
        "CHK-401", "Their ratings are imported as they stand."
    ),
    ProblemKind.PARTIAL_UNSEEN: _of_check(
        "CHK-402", "Their ratings are imported as carried forward."
    ),
    ProblemKind.YEAR_BETWEEN: _of_check(
        "CHK-501", "Each rating is compared with the last one known before it."
    ),
    ProblemKind.OTHER_WORDS: _of_check(
        "CHK-601",
        "Your own words stay.",
        heading="Sub-elements that you have already in other words",
    ),
    ProblemKind.DRIFTED_WORDING: _of_check(
        "CHK-601",
        "What you adopted stays, unless you adopt the wording of this file too.",
        heading="Elements whose wording differs from the one you adopted",
    ),
    ProblemKind.BLANK: _of_check("CHK-202", "They are imported with no rating."),
    ProblemKind.EMPTY_YEAR: _Words(
        _N,
        "Years without any rating",
        "Nothing is imported for them unless you include them.",
    ),
    ProblemKind.TWO_YEARS: _Words(
        _N, "Headings that name two years", "They are imported under the first one."
    ),
    ProblemKind.MISSING: _Words(
        _N,
        "Elements of the standard that are not in the file",
        "Nothing is imported for them.",
    ),
    ProblemKind.SHEET_NOT_READ: _Words(_N, "Sheets that were not read", ""),
    ProblemKind.COLUMN_NOT_READ: _Words(_N, "Columns that were not read", ""),
    ProblemKind.ROW_NOT_READ: _Words(_N, "Rows that were not read", ""),
}


def problem(
    kind: ProblemKind, message: str, address: CellAddress | None, text: str = ""
) -> Problem:
    """A problem of this kind, with the severity of the kind."""
    return Problem(kind.value, kind.severity, message, address, text)
