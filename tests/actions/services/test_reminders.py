"""Who is told of what, through a simulated year. The days themselves: test_reminding.py."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from actions.models import Action
from actions.services.details import ActionDetails, details_of
from actions.services.planning import plan_action
from actions.services.reminders import remind_members
from actions.services.updating import update_action
from assessments.services.assessors import Stay, invite_assessor
from cse_tracker.accounts.models import Notification, Topic
from cse_tracker.accounts.permissions import Role
from cse_tracker.accounts.services.members import end_membership, write_roles
from cse_tracker.accounts.services.notifications import send_waiting_mail
from tests.action_states import put_in
from tests.factories import ServiceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# After seven in the morning, in winter and in summer.
HOUR = timedelta(hours=8)


def remind_through(first: date, last: date) -> None:
    """The task on each day from ``first`` to ``last``, more than once, with its mail."""
    for n in range((last - first).days + 1):
        day = datetime.combine(first + timedelta(days=n), datetime.min.time(), UTC)
        for moment in (day + HOUR, day + 2 * HOUR):
            with time_machine.travel(moment, tick=False):
                remind_members(now=timezone.now())
                send_waiting_mail(now=timezone.now())


def told(user) -> list[tuple[date, str]]:
    rows = Notification.objects.filter(membership__user=user).order_by("pk")
    return [(row.created_at.date(), row.subject) for row in rows]


@pytest.fixture
def plan(cast):
    """``plan(due_on=…)`` plans an action on 2 January 2026: Mo's, by herself."""

    def make(**details) -> Action:
        values = {"title": "Ask more people", "owner": cast.mo.memberships.get()}
        with time_machine.travel("2026-01-02 12:00:00+00:00", tick=False):
            return plan_action(
                organisation=cast.ashby,
                details=ActionDetails(**values | details),
                by=cast.mo,
            )

    return make


def test_over_a_year_each_reminder_and_its_mail_come_once_on_the_right_day(plan, cast):
    plan(due_on=date(2026, 4, 6))  # Easter Monday, after the clocks went forward
    plan(due_on=date(2026, 12, 29))
    remind_through(date(2026, 1, 3), date(2026, 12, 31))

    due = Notification.objects.filter(topic=Topic.DUE).order_by("pk")
    assert [(row.created_at.date(), row.subject) for row in due] == [
        (date(2026, 3, 6), "Action 1 is due in 31 days, on 6 April 2026"),
        (date(2026, 3, 30), "Action 1 is due in 7 days, on 6 April 2026"),
        (date(2026, 4, 2), "Action 1 is due in 4 days, on 6 April 2026"),
        (date(2026, 11, 27), "Action 2 is due in 32 days, on 29 December 2026"),
        (date(2026, 12, 22), "Action 2 is due in 7 days, on 29 December 2026"),
        (date(2026, 12, 24), "Action 2 is due in 5 days, on 29 December 2026"),
        (date(2026, 12, 29), "Action 2 is due today"),
    ]
    weekly = Notification.objects.filter(topic=Topic.OVERDUE)
    assert weekly.count() == 39  # from the week of 7 April to the last of the year
    assert len(mail.outbox) == due.count() + weekly.count()


def test_who_has_left_is_told_nothing_more(plan, cast):
    plan(due_on=date(2026, 7, 15))
    remind_through(date(2026, 6, 15), date(2026, 6, 16))
    membership = cast.mo.memberships.get()
    end_membership(membership=membership, now=timezone.now(), by=cast.ada)

    remind_through(date(2026, 7, 1), date(2026, 7, 31))

    assert len(told(cast.mo)) == len(mail.outbox) == 1


@pytest.mark.parametrize(
    "status", [Action.Status.DONE, Action.Status.CLOSED, Action.Status.DECLINED]
)
def test_what_is_done_or_finished_is_reminded_of_no_more(plan, cast, status):
    with time_machine.travel("2026-01-03 12:00:00+00:00", tick=False):
        put_in(plan(due_on=date(2026, 7, 15)), status)

    remind_through(date(2026, 6, 15), date(2026, 7, 31))

    assert told(cast.mo) == []


def test_a_date_that_was_moved_has_reminders_of_its_own(plan, cast):
    action = plan(due_on=date(2026, 7, 15))
    remind_through(date(2026, 7, 8), date(2026, 7, 9))
    details = details_of(action)
    with time_machine.travel("2026-07-10 12:00:00+00:00", tick=False):
        update_action(
            action=action,
            seen_version=action.version,
            details=ActionDetails(
                **details.as_values() | {"due_on": date(2026, 7, 17)}
            ),
            by=cast.mo,
        )

    remind_through(date(2026, 7, 11), date(2026, 7, 17))

    assert told(cast.mo) == [
        (date(2026, 7, 8), "Action 1 is due in 7 days, on 15 July 2026"),
        (date(2026, 7, 16), "Action 1 is due tomorrow"),
        (date(2026, 7, 17), "Action 1 is due today"),
    ]


def test_nobody_is_told_anything_at_night(plan, cast):
    plan(due_on=date(2026, 7, 15))

    # 5:30 in UTC is half past six in summer.
    remind_members(now=datetime(2026, 7, 8, 5, 30, tzinfo=UTC))

    assert told(cast.mo) == []


def test_a_manager_is_told_of_what_their_service_owes_and_an_officer_is_not(plan, cast):
    parks, roads = ServiceFactory.create_batch(2, organisation=cast.ashby)
    mo = cast.mo.memberships.get()
    mo.service = parks
    mo.save()
    plan(due_on=date(2026, 7, 1), service=parks, owner="A contractor")
    plan(due_on=date(2026, 7, 1), service=roads, owner=None)

    remind_through(date(2026, 7, 6), date(2026, 7, 6))

    assert told(cast.mo) == [(date(2026, 7, 6), "1 action is overdue")]
    assert Notification.objects.get().lines == (
        "Action 1: Ask more people. Due 1 July 2026, owner: A contractor"
    )
    assert told(cast.lena) == []


def test_a_former_owner_who_is_back_as_an_assessor_is_told_nothing(
    plan, cast, open_assessment
):
    plan(due_on=date(2026, 7, 1))
    plan(due_on=date(2026, 7, 8))
    left = datetime(2026, 3, 2, 12, tzinfo=UTC)
    end_membership(membership=cast.mo.memberships.get(), now=left, by=cast.ada)
    invite_assessor(
        assessment=open_assessment,
        full_name=cast.mo.full_name,
        email=cast.mo.email,
        stay=Stay(date(2026, 12, 31), may_rate=False),
        now=left,
        by=cast.ada,
    )

    remind_through(date(2026, 7, 6), date(2026, 7, 8))

    assert told(cast.mo) == []


def test_an_owner_who_no_longer_sees_the_plan_is_told_nothing(plan, cast):
    plan(due_on=date(2026, 7, 1))
    write_roles(cast.mo.memberships.get(), [Role.GOVERNING_BODY])

    remind_through(date(2026, 6, 30), date(2026, 7, 6))

    assert told(cast.mo) == []
