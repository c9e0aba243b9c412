"""Making actions, from what an assessor raised or by themselves."""

from django.db import transaction

from actions.models import Action, ActionFinding
from actions.plan_import_readings import undone_numbers
from actions.services.details import (
    ActionDetails,
    changes_from_nothing,
    check_details,
)
from actions.services.events import record_action_event, record_answer_event
from actions.services.telling import tell_new_owners
from assessments.models import Finding
from assessments.services.findings import decide_on_finding
from cse_tracker.accounts.models import Organisation, User
from cse_tracker.accounts.services.numbering import next_number
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.locking import as_it_stands, lock_unchanged


@transaction.atomic
def plan_action(
    *,
    organisation: Organisation,
    details: ActionDetails,
    by: User,
    finding: Finding | None = None,
    seen_version: int | None = None,
) -> Action:
    """Make the organisation's next action; for a finding it also decides to act on it.

    ``seen_version`` is the finding's. Raises RuleBroken if the finding was withdrawn or its
    decision may no longer change, Conflict if somebody changed the finding since.
    """
    check_details(details)
    number = next_number(Action.objects.all(), organisation)
    # Read behind the lock that the line above took.
    number = max(number, 1 + max(undone_numbers(organisation), default=0))
    if finding is not None:
        _decide_to_act(finding, seen_version or finding.version, by)
    action = Action.objects.create(
        organisation=organisation, number=number, **details.as_columns()
    )
    if finding is not None:
        ActionFinding.objects.create(
            organisation=organisation, action=action, finding=finding
        )
    record_action_event(
        action, verb="planned", changes=changes_from_nothing(details), by=by
    )
    tell_new_owners([action], now=action.created_at, by=by)
    return action


@transaction.atomic
def answer_with(
    *, action: Action, finding: Finding, seen_version: int, by: User
) -> None:
    """Say that an action of the plan deals with one more finding, and decide to act on that.

    ``seen_version`` is the finding's. Raises RuleBroken if either was withdrawn, Conflict if
    somebody changed the finding since.
    """
    held = as_it_stands(Action.objects.select_for_update(no_key=True), action)
    if held.withdrawn_at is not None:
        raise RuleBroken(f"Action {held.number} was withdrawn. Choose another answer.")
    _decide_to_act(finding, seen_version, by)
    _, is_new = ActionFinding.objects.get_or_create(
        organisation=held.organisation, action=held, finding=finding
    )
    if is_new:
        record_answer_event(held, finding, by=by)


@transaction.atomic
def decline_to_act(
    *, finding: Finding, seen_version: int, reason: str, by: User
) -> Finding:
    """Decide not to act on a finding, and why.

    Raises RuleBroken while an action of the plan answers it, or without a reason; Conflict if
    somebody changed the finding since.
    """
    # Locked, as whoever plans, answers or restores locks it: only one of them wins.
    finding = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    answering = Action.objects.current().filter(findings=finding).order_by("number")
    if action := answering.first():
        raise RuleBroken(
            f"Action {action.number} answers this comment. Withdraw that action first."
        )
    return decide_on_finding(
        finding=finding,
        seen_version=seen_version,
        decision=Finding.Decision.NO_ACTION,
        reason=reason,
        by=by,
    )


def _decide_to_act(finding: Finding, seen_version: int, by: User) -> None:
    """Decide, unless that was decided before: a finding may have several actions."""
    [current] = lock_unchanged(
        Finding.objects.filter(organisation=finding.organisation_id),
        {finding.pk: seen_version},
        {finding.pk: {"decision": Finding.Decision.ACT}},
    )
    decide_on_finding(
        finding=current,
        seen_version=seen_version,
        decision=Finding.Decision.ACT,
        reason="",
        by=by,
    )
