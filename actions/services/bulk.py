"""Changing many actions at once: each by the rules of the single form, all of them or none."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from actions.models import Action
from actions.services.details import ActionDetails, details_of
from actions.services.updating import update_action
from cse_tracker.accounts.models import Organisation, User
from cse_tracker.accounts.services.events import Changes, changes_between
from cse_tracker.core.errors import Conflict, RuleBroken


@dataclass(frozen=True)
class Refusal:
    """Why one action can't be changed; without words somebody changed it meanwhile."""

    action: Action
    words: str = ""


class BulkRefused(Exception):
    """Something stands in the way of at least one action. Nothing was written."""

    def __init__(self, refusals: list[Refusal]) -> None:
        self.refusals = refusals
        super().__init__("Nothing was changed.")


@dataclass(frozen=True)
class PlannedChange:
    """What would change about one action."""

    action: Action
    changes: Changes


@transaction.atomic
def change_many(
    *,
    organisation: Organisation,
    seen: Mapping[int, int],
    values: Mapping[str, Any],
    by: User,
) -> list[PlannedChange]:
    """Give these fields of ``ActionDetails`` the same values in many actions.

    ``seen`` has the version of each action by its number. Each change is an event of its own,
    tied by one batch. Raises BulkRefused, naming every action that a rule or somebody else's
    change keeps as it is; RuleBroken for a number that is not in the plan.
    """
    batch = uuid.uuid4()
    planned: list[PlannedChange] = []
    refusals: list[Refusal] = []
    for action in actions_numbered(organisation, list(seen)):
        details = replace(details_of(action), **values)
        planned.append(PlannedChange(action, _changes(action, details)))
        try:
            update_action(
                action=action,
                seen_version=seen[action.number],
                details=details,
                by=by,
                batch=batch,
            )
        except RuleBroken as rule:
            refusals.append(Refusal(action, str(rule)))
        except Conflict:
            refusals.append(Refusal(action))
    if refusals:
        raise BulkRefused(refusals)
    return planned


def try_to_change_many(
    *,
    organisation: Organisation,
    seen: Mapping[int, int],
    values: Mapping[str, Any],
    by: User,
) -> list[PlannedChange]:
    """What ``change_many`` would change; it raises the same and writes nothing."""
    with transaction.atomic():
        planned = change_many(
            organisation=organisation, seen=seen, values=values, by=by
        )
        transaction.set_rollback(True)
    return planned


def actions_numbered(organisation: Organisation, numbers: list[int]) -> list[Action]:
    """The actions with these numbers. Raises RuleBroken if one is not in the plan."""
    # By key, so that two who change the same ones never wait for each other.
    actions = list(
        Action.objects.of(organisation)
        .filter(number__in=numbers)
        .with_people()
        .order_by("pk")
    )
    missing = sorted(set(numbers) - {action.number for action in actions})
    if missing:
        raise RuleBroken(f"Action {missing[0]} is not in your plan. Choose again.")
    for action in actions:
        action.organisation = organisation
    return actions


def _changes(action: Action, details: ActionDetails) -> Changes:
    return changes_between(details_of(action).as_values(), details.as_values())
