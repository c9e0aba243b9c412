"""The change log in words: who did what to which thing, from which value to which."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from assessments.models import Assessment, StandardNode
from cse_tracker.accounts.models import Event, Membership, Organisation, Service
from cse_tracker.accounts.permissions import Role
from cse_tracker.core.dates import LONDON, long_date
from cse_tracker.core.tables.writing import Table

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# What the log keeps for the product itself, not for its readers.
MACHINERY = {"batch", "carried_from", "choices", "version_number"}
FINGERPRINT = "sha256"
# Ratings stand as codes on every page.
CODES = {"rating"}
HEAD = ["When", "Who", "What", "Thing", "Assessment", "Element", "Field", "From", "To"]


@dataclass(frozen=True)
class FieldChange:
    """One field of one entry, in words."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class LogEntry:
    """One event as people read it."""

    at: datetime
    who: str
    did: str
    thing: str
    assessment: str
    element: str
    changes: tuple[FieldChange, ...]


class LogWords:
    """Names for the numbers that the log keeps: four queries for any number of entries."""

    def __init__(self, organisation: Organisation, events: Sequence[Event]) -> None:
        self._assessments = {
            each.pk: str(each) for each in Assessment.objects.of(organisation)
        }
        node_ids = {event.node_id for event in events if event.node_id}
        nodes = StandardNode.objects.filter(pk__in=node_ids)
        self._refs = dict(nodes.values_list("pk", "ref"))
        members = Membership.objects.filter(organisation=organisation)
        services = Service.objects.filter(organisation=organisation)
        self._names: dict[str, dict[int, str]] = {
            "owner": dict(members.values_list("pk", "user__full_name")),
            "service": dict(services.values_list("pk", "name")),
        }

    def entries(self, events: Iterable[Event]) -> list[LogEntry]:
        """The events in words, in their order."""
        return [self._entry(event) for event in events]

    def _entry(self, event: Event) -> LogEntry:
        return LogEntry(
            at=event.at,
            who=str(event.by) if event.by else "CSE Tracker",
            did=event.verb.replace("_", " "),
            thing=event.target_label,
            assessment=self._assessments.get(event.assessment_id or 0, ""),
            element=self._refs.get(event.node_id or 0, ""),
            changes=tuple(
                FieldChange(
                    name.replace("_", " ").capitalize(),
                    self._say(event.target_type, name, before),
                    self._say(event.target_type, name, after),
                )
                for name, (before, after) in event.changes.items()
                if name not in MACHINERY and FINGERPRINT not in name
            ),
        )

    def _say(self, target_type: str, name: str, value: Any) -> str:
        if name == "findings" and isinstance(value, list):
            return f"{len(value)} comment{'' if len(value) == 1 else 's'}"
        if isinstance(value, list):
            return ", ".join(self._say(target_type, name, each) for each in value)
        if isinstance(value, int) and not isinstance(value, bool):
            return self._names.get(name, {}).get(value, str(value))
        if isinstance(value, str) and value in (labels := _labels(target_type, name)):
            return labels[value]
        return _plainly(value)


@cache
def _labels(target_type: str, name: str) -> Mapping[str, str]:
    """The words for what a field may hold, where that is one of several choices."""
    if name in CODES:
        return {}
    if name == "roles":
        return {role.value: role.label for role in Role}
    try:
        field = apps.get_model(target_type)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return {}
    choices = getattr(field, "flatchoices", [])
    return {str(code): str(label) for code, label in choices}


def _plainly(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "Yes" if value else "No"
        case str() if ISO_DAY.fullmatch(value):
            return long_date(date.fromisoformat(value))
        case _:
            return str(value)


def log_table(entries: Iterable[LogEntry], *, left_out: int = 0) -> Table:
    """One row a changed field; an entry without fields has one row too.

    A last row says how many older entries were ``left_out``.
    """
    rows = [
        [
            f"{entry.at.astimezone(LONDON):%Y-%m-%d %H:%M:%S}",
            entry.who,
            entry.did,
            entry.thing,
            entry.assessment,
            entry.element,
            change.field,
            change.before,
            change.after,
        ]
        for entry in entries
        for change in entry.changes or (FieldChange("", "", ""),)
    ]
    if left_out:
        verb = "entry is" if left_out == 1 else "entries are"
        words = f"{left_out:,} older {verb} not in this file. Narrow the change log."
        rows.append([words, *[""] * (len(HEAD) - 1)])
    return Table("Change log", HEAD, rows, {0: 20, 1: 20, 3: 40, 7: 40, 8: 40})
