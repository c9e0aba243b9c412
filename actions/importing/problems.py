"""The kinds of problem a plan can have: how grave each is, and what people read. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from cse_tracker.core.importing.problems import CellAddress, Problem, Severity


class ProblemKind(StrEnum):
    """Kinds of problem in a plan, in the order in which they are shown."""

    NO_TITLE = "no_title"
    NO_VALUE = "no_value"
    BAD_DATE = "bad_date"
    WRONG_ORDER = "wrong_order"
    BAD_STATUS = "bad_status"
    BAD_PRIORITY = "bad_priority"
    UNKNOWN_REF = "unknown_ref"
    REF_AS_DATE = "ref_as_date"
    TOO_LONG = "too_long"
    NOTE_WITHOUT_ACTION = "note_without_action"
    NOTE_DAY = "note_day"
    LOOKS_KNOWN = "looks_known"
    SAME_TWICE = "same_twice"
    LONG_TITLE = "long_title"
    NUMBER_TWICE = "number_twice"
    NOT_FINISHED = "not_finished"
    FUTURE_DAY = "future_day"
    FAR_DAY = "far_day"
    UNKNOWN_SERVICE = "unknown_service"
    TWO_MEMBERS = "two_members"
    NAMED_OWNER = "named_owner"
    NEW_NUMBER = "new_number"
    OTHER_NUMBER = "other_number"
    OTHER_SOURCE = "other_source"
    OTHER_KIND = "other_kind"
    UNKNOWN_EVIDENCE = "unknown_evidence"
    LAST_DAY = "last_day"
    READ_AS = "read_as"
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
        """Empty: the catalogue of checks is about assessments."""
        return ""

    @property
    def quotes_the_cell(self) -> bool:
        """Whether what stands in the cell tells more than the message does."""
        return self.severity is not Severity.FLAG


@dataclass(frozen=True, slots=True)
class _Words:
    severity: Severity
    heading: str
    explanation: str


_E, _F, _N = Severity.ERROR, Severity.FLAG, Severity.NOTICE
_IN_A_NOTE = "What stands there is kept in a comment on the action."
_WORDS = {
    ProblemKind.NO_TITLE: _Words(
        _E,
        "Rows that do not say what will be done",
        "They are not brought in. Correct the file and upload it again, or plan them later.",
    ),
    ProblemKind.NO_VALUE: _Words(
        _E,
        "Formulas without a value",
        "Open the file in Excel, save it and upload it again; until then these cells count as blank.",
    ),
    ProblemKind.BAD_DATE: _Words(
        _E,
        "Dates that can't be read",
        f"The action comes in without this date. {_IN_A_NOTE}",
    ),
    ProblemKind.WRONG_ORDER: _Words(
        _E,
        "Start dates after the due date",
        f"The action comes in without its start date. {_IN_A_NOTE}",
    ),
    ProblemKind.BAD_STATUS: _Words(
        _E,
        "Statuses that can't be read",
        f"The action comes in as not started. {_IN_A_NOTE}",
    ),
    ProblemKind.BAD_PRIORITY: _Words(
        _E,
        "Priorities that can't be read",
        f"The action comes in with medium priority. {_IN_A_NOTE}",
    ),
    ProblemKind.UNKNOWN_REF: _Words(
        _E,
        "Refs that are no element of the standard",
        f"They link to nothing. {_IN_A_NOTE}",
    ),
    ProblemKind.REF_AS_DATE: _Words(
        _E,
        "Refs that were turned into dates",
        "They link to nothing. Format the column as text and type the refs again.",
    ),
    ProblemKind.TOO_LONG: _Words(
        _E, "Names that are too long", f"Their beginning comes in. {_IN_A_NOTE}"
    ),
    ProblemKind.NOTE_WITHOUT_ACTION: _Words(
        _E, "Progress that belongs to no action of the file", "It is not brought in."
    ),
    ProblemKind.NOTE_DAY: _Words(
        _E,
        "Progress on a day that can't be",
        "It comes in under the day on which you bring it in.",
    ),
    ProblemKind.LOOKS_KNOWN: _Words(
        _F,
        "Actions that you seem to have already",
        "They are left out, unless you tick that they come in too.",
    ),
    ProblemKind.SAME_TWICE: _Words(
        _F, "Actions that the file has twice", "All of them come in."
    ),
    ProblemKind.LONG_TITLE: _Words(
        _F,
        "Actions of more than 200 characters",
        "Their beginning becomes the title; all of it is kept in a comment on the action.",
    ),
    ProblemKind.NUMBER_TWICE: _Words(
        _F,
        "Numbers that the file has twice",
        "The first action keeps the number, the others get the next free ones.",
    ),
    ProblemKind.NOT_FINISHED: _Words(
        _F,
        "Days of completion at actions that are not finished",
        f"The status counts. {_IN_A_NOTE}",
    ),
    ProblemKind.FUTURE_DAY: _Words(
        _F,
        "Days in the future of what has happened already",
        "The day on which you bring it in is taken instead.",
    ),
    ProblemKind.FAR_DAY: _Words(
        _F, "Dates that are far away", "They come in as they stand. Check the year."
    ),
    ProblemKind.UNKNOWN_SERVICE: _Words(
        _F,
        "Services that you do not have",
        "Unless you say which of yours each one is, the action comes in without a service, "
        "and the name is kept in a comment on it.",
    ),
    ProblemKind.TWO_MEMBERS: _Words(
        _F,
        "Owners whose name several members have",
        "They come in as a name. Choose the member at the action.",
    ),
    ProblemKind.NAMED_OWNER: _Words(
        _N,
        "Owners who are no members",
        "They come in as the name of somebody without an account.",
    ),
    ProblemKind.NEW_NUMBER: _Words(
        _N, "Numbers that are taken", "These actions get the next free ones."
    ),
    ProblemKind.OTHER_NUMBER: _Words(
        _N,
        "Numbers of another kind",
        f"The action gets the next free number. {_IN_A_NOTE}",
    ),
    ProblemKind.OTHER_SOURCE: _Words(
        _N,
        "Sources in other words",
        f"The action stands as your own idea. {_IN_A_NOTE}",
    ),
    ProblemKind.OTHER_KIND: _Words(
        _N, "Kinds of progress in other words", "It comes in as reported progress."
    ),
    ProblemKind.UNKNOWN_EVIDENCE: _Words(
        _N,
        "Evidence that is not in your library",
        f"{_IN_A_NOTE} Add the document there, then to the action.",
    ),
    ProblemKind.LAST_DAY: _Words(
        _N,
        "Dates that were worked out",
        "Of a month without a day the last day is taken.",
    ),
    ProblemKind.READ_AS: _Words(_N, "Words that were read as one of ours", ""),
    ProblemKind.SHEET_NOT_READ: _Words(_N, "Sheets that were left out", ""),
    ProblemKind.COLUMN_NOT_READ: _Words(
        _N,
        "Columns that were left out",
        "Give them another heading and upload the file again if they belong to the plan.",
    ),
    ProblemKind.ROW_NOT_READ: _Words(_N, "Rows that were left out", ""),
}


def problem(
    kind: ProblemKind, message: str, address: CellAddress | None, text: str = ""
) -> Problem:
    """A problem of this kind, with the severity of the kind."""
    return Problem(kind.value, kind.severity, message, address, text)
