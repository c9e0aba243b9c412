"""Writing the change log. Called by services, in the transaction of the change."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model

from cse_tracker.accounts.models import Event, Organisation, User

Changes = Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True)
class EventDraft:
    """One change still to be written: the target, and ``field -> (from, to)``."""

    target: Model
    changes: Changes = field(default_factory=dict)
    assessment_id: int | None = None
    node_id: int | None = None


def record_event(  # noqa: PLR0913  # each argument is a column of the log
    *,
    by: User | None,
    verb: str,
    target: Model,
    organisation: Organisation | None,
    changes: Changes | None = None,
    assessment_id: int | None = None,
    node_id: int | None = None,
    batch: uuid.UUID | None = None,
) -> Event:
    """Write one change to the log. ``by`` None means the product itself did it.

    ``batch`` ties it to other changes that belong to one act.
    """
    draft = EventDraft(target, changes or {}, assessment_id, node_id)
    event = _event(draft, by=by, verb=verb, organisation=organisation, batch=batch)
    event.save(force_insert=True)
    return event


def record_events(
    drafts: Iterable[EventDraft],
    *,
    by: User | None,
    verb: str,
    organisation: Organisation,
    batch: uuid.UUID | None = None,
) -> None:
    """Write many changes of one kind in one query, tied together by ``batch``."""
    Event.objects.bulk_create(
        [
            _event(draft, by=by, verb=verb, organisation=organisation, batch=batch)
            for draft in drafts
        ],
        batch_size=500,
    )


def changes_between(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, tuple[Any, Any]]:
    """``field -> (from, to)`` for every field of ``after`` that differs."""
    return {
        name: (before.get(name), value)
        for name, value in after.items()
        if before.get(name) != value
    }


def changes_to(row: Model, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """``field -> (from, to)`` for every one of ``values`` that the row does not have yet."""
    return changes_between({name: getattr(row, name) for name in values}, values)


def _event(
    draft: EventDraft,
    *,
    by: User | None,
    verb: str,
    organisation: Organisation | None,
    batch: uuid.UUID | None,
) -> Event:
    return Event(
        organisation=organisation,
        by=by,
        verb=verb,
        target_type=draft.target._meta.label_lower,
        target_id=draft.target.pk,
        target_label=str(draft.target)[:200],
        changes={
            name: [plain_value(old), plain_value(new)]
            for name, (old, new) in draft.changes.items()
        },
        assessment_id=draft.assessment_id,
        node_id=draft.node_id,
        batch=batch,
    )


def plain_value(value: Any) -> Any:
    """The value as JSON can keep it: rows by their key, dates in ISO form."""
    match value:
        case Model():
            return value.pk
        case date() | datetime():
            return value.isoformat()
        case Decimal() | uuid.UUID():
            return str(value)
        case frozenset():
            return sorted(value)
        case _:
            return value
