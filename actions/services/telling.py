"""Telling people what became of an action: who may close it, and who owns it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from actions.models import Action, ActionNote
from actions.readings import readers_of
from cse_tracker.accounts.models import Membership, Topic, User
from cse_tracker.accounts.permissions import Permission
from cse_tracker.accounts.services.notifications import News, tell
from cse_tracker.core.dates import long_date

# More than these are named in the list of actions.
NAMED_AT_MOST = 20


def tell_new_owners(actions: Iterable[Action], *, now: datetime, by: User) -> None:
    """Tell each member whom ``by`` made the owner of some of these, once of all of theirs.

    They are one organisation's; what is not in progress asks nothing of its owner.
    """
    said = f"{by} made you the owner."
    _tell_owners(actions, "yours now", said, query="?whose=mine", now=now, by=by)


def tell_former_owners(
    actions: Iterable[Action],
    *,
    owner: Membership | str | None,
    now: datetime,
    by: User,
) -> None:
    """Tell each member who owned some of these, as they were before ``owner`` got them."""
    said = f"{by} made {owner} the owner." if owner else f"{by} left no owner."
    _tell_owners(actions, "no longer yours", said, query="", now=now, by=by)


def tell_of_comment(
    action: Action, note: ActionNote, *, now: datetime, by: User
) -> None:
    """Tell the owner, and whoever said that it is done, what ``by`` says about it."""
    concerned = Q(pk=action.owner_id) | Q(user=action.claimed_by_id)
    tell(
        news=[
            News(
                membership=member,
                topic=Topic.COMMENT,
                key=f"action:{action.pk}:note:{note.pk}",
                subject=f"New comment on action {action.number}",
                lines=(action.title, f"{by}: {note.text}"),
                path=action.get_absolute_url(),
            )
            for member in readers_of(action.organisation)
            .filter(concerned)
            .exclude(user=by)
        ],
        now=now,
    )


def tell_of_claim(action: Action, *, words: str, now: datetime, by: User) -> None:
    """Tell those who approve, and the owner, that ``by`` said it is done.

    Where nobody else approves, those who may close with a reason.
    """
    others = readers_of(action.organisation).exclude(user=by)
    closers = list(others.who_may(Permission.APPROVE)) or list(
        others.who_may(Permission.FINISH_ACTION)
    )
    its_owner = others.filter(Q(pk=action.owner_id))
    concerned = [*closers, *(each for each in its_owner if each not in closers)]
    subject = f"Action {action.number} is said to be done"
    _tell(concerned, action, subject, words, now, by)


def tell_of_decision(
    action: Action, became: str, *, before: Action, words: str, now: datetime, by: User
) -> None:
    """Tell what ``by`` decided: "was closed". ``before`` is the action until then.

    The owner hears it, and whoever had said that it is done.
    """
    concerned = Q(pk=action.owner_id) | Q(user=before.claimed_by_id)
    members = readers_of(action.organisation).filter(concerned).exclude(user=by)
    _tell(list(members), action, f"Action {action.number} {became}", words, now, by)


def _tell_owners(
    actions: Iterable[Action],
    became: str,
    said: str,
    *,
    query: str,
    now: datetime,
    by: User,
) -> None:
    theirs: dict[int, list[Action]] = defaultdict(list)
    for action in actions:
        if action.owner_id and action.is_being_done:
            theirs[action.owner_id].append(action)
    if not theirs:
        return
    organisation = next(iter(theirs.values()))[0].organisation
    path = reverse("actions:list", args=[organisation.slug]) + query
    owners = readers_of(organisation).exclude(user=by).filter(pk__in=theirs)
    news = [_owning(owner, theirs[owner.pk], became, said, path) for owner in owners]
    tell(news=news, now=now)


def _owning(
    owner: Membership, actions: Sequence[Action], became: str, said: str, path: str
) -> News:
    first, count = actions[0], len(actions)
    is_one = count == 1
    named = [f"Action {each.number}: {each.title}. {_due(each)}" for each in actions]
    lines = [_due(first)] if is_one else named[:NAMED_AT_MOST]
    if count > NAMED_AT_MOST:
        lines.append(f"and {count - NAMED_AT_MOST} more")
    return News(
        membership=owner,
        topic=Topic.OWNING,
        key=f"action:{first.pk}:{became}:{first.version}",
        subject=f"Action {first.number} is {became}: {first.title}"
        if is_one
        else f"{count} actions are {became}",
        lines=(said, *lines),
        path=first.get_absolute_url() if is_one else path,
    )


def _due(action: Action) -> str:
    return f"Due {long_date(action.due_on)}" if action.due_on else "No due date"


def _tell(
    members: list[Membership],
    action: Action,
    subject: str,
    words: str,
    now: datetime,
    by: User,
) -> None:
    said = f": {words.strip()}" if words.strip() else " said nothing else about it."
    tell(
        news=[
            News(
                membership=member,
                topic=Topic.FINISHING,
                key=f"action:{action.pk}:move:{action.version}",
                subject=subject,
                lines=(action.title, f"{by}{said}"),
                path=action.get_absolute_url(),
            )
            for member in members
        ],
        now=now,
    )
