"""Statuses, priorities and kinds of note as people write them into plans. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cse_tracker.core.tables.sheets import CellValue, cell_text

# By the word in small letters. The codes and labels are those of the models.
STATUS_LABELS = {
    "not_started": "Not started",
    "on_track": "On track",
    "at_risk": "At risk",
    "done": "Done, to be checked",
    "closed": "Closed",
    "declined": "Declined",
}
IN_PROGRESS = frozenset({"not_started", "on_track", "at_risk"})
FINISHED = frozenset({"closed", "declined"})
_STATUSES = {
    "not_started": "not begun|not yet started|to do|todo|to be started|planned|new|open|"
    "outstanding|pending|proposed|white|grey|gray|no progress",
    "on_track": "green|g|ongoing|on going|in progress|in hand|underway|under way|started|"
    "on target|on schedule|progressing|active|live|continuing|partially complete|"
    "partly complete|part complete|overdue|late",
    "at_risk": "amber|a|yellow|red|r|delayed|behind|behind schedule|off track|slipped|"
    "slipping|on hold|paused|stalled|blocked|some concern|not achieved|missed",
    "done": "done|complete|completed|fully complete|achieved|implemented|delivered|"
    "finished|blue|b|actioned|met",
    "closed": "signed off|closed off|verified|complete and closed|closed complete",
    "declined": "rejected|cancelled|canceled|no action|not accepted|will not do|abandoned|"
    "no longer required|not required|not applicable|superseded|dropped",
}
PRIORITY_LABELS = {"high": "High", "medium": "Medium", "low": "Low"}
_PRIORITIES = {
    "high": "h|1|p1|urgent|critical|must|very high|top|high priority|essential|immediate",
    "medium": "m|2|p2|normal|med|should|moderate|medium priority|standard",
    "low": "l|3|p3|could|minor|low priority|desirable|very low",
}
ORIGIN_LABELS = {
    "alone": "Our own idea",
    "feedback": "Customer feedback",
    "review": "Another review or audit",
}
# What we say ourselves of an action that answers a comment; its element tells which.
FROM_ASSESSOR = "An assessor's comment"
# No code of the models: an action answers a comment by a link.
ANSWERS_COMMENT = "assessor"
_ORIGINS = {
    "alone": "own idea|internal",
    "feedback": "feedback|customer|customers|complaint|complaints|survey|customer survey",
    "review": "audit|review|internal audit|external audit|peer review|inspection",
}
NOTE_LABELS = {
    "progress": "reported progress",
    "comment": "commented",
    "claimed": "said that it is done",
    "closed": "closed it",
    "declined": "declined it",
    "reopened": "reopened it",
}
_NOTES = {
    "progress": "progress|update|report",
    "comment": "comment|note",
    "claimed": "done|claimed|completed",
    "closed": "closed",
    "declined": "declined",
    "reopened": "reopened",
}
# As in: complete, all staff are trained.
_AFTER_THE_WORD = re.compile(r"[:;,(/\n–—-]")


@dataclass(frozen=True, slots=True)
class Said:
    """One of our codes, as a cell says it."""

    code: str
    # In our own words, so that nothing has to be explained.
    is_ours: bool
    # What the cell says besides.
    rest: str = ""


def read_status_or_none(value: CellValue) -> Said | None:
    """The status in the cell, also as a colour or as the share that is done."""
    if isinstance(value, float) or (isinstance(value, int) and value in {0, 1}):
        return _share(float(value))
    text = cell_text(value).strip()
    if match := re.fullmatch(r"(\d{1,3})\s?%(?: complete[d]?| done)?", text):
        return _share(int(match[1]) / 100)
    if said := _word(text, STATUS_LABELS, _STATUSES):
        return said
    said = _word(_AFTER_THE_WORD.split(text, 1)[0], STATUS_LABELS, _STATUSES)
    return Said(said.code, is_ours=False, rest=text) if said else None


def read_priority_or_none(value: CellValue) -> Said | None:
    return _word(cell_text(value), PRIORITY_LABELS, _PRIORITIES)


def read_origin_or_none(value: CellValue) -> Said | None:
    if _plain(cell_text(value)) == _plain(FROM_ASSESSOR):
        return Said(ANSWERS_COMMENT, is_ours=True)
    return _word(cell_text(value), ORIGIN_LABELS, _ORIGINS)


def read_kind_or_none(value: CellValue) -> Said | None:
    """The kind of a note."""
    return _word(cell_text(value), NOTE_LABELS, _NOTES)


def _share(share: float) -> Said | None:
    if not 0 <= share <= 1:
        return None
    code = "not_started" if share == 0 else "done" if share == 1 else "on_track"
    return Said(code, is_ours=False)


def _word(
    text: str, labels: Mapping[str, str], synonyms: Mapping[str, str]
) -> Said | None:
    plain = _plain(text)
    for code, label in labels.items():
        if plain in {_plain(label), _plain(code)}:
            return Said(code, is_ours=True)
    for code, words in synonyms.items():
        if plain in words.split("|"):
            return Said(code, is_ours=False)
    return None


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))
