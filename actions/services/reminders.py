"""Telling owners of what is due soon, and owners and managers of what is overdue."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time

from django.urls import reverse

from actions.models import Action
from actions.readings import readers_of
from actions.reminding import DAYS_BEFORE, digest_week, reminder_due
from cse_tracker.accounts.models import Membership, Organisation, Topic
from cse_tracker.accounts.permissions import answers_for_a_service
from cse_tracker.accounts.services.notifications import News, tell
from cse_tracker.core.dates import LONDON, local_day, long_date
from cse_tracker.core.working_days import Nation

# Nobody's telephone rings at night.
NOT_BEFORE = time(7)
# A reminder may come earlier than its days before the date: over a weekend, or Christmas.
LOOK_AHEAD_DAYS = max(DAYS_BEFORE) + 7


def remind_members(*, now: datetime) -> None:
    """Tell every organisation's members what they must hear today and were not told yet."""
    if now.astimezone(LONDON).time() < NOT_BEFORE:
        return
    today = local_day(now)
    for organisation in Organisation.objects.all():
        news = [*_due_soon(organisation, today), *_overdue(organisation, today)]
        tell(news=news, now=now)


def _due_soon(organisation: Organisation, today: date) -> Iterator[News]:
    actions = (
        Action.objects.of(organisation)
        .due_within(LOOK_AHEAD_DAYS, on=today)
        .filter(owner__in=readers_of(organisation))
        .select_related("owner__user", "organisation")
        .with_day_agreed()
    )
    for action in actions:
        if action.owner and action.due_on:
            yield from _reminder(action, action.owner, action.due_on, today)


def _reminder(
    action: Action, owner: Membership, due_on: date, today: date
) -> Iterator[News]:
    before = reminder_due(
        due_on,
        known_since=local_day(action.agreed_at),
        today=today,
        nation=Nation(action.organisation.nation),
    )
    if before is None:
        return
    yield News(
        membership=owner,
        topic=Topic.DUE,
        key=f"action:{action.pk}:due:{due_on}:{before}",
        subject=f"Action {action.number} is due {_when(due_on, today)}",
        lines=(action.title,),
        path=action.get_absolute_url(),
    )


def _overdue(organisation: Organisation, today: date) -> Iterator[News]:
    week = digest_week(today, Nation(organisation.nation))
    if week is None:
        return
    overdue = list(
        Action.objects.of(organisation)
        .overdue(on=today)
        .with_people()
        .order_by("due_on", "number")
    )
    if not overdue:
        return
    for member in readers_of(organisation).with_people():
        own = [action for action in overdue if _concerns(action, member)]
        if own:
            yield News(
                membership=member,
                topic=Topic.OVERDUE,
                key=f"overdue:{week}",
                subject=_count_words(len(own)),
                lines=tuple(_lines(own)),
                path=reverse("actions:list", args=[organisation.slug]) + "?overdue=on",
            )


def _concerns(action: Action, member: Membership) -> bool:
    """Their own; a manager's also those of their service, or all where they have none."""
    if action.owner_id == member.pk:
        return True
    is_theirs = member.service in {None, action.belongs_to}
    return answers_for_a_service(member.roles) and is_theirs


def _when(due_on: date, today: date) -> str:
    match (due_on - today).days:
        case 0:
            return "today"
        case 1:
            return "tomorrow"
        case days:
            return f"in {days} days, on {long_date(due_on)}"


def _count_words(count: int) -> str:
    return "1 action is overdue" if count == 1 else f"{count} actions are overdue"


def _lines(actions: Iterable[Action]) -> Iterator[str]:
    for action in actions:
        owner = action.owner_label or "nobody"
        due = long_date(action.due_on) if action.due_on else "no date"
        yield f"Action {action.number}: {action.title}. Due {due}, owner: {owner}"
