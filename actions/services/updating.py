"""Changing actions, taking them out of the plan and putting them back."""

from datetime import datetime

from django.db import transaction

from actions.models import Action
from actions.services.details import ActionDetails, check_details, details_of
from actions.services.events import record_action_event
from actions.services.telling import tell_former_owners, tell_new_owners
from assessments.models import Finding
from cse_tracker.accounts.models import User
from cse_tracker.accounts.services.events import Changes, changes_between
from cse_tracker.accounts.verbs import EDITED
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.locking import as_it_stands, save_if_unchanged


@transaction.atomic
def update_action(
    *,
    action: Action,
    seen_version: int,
    details: ActionDetails,
    by: User,
    verb: str = EDITED,
) -> Action:
    """Write what people say about an action. Saving what stands there already is no change.

    ``verb`` is the change log's. Raises RuleBroken if it was withdrawn or is no longer in
    progress, Conflict if somebody changed it since.
    """
    changes = check_update(action, details)
    if not changes:
        return action
    saved = save_if_unchanged(action, seen_version, **details.as_columns())
    # It does not change.
    saved.organisation = action.organisation
    event = record_action_event(saved, verb=verb, changes=changes, by=by)
    if "owner" in changes:
        tell_former_owners([action], owner=details.owner, now=event.at, by=by)
        tell_new_owners([saved], now=event.at, by=by)
    return saved


@transaction.atomic
def withdraw_action(
    *, action: Action, seen_version: int, now: datetime, by: User
) -> Action:
    """Take an action out of the plan; its number is never given again.

    ``restore_action`` undoes it. Raises Conflict if somebody changed it since.
    """
    return _set_withdrawn(action, seen_version, now, verb="withdrew", by=by)


@transaction.atomic
def restore_action(*, action: Action, seen_version: int, by: User) -> Action:
    """Put a withdrawn action back.

    Raises RuleBroken if the answer to what it deals with is "no" by now, Conflict if somebody
    changed it since.
    """
    # The action first, then its findings: in the order in which answer_with locks them.
    as_it_stands(Action.objects.select_for_update(no_key=True), action)
    _check_nobody_declined(action)
    return _set_withdrawn(action, seen_version, None, verb="restored", by=by)


def check_update(action: Action, details: ActionDetails) -> Changes:
    """What these details would change about the action.

    Raises RuleBroken if it was withdrawn or is no longer in progress, or they can't be.
    """
    check_not_withdrawn(action)
    check_in_progress(action)
    check_details(details)
    return changes_between(details_of(action).as_values(), details.as_values())


def check_not_withdrawn(action: Action) -> None:
    """Raise RuleBroken once the action was withdrawn."""
    if action.withdrawn_at is not None:
        raise RuleBroken("This action was withdrawn. Restore it before you change it.")


def check_in_progress(action: Action) -> None:
    """Raise RuleBroken once somebody said that it is done, or it is finished."""
    if action.status not in Action.Status.in_progress():
        is_claimed = action.status == Action.Status.DONE
        way_back = "Send it back" if is_claimed else "Reopen it"
        raise RuleBroken(f"{how_it_stands(action)} {way_back} to change it.")


def how_it_stands(action: Action) -> str:
    """The status in a sentence, which says of a claim whose it is."""
    if action.status == Action.Status.DONE:
        return f"{action.claimed_by or 'Somebody'} said that this action is done."
    return f"This action is {Action.Status(action.status).label.lower()}."


def _check_nobody_declined(action: Action) -> None:
    answered = Finding.objects.standing().filter(action_links__action=action)
    held = answered.order_by("pk").select_for_update(of=("self",))
    if any(finding.decision == Finding.Decision.NO_ACTION for finding in held):
        raise RuleBroken(
            "You decided not to act on a comment that this action answers. Change that "
            "decision first, then restore the action."
        )


def _set_withdrawn(
    action: Action, seen_version: int, moment: datetime | None, *, verb: str, by: User
) -> Action:
    if (action.withdrawn_at is None) == (moment is None):
        return action
    saved = save_if_unchanged(action, seen_version, withdrawn_at=moment)
    changes = {"withdrawn_at": (action.withdrawn_at, moment)}
    record_action_event(saved, verb=verb, changes=changes, by=by)
    return saved
