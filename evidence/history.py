"""What happened to an evidence item, in words."""

from datetime import date
from typing import Any

from assessments.models import Assessment, StandardNode
from assessments.tree import ref_key
from cse_tracker.accounts.history import Entry, events_about, history_in_words
from cse_tracker.accounts.models import Event, Membership, Service
from cse_tracker.core.conflicts import in_words
from evidence.models import EvidenceItem
from evidence.wording import LABELS, LINK_LABELS, VERBS, VERSION_LABELS

DATES = {"as_at", "expires_on"}


def history_of(item: EvidenceItem) -> list[Entry]:
    """The item's change log, newest first: at most five queries."""
    events = events_about(item)
    names = {
        "owner": _names(Membership.objects.select_related("user"), events, "owner"),
        "service": _names(Service.objects.all(), events, "service"),
    }
    nodes = _rows(StandardNode.objects.all(), {event.node_id for event in events})
    years = _rows(Assessment.objects.all(), {event.assessment_id for event in events})
    groups = _grouped(events)

    def show(field: str, value: Any) -> str:
        match field, value:
            case ("owner" | "service", int()):
                return names[field].get(value, "Somebody who left")
            case (_, str()) if field in DATES:
                return in_words(date.fromisoformat(value))
            case _:
                return in_words(value)

    def place(event: Event) -> str:
        if event.node_id is None or event.assessment_id is None:
            return ""
        members = groups[event.pk]
        refs = [nodes[each.node_id].ref for each in members if each.node_id]
        return f"{_listed(refs)} in the {years[event.assessment_id]}"

    return history_in_words(
        [event for event in events if event.pk in groups],
        verbs=VERBS,
        labels=LABELS | LINK_LABELS | VERSION_LABELS,
        show=show,
        place=place,
    )


def _grouped(events: list[Event]) -> dict[int, list[Event]]:
    """Events that one act wrote for several elements of a year, under the first one's key."""
    groups: dict[Any, list[Event]] = {}
    for event in events:
        one_act = event.batch and (event.batch, event.assessment_id)
        groups.setdefault(one_act or event.pk, []).append(event)
    return {members[0].pk: members for members in groups.values()}


def _listed(refs: list[str]) -> str:
    """Refs in reading order: 1.3.4, 2.1.1 and 2.1.2."""
    *others, last = sorted(refs, key=ref_key)
    return f"{', '.join(others)} and {last}" if others else last


def _names(rows: Any, events: list[Event], field: str) -> dict[int, str]:
    """Key to name of every row that the events name in ``field``."""
    keys = {value for event in events for value in event.changes.get(field, [])}
    return {key: str(row) for key, row in _rows(rows, keys).items()}


def _rows(rows: Any, keys: set[Any]) -> dict[int, Any]:
    wanted = {key for key in keys if isinstance(key, int)}
    return dict(rows.in_bulk(wanted)) if wanted else {}
