"""Telling people what became of an action: who may close it, and who owns it."""

from datetime import datetime

from actions.models import Action
from actions.readings import readers_of
from cse_tracker.accounts.models import Membership, Topic, User
from cse_tracker.accounts.permissions import Permission
from cse_tracker.accounts.services.notifications import News, tell


def tell_who_may_close(action: Action, *, words: str, now: datetime, by: User) -> None:
    """Tell those who approve that ``by`` said it is done.

    Where nobody else approves, those who may close with a reason.
    """
    others = readers_of(action.organisation).exclude(user=by)
    closers = list(others.who_may(Permission.APPROVE)) or list(
        others.who_may(Permission.FINISH_ACTION)
    )
    _tell(closers, action, f"Action {action.number} is said to be done", words, now, by)


def tell_owner(
    action: Action, became: str, *, before: Action, words: str, now: datetime, by: User
) -> None:
    """Tell the owner what ``by`` decided: "was closed". ``before`` is the action until then.

    Of an owner without an account, whoever had said that it is done.
    """
    members = readers_of(action.organisation).exclude(user=by)
    if action.owner_id:
        concerned = members.filter(pk=action.owner_id)
    else:
        concerned = members.filter(user=before.claimed_by_id)
    _tell(list(concerned), action, f"Action {action.number} {became}", words, now, by)


def _tell(
    members: list[Membership],
    action: Action,
    subject: str,
    words: str,
    now: datetime,
    by: User,
) -> None:
    tell(
        news=[
            News(
                membership=member,
                topic=Topic.FINISHING,
                key=f"action:{action.pk}:move:{action.version}",
                subject=subject,
                lines=(action.title, f"{by}: {words.strip()}"),
                path=action.get_absolute_url(),
            )
            for member in members
        ],
        now=now,
    )
