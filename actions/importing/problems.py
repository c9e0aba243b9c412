"""The kinds of problem a plan can have: how grave each is, and what people read. Pure."""

from cse_tracker.core.importing.problems import ProblemKind, Severity

_E, _F, _N = Severity.ERROR, Severity.FLAG, Severity.NOTICE
_IN_A_NOTE = "What stands there is kept in a comment on the action."


class PlanProblem(ProblemKind):
    """Kinds of problem in a plan."""

    NO_TITLE = (
        "no_title",
        _E,
        "Rows that do not say what will be done",
        "They are not brought in. Correct the file and upload it again, or plan them later.",
    )
    NO_VALUE = (
        "no_value",
        _E,
        "Formulas without a value",
        "Open the file in Excel, save it and upload it again; until then these cells count as blank.",
    )
    BAD_DATE = (
        "bad_date",
        _E,
        "Dates that can't be read",
        f"The action comes in without this date. {_IN_A_NOTE}",
    )
    WRONG_ORDER = (
        "wrong_order",
        _E,
        "Start dates after the due date",
        f"The action comes in without its start date. {_IN_A_NOTE}",
    )
    BAD_STATUS = (
        "bad_status",
        _E,
        "Statuses that can't be read",
        f"The action comes in as not started. {_IN_A_NOTE}",
    )
    BAD_PRIORITY = (
        "bad_priority",
        _E,
        "Priorities that can't be read",
        f"The action comes in with medium priority. {_IN_A_NOTE}",
    )
    UNKNOWN_REF = (
        "unknown_ref",
        _E,
        "Refs that are no element of the standard",
        f"They link to nothing. {_IN_A_NOTE}",
    )
    REF_AS_DATE = (
        "ref_as_date",
        _E,
        "Refs that were turned into dates",
        "They link to nothing. Format the column as text and type the refs again.",
    )
    TOO_LONG = (
        "too_long",
        _E,
        "Names that are too long",
        f"Their beginning comes in. {_IN_A_NOTE}",
    )
    NOTE_WITHOUT_ACTION = (
        "note_without_action",
        _E,
        "Progress that belongs to no action of the file",
        "It is not brought in.",
    )
    NOTE_DAY = (
        "note_day",
        _E,
        "Progress on a day that can't be",
        "It comes in under the day on which you bring it in.",
    )
    LOOKS_KNOWN = (
        "looks_known",
        _F,
        "Actions that you seem to have already",
        "They are left out, unless you tick that they come in too.",
    )
    SAME_TWICE = (
        "same_twice",
        _F,
        "Actions that the file has twice",
        "All of them come in, but for those that you tick to be left out.",
    )
    LONG_TITLE = (
        "long_title",
        _F,
        "Actions of more than 200 characters",
        "Their beginning becomes the title; all of it is kept in a comment on the action.",
    )
    NUMBER_TWICE = (
        "number_twice",
        _F,
        "Numbers that the file has twice",
        "The first action keeps the number, the others get the next free ones.",
    )
    NOT_FINISHED = (
        "not_finished",
        _F,
        "Days of completion at actions that are not finished",
        f"The status counts. {_IN_A_NOTE}",
    )
    FUTURE_DAY = (
        "future_day",
        _F,
        "Days in the future of what has happened already",
        "The day on which you bring it in is taken instead.",
    )
    FAR_DAY = (
        "far_day",
        _F,
        "Dates that are far away",
        "They come in as they stand. Check the year.",
    )
    UNKNOWN_SERVICE = (
        "unknown_service",
        _F,
        "Services that you do not have",
        (
            "Unless you say which of yours each one is, the action comes in without a "
            "service, and the name is kept in a comment on it."
        ),
    )
    TWO_MEMBERS = (
        "two_members",
        _F,
        "Owners whose name several members have",
        "They come in as a name. Choose the member at the action.",
    )
    NAMED_OWNER = (
        "named_owner",
        _N,
        "Owners who are no members",
        "They come in as the name of somebody without an account.",
    )
    NEW_NUMBER = (
        "new_number",
        _N,
        "Numbers that are taken",
        "These actions get the next free ones.",
    )
    OTHER_NUMBER = (
        "other_number",
        _N,
        "Numbers of another kind",
        f"The action gets the next free number. {_IN_A_NOTE}",
    )
    OTHER_SOURCE = (
        "other_source",
        _N,
        "Sources in other words",
        f"The action stands as your own idea. {_IN_A_NOTE}",
    )
    NO_COMMENT = (
        "no_comment",
        _F,
        "Actions that answer an assessor’s comment",
        (
            "Where the comment is not among yours, or you do not tick its element, the action "
            f"comes in as your own idea. {_IN_A_NOTE}"
        ),
    )
    OTHER_KIND = (
        "other_kind",
        _N,
        "Kinds of progress in other words",
        "It comes in as reported progress.",
    )
    UNKNOWN_EVIDENCE = (
        "unknown_evidence",
        _N,
        "Evidence that is not in your library",
        f"{_IN_A_NOTE} Add the document there, then to the action.",
    )
    LAST_DAY = (
        "last_day",
        _N,
        "Dates that were worked out",
        "Of a month without a day the last day is taken.",
    )
    READ_AS = ("read_as", _N, "Words that were read as one of ours", "")
    SHEET_NOT_READ = ("sheet_not_read", _N, "Sheets that were left out", "")
    COLUMN_KEPT = (
        "column_kept",
        _N,
        "Columns without a place of their own",
        f"{_IN_A_NOTE} If it belongs elsewhere, give the column another heading and upload again.",
    )
    COLUMN_NOT_READ = (
        "column_not_read",
        _N,
        "Columns that were left out",
        "Give them another heading and upload the file again if they belong to the plan.",
    )
    ROW_NOT_READ = ("row_not_read", _N, "Rows that were left out", "")
