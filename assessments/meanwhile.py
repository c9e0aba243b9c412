"""What happened to an assessment while somebody had a page of it open, in words."""

from typing import Any

from assessments.models import Assessment
from assessments.services.assessments import SAVING_VERBS
from cse_tracker.accounts.history import (
    Entry,
    events_about,
    history_in_words,
    once_a_save,
)
from cse_tracker.accounts.verbs import EDITED, RESTORED_VERSION
from cse_tracker.core.conflicts import in_words

VERBS = {
    EDITED: "changed what is said about the visit",
    RESTORED_VERSION: "restored an earlier version of what is said about the visit",
    "moved": "moved it on",
    "confirmed": "confirmed it",
    "unlocked": "unlocked it",
    "brought in": "brought ratings in from a file",
    "undone": "undid an import",
}
MEANWHILE = "This assessment was changed after you opened the page."
LABELS = {"state": "State", "reason": "Reason"}


def happened_since(assessment: Assessment, seen_version: int) -> list[Entry]:
    """Each save since ``seen_version``, newest first, read anew: ``assessment`` may be older."""
    assessment.refresh_from_db()
    saves = [
        event
        for event in once_a_save(events_about(assessment))
        if event.verb in SAVING_VERBS
    ]
    since = saves[: max(assessment.version - seen_version, 0)]
    return history_in_words(since, verbs=VERBS, labels=LABELS, show=_in_words)


def _in_words(name: str, value: Any) -> str:
    return str(Assessment.State(value).label) if name == "state" else in_words(value)
