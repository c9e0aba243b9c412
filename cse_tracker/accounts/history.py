"""The change log of one row, in words for the page about it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from cse_tracker.accounts.models import Event

NOTHING = (None, "")


@dataclass(frozen=True)
class Change:
    """One field of one entry, in words; empty where there was or is nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """What one person did at one moment: ``by`` and ``did`` make a sentence."""

    at: datetime
    by: str
    did: str
    changes: list[Change]


def history_in_words(
    events: list[Event],
    *,
    verbs: Mapping[str, str],
    labels: Mapping[str, str],
    show: Callable[[str, Any], str],
    place: Callable[[Event], str] = lambda event: "",
) -> list[Entry]:
    """The events as entries. Fields without a label are left out.

    ``verbs`` says what a verb of the log reads like, ``show`` puts the value that the log
    keeps for a field into words, ``place`` says, after the verb, what else it is about.
    """
    return [
        Entry(
            at=event.at,
            by=str(event.by) if event.by else "CSE Tracker",
            did=f"{verbs.get(event.verb, event.verb)} {place(event)}".strip(),
            changes=_changes(event, labels, show),
        )
        for event in events
    ]


def _changes(
    event: Event, labels: Mapping[str, str], show: Callable[[str, Any], str]
) -> list[Change]:
    return [
        Change(
            labels[name],
            "" if before in NOTHING else show(name, before),
            "" if after in NOTHING else show(name, after),
        )
        for name, (before, after) in event.changes.items()
        if name in labels and not (before in NOTHING and after in NOTHING)
    ]


def events_about(target: Model) -> list[Event]:
    """What happened to one row, newest first, with who did it: one query."""
    return list(Event.objects.about(target).select_related("by"))


def once_a_save(events: Iterable[Event]) -> Iterator[Event]:
    """Of events that one save wrote, for several elements that it is about, the first alone."""
    before = None
    for event in events:
        save = event.batch and (event.batch, event.verb)
        if not save or save != before:
            yield event
        before = save


def values_since(
    events: list[Event], *, seen_version: int, version: int
) -> dict[str, Any]:
    """What each field changed since ``seen_version`` had then, as the log keeps values.

    ``events`` are the row's, newest first, one for each save of the row.
    """
    values: dict[str, Any] = {}
    for event in events[: max(version - seen_version, 0)]:
        values |= {name: before for name, (before, _) in event.changes.items()}
    return values
