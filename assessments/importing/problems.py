"""The kinds of problem an annex can have: how grave each is, and what people read. Pure."""

from assessments.checks.catalogue import BY_NUMBER
from cse_tracker.core.importing.problems import ProblemKind, Severity

_E, _N = Severity.ERROR, Severity.NOTICE
_NOT_IMPORTED = (
    "They are not imported. Correct the file and upload it again, or enter them later."
)
_AS_RECORDED = "They are imported as recorded, because nothing says they were examined."


def _of_check(
    number: str, explanation: str, heading: str = ""
) -> tuple[Severity, str, str, str]:
    """What the catalogue says of a check, with what the import does about it."""
    check = BY_NUMBER[number]
    return check.severity, heading or check.title, explanation, number


class AnnexProblem(ProblemKind):
    """Kinds of problem in an annex."""

    UNREADABLE = ("unreadable", _E, "Cells that can't be read", _NOT_IMPORTED)
    NO_VALUE = (
        "no_value",
        _E,
        "Formulas without a value",
        "Open the file in Excel, save it and upload it again; until then these cells count as blank.",
    )
    REF_AS_DATE = (
        "ref_as_date",
        _E,
        "Refs that were turned into dates",
        "These rows are not imported. Format the column as text and type the refs again.",
    )
    ROW_WITHOUT_REF = (
        "row_without_ref",
        _E,
        "Rows with ratings but without a ref that can be read",
        _NOT_IMPORTED,
    )
    UNKNOWN_REF = ("unknown_ref", *_of_check("CHK-101", "These rows are not imported."))
    DUPLICATE_REF = (
        "duplicate_ref",
        *_of_check("CHK-102", "Only the first row of each is imported."),
    )
    MISFILED = (
        "misfiled",
        *_of_check(
            "CHK-103", "They are imported by their ref. Check that the ref is right."
        ),
    )
    WRONG_HEADING = (
        "wrong_heading",
        *_of_check("CHK-106", "The rows below are imported by their refs."),
    )
    WRONG_TOTAL = (
        "wrong_total",
        *_of_check(
            "CHK-104", "Typed totals are not imported: they are counted from the marks."
        ),
    )
    WRONG_YEAR = (
        "wrong_year",
        _E,
        "Repeated headings that name another year",
        "Each column is imported under the year in its first heading.",
    )
    DUPLICATE_YEAR = (
        "duplicate_year",
        _E,
        "Years with two columns",
        "Only the first column of each is imported.",
    )
    NO_YEAR = (
        "no_year",
        _E,
        "Columns with ratings whose heading names no year",
        "They are not imported. Put the year in the heading and upload the file again.",
    )
    IMPOSSIBLE_YEAR = (
        "impossible_year",
        *_of_check("CHK-105", "These columns can't be imported."),
    )
    SAMPLED_UNRATED = (
        "sampled_unrated",
        *_of_check("CHK-201", "They are imported as sampled, with no rating."),
    )
    PARTIAL_CLOSED = ("partial_closed", *_of_check("CHK-204", _AS_RECORDED))
    PLUS_LOST = ("plus_lost", *_of_check("CHK-205", "They are imported as they stand."))
    CHANGED_UNSAMPLED = ("changed_unsampled", *_of_check("CHK-206", _AS_RECORDED))
    PARENT_DIFFERS = (
        "parent_differs",
        *_of_check("CHK-207", "Both are imported as they stand."),
    )
    NEVER_SAMPLED = (
        "never_sampled",
        *_of_check("CHK-401", "Their ratings are imported as they stand."),
    )
    PARTIAL_UNSEEN = (
        "partial_unseen",
        *_of_check("CHK-402", "Their ratings are imported as carried forward."),
    )
    YEAR_BETWEEN = (
        "year_between",
        *_of_check(
            "CHK-501", "Each rating is compared with the last one known before it."
        ),
    )
    OTHER_WORDS = (
        "other_words",
        *_of_check(
            "CHK-601",
            "Your own words stay.",
            heading="Sub-elements that you have already in other words",
        ),
    )
    DRIFTED_WORDING = (
        "drifted_wording",
        *_of_check(
            "CHK-601",
            "What you adopted stays, unless you adopt the wording of this file too.",
            heading="Elements whose wording differs from the one you adopted",
        ),
    )
    BLANK = ("blank", *_of_check("CHK-202", "They are imported with no rating."))
    EMPTY_YEAR = (
        "empty_year",
        _N,
        "Years without any rating",
        "Nothing is imported for them unless you include them.",
    )
    TWO_YEARS = (
        "two_years",
        _N,
        "Headings that name two years",
        "They are imported under the first one.",
    )
    MISSING = (
        "missing",
        _N,
        "Elements of the standard that are not in the file",
        "Nothing is imported for them.",
    )
    SHEET_NOT_READ = ("sheet_not_read", _N, "Sheets that were not read", "")
    COLUMN_NOT_READ = ("column_not_read", _N, "Columns that were not read", "")
    ROW_NOT_READ = ("row_not_read", _N, "Rows that were not read", "")

    @property
    def quotes_the_cell(self) -> bool:
        return super().quotes_the_cell or self is AnnexProblem.OTHER_WORDS
