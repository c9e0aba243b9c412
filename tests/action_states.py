"""Putting an action into a state, for tests that are not about how it gets there."""

from django.utils import timezone

from actions.models import Action

Status = Action.Status


def put_in(action: Action, status: Action.Status) -> Action:
    """The action as it stands in ``status``, claimed and finished now if that belongs to it."""
    now = timezone.now()
    Action.objects.filter(pk=action.pk).update(
        status=status,
        claimed_at=now if status in (Status.DONE, Status.CLOSED) else None,
        finished_at=now if status in Status.finished() else None,
    )
    action.refresh_from_db()
    return action
