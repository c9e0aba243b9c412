"""Writing what happened with an action, and what people say about it."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from actions.models import Action, ActionNote
from actions.services.details import details_of
from actions.services.events import record_action_event
from actions.services.telling import tell_of_comment
from actions.services.updating import check_not_withdrawn, update_action
from cse_tracker.accounts.models import User
from cse_tracker.core.dates import local_day
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.locking import as_it_stands

WRITTEN = {
    ActionNote.Kind.PROGRESS: "reported progress on",
    ActionNote.Kind.COMMENT: "commented on",
}


@transaction.atomic
def write_note(
    *,
    action: Action,
    kind: ActionNote.Kind,
    text: str,
    day: date,
    now: datetime,
    by: User,
) -> ActionNote:
    """Write progress or a comment, about a day that is not in the future.

    The action's version stays: a note takes nothing from whoever edits the action meanwhile.
    """
    # Held, so that nobody withdraws or removes it before the note is there.
    held = as_it_stands(Action.objects.select_for_update(no_key=True), action)
    check_not_withdrawn(held)
    if day > local_day(now):
        raise RuleBroken("The date of a note must be today or in the past.")
    note = add_note(action, kind, text, day, by)
    record_action_event(
        action, verb=WRITTEN[kind], changes={"note": (None, note.text)}, by=by
    )
    if kind is ActionNote.Kind.COMMENT:
        held.organisation = action.organisation
        tell_of_comment(held, note, now=now, by=by)
    return note


@transaction.atomic
def report_progress(  # noqa: PLR0913  # each argument is a field of the form
    *,
    action: Action,
    seen_version: int,
    text: str,
    day: date,
    status: Action.Status | None,
    now: datetime,
    by: User,
) -> ActionNote:
    """Write progress and, if ``status`` says so, how the action stands from now on.

    Raises Conflict only for a new status, if somebody changed the action since.
    """
    kind = ActionNote.Kind.PROGRESS
    note = write_note(action=action, kind=kind, text=text, day=day, now=now, by=by)
    if status is not None:
        details = replace(details_of(action), status=status)
        update_action(action=action, seen_version=seen_version, details=details, by=by)
    return note


def add_note(
    action: Action, kind: ActionNote.Kind, text: str, day: date, by: User
) -> ActionNote:
    """One note, inside the caller's transaction and beside its event. Raises RuleBroken if empty."""
    words = text.strip()
    if not words:
        raise RuleBroken("Write something first.")
    return ActionNote.objects.create(
        organisation_id=action.organisation_id,
        action=action,
        kind=kind,
        text=words,
        day=day,
        by=by,
    )
