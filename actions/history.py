"""What happened to an action, in words."""

from datetime import date
from typing import Any

from django.db.models import TextChoices

from actions.models import Action
from actions.wording import HISTORY_LABELS, SAVING_VERBS, VERBS
from cse_tracker.accounts.history import Entry, events_about, history_in_words
from cse_tracker.accounts.models import Event, Membership, Service
from cse_tracker.core.conflicts import in_words

CHOICES: dict[str, type[TextChoices]] = {
    "status": Action.Status,
    "priority": Action.Priority,
    "origin": Action.Origin,
}


def history_of(action: Action) -> list[Entry]:
    """The action's change log, newest first: at most three queries."""
    return _in_words(events_about(action))


def entries_since(action: Action, seen_version: int) -> list[Entry]:
    """What raised the action's version since somebody saw it, newest first."""
    saves = [each for each in events_about(action) if each.verb in SAVING_VERBS]
    return _in_words(saves[: max(action.version - seen_version, 0)])


def newest_since(action: Action, seen_version: int) -> str:
    """The newest of these as a sentence, after a space; empty where there is none."""
    return "".join(
        f" {entry.by} {entry.did}." for entry in entries_since(action, seen_version)[:1]
    )


def _in_words(events: list[Event]) -> list[Entry]:
    names = {
        "owner": _names(Membership.objects.select_related("user"), events, "owner"),
        "service": _names(Service.objects.all(), events, "service"),
    }

    def show(field: str, value: Any) -> str:
        match field, value:
            case ("owner" | "service", int()):
                return names[field].get(value, "Somebody who left")
            case ("status" | "priority" | "origin", str()):
                return str(CHOICES[field](value).label)
            case ("due_on" | "starts_on", str()):
                return in_words(date.fromisoformat(value))
            case _:
                return in_words(value)

    return history_in_words(events, verbs=VERBS, labels=HISTORY_LABELS, show=show)


def _names(rows: Any, events: list[Event], field: str) -> dict[int, str]:
    """Key to name of every row that the events name in ``field``."""
    keys = {
        value
        for event in events
        for value in event.changes.get(field, [])
        if isinstance(value, int)
    }
    return {key: str(row) for key, row in rows.in_bulk(keys).items()} if keys else {}
