"""What people say about an action, as one value."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from actions.models import Action
from cse_tracker.accounts.models import Membership, Service
from cse_tracker.core.errors import RuleBroken


@dataclass(frozen=True, kw_only=True)
class ActionDetails:
    """The fields of an action that people fill in."""

    title: str
    done_looks_like: str = ""
    # A member, the name of somebody without an account, or None for nobody yet.
    owner: Membership | str | None = None
    service: Service | None = None
    priority: Action.Priority = Action.Priority.MEDIUM
    origin: Action.Origin = Action.Origin.ALONE
    starts_on: date | None = None
    due_on: date | None = None
    status: Action.Status = Action.Status.NOT_STARTED
    resource_note: str = ""

    def as_values(self) -> dict[str, Any]:
        """By field, with ``owner`` as one value."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def as_columns(self) -> dict[str, Any]:
        """By column of the table, where the owner stands in one of two."""
        is_named = isinstance(self.owner, str)
        return self.as_values() | {
            "priority": self.priority.value,
            "origin": self.origin.value,
            "status": self.status.value,
            "owner": None if is_named else self.owner,
            "owner_name": self.owner if is_named else "",
        }


def columns_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns in which these fields of ``ActionDetails`` stand."""
    columns = ActionDetails(**{"title": ""} | dict(values)).as_columns()
    wanted = set(values) | ({"owner_name"} if "owner" in values else set())
    return {name: columns[name] for name in wanted}


def changes_from_nothing(details: ActionDetails) -> dict[str, tuple[Any, Any]]:
    """What a new action has that an empty one has not: none of it replaces anything."""
    empty = ActionDetails(title="").as_values()
    return {
        name: (None, value)
        for name, value in details.as_values().items()
        if value != empty[name]
    }


def details_of(action: Action) -> ActionDetails:
    """What stands in the row."""
    return ActionDetails(
        title=action.title,
        done_looks_like=action.done_looks_like,
        owner=action.owner or action.owner_name or None,
        service=action.service,
        priority=Action.Priority(action.priority),
        origin=Action.Origin(action.origin),
        starts_on=action.starts_on,
        due_on=action.due_on,
        status=Action.Status(action.status),
        resource_note=action.resource_note,
    )


def check_details(details: ActionDetails) -> None:
    """Raise RuleBroken for a plan that can't be: moves of its own finish an action."""
    if details.status not in Action.Status.in_progress():
        label = details.status.label.lower()
        raise RuleBroken(f"An action becomes {label} on its own page, with a reason.")
    if details.starts_on and details.due_on and details.due_on < details.starts_on:
        raise RuleBroken("The due date must not be before the start date.")
