"""Changing many actions at once: each by the rules of the single form, all of them or none."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from actions.models import Action, ActionQuerySet
from actions.services.details import columns_of, details_of
from actions.services.events import record_action_events
from actions.services.telling import tell_former_owners, tell_new_owners
from actions.services.updating import check_update
from cse_tracker.accounts.models import Organisation, User
from cse_tracker.accounts.services.events import Changes
from cse_tracker.accounts.verbs import EDITED
from cse_tracker.core.errors import RuleBroken


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
    now: datetime,
    by: User,
) -> list[PlannedChange]:
    """Give these fields of ``ActionDetails`` the same values in many actions.

    ``seen`` has the version of each action by its number. Each change is an event of its own,
    tied by one batch. Raises BulkRefused, naming every action that a rule or somebody else's
    change keeps as it is; RuleBroken for a number that is not in the plan.
    """
    planned: list[PlannedChange] = []
    refusals: list[Refusal] = []
    for action in _held(organisation, seen):
        try:
            changes = check_update(action, replace(details_of(action), **values))
        except RuleBroken as rule:
            refusals.append(Refusal(action, str(rule)))
            continue
        if changes and action.version != seen[action.number]:
            refusals.append(Refusal(action))
        planned.append(PlannedChange(action, changes))
    if refusals:
        raise BulkRefused(refusals)
    _write([each for each in planned if each.changes], values, by)
    given = [each.action for each in planned if "owner" in each.changes]
    if given:
        tell_former_owners(given, owner=values["owner"], now=now, by=by)
        numbers = [action.number for action in given]
        tell_new_owners(actions_numbered(organisation, numbers), now=now, by=by)
    return planned


def try_to_change_many(
    *,
    organisation: Organisation,
    seen: Mapping[int, int],
    values: Mapping[str, Any],
    now: datetime,
    by: User,
) -> list[PlannedChange]:
    """What ``change_many`` would change; it raises the same and writes nothing."""
    with transaction.atomic():
        planned = change_many(
            organisation=organisation, seen=seen, values=values, now=now, by=by
        )
        transaction.set_rollback(True)
    return planned


def actions_numbered(organisation: Organisation, numbers: list[int]) -> list[Action]:
    """The actions with these numbers. Raises RuleBroken if one is not in the plan."""
    return _found(Action.objects.with_people(), organisation, numbers)


def _held(organisation: Organisation, seen: Mapping[int, int]) -> list[Action]:
    """The same, locked until the end of the transaction."""
    locked = Action.objects.with_people().select_for_update(of=("self",), no_key=True)
    return _found(locked, organisation, list(seen))


def _found(
    actions_asked: ActionQuerySet, organisation: Organisation, numbers: list[int]
) -> list[Action]:
    # By key, so that two who change the same ones never wait for each other.
    rows = actions_asked.of(organisation).filter(number__in=numbers)
    actions = list(rows.select_related("claimed_by").order_by("pk"))
    missing = sorted(set(numbers) - {action.number for action in actions})
    if missing:
        raise RuleBroken(f"Action {missing[0]} is not in your plan. Choose again.")
    for action in actions:
        action.organisation = organisation
    return actions


def _write(
    changing: Sequence[PlannedChange], values: Mapping[str, Any], by: User
) -> None:
    """The same values into all of these rows: as many queries for one as for many."""
    columns = columns_of(values)
    rows = Action.objects.filter(pk__in=[each.action.pk for each in changing])
    rows.update(**columns, version=F("version") + 1)
    record_action_events(
        [(each.action, each.changes) for each in changing],
        verb=EDITED,
        by=by,
        batch=uuid.uuid4(),
    )
