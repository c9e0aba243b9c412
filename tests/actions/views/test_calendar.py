from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from actions.models import Action, CalendarFeed
from actions.services.calendars import open_feed
from actions.services.details import ActionDetails, details_of
from actions.services.planning import plan_action
from actions.services.updating import update_action
from cse_tracker.accounts.models import Event
from cse_tracker.accounts.permissions import Role
from cse_tracker.accounts.services.members import end_membership, write_roles
from tests.action_states import put_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def feed(cast, action):
    """The calendar of Mo, who owns the action."""
    return open_feed(membership=cast.mo.memberships.get(), by=cast.mo)


def entries(feed):
    answer = Client().get(feed.get_absolute_url())
    assert answer.headers["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_a_calendar_program_reads_a_members_due_dates_without_signing_in(feed, action):
    [entry] = entries(feed)

    assert entry["summary"] == "Due: Set targets for satisfaction"
    assert entry.decoded("dtstart") == date(2026, 3, 10)
    assert entry.decoded("dtend") == date(2026, 3, 11)
    assert entry["url"].endswith(action.get_absolute_url())


def test_a_date_that_was_moved_takes_the_place_of_the_older_one(feed, action, cast):
    [before] = entries(feed)
    update_action(
        action=action,
        seen_version=action.version,
        details=replace(details_of(action), due_on=date(2026, 4, 1)),
        by=cast.mo,
    )

    [after] = entries(feed)

    assert (after["uid"], after.decoded("dtstart")) == (
        before["uid"],
        date(2026, 4, 1),
    )
    assert after["sequence"] > before["sequence"]


def test_what_is_said_to_be_done_is_no_longer_due(feed, action):
    put_in(action, Action.Status.DONE)

    assert entries(feed) == []


def test_it_holds_only_the_members_own(feed, cast):
    details = ActionDetails(
        title="Hers", owner=cast.lena.memberships.get(), due_on=date(2026, 4, 1)
    )
    plan_action(organisation=cast.ashby, details=details, by=cast.lena)

    assert len(entries(feed)) == 1


def test_awkward_words_stay_one_valid_entry(feed, cast):
    awkward = "Ask; then, \\ wait\nEND:VEVENT " + "é" * 90
    details = ActionDetails(
        title="Long", done_looks_like=awkward, owner=cast.mo.memberships.get()
    )
    plan_action(
        organisation=cast.ashby,
        details=ActionDetails(**details.as_values() | {"due_on": date(2026, 4, 1)}),
        by=cast.lena,
    )

    assert [entry["summary"] for entry in entries(feed)] == [
        "Due: Set targets for satisfaction",
        "Due: Long",
    ]
    assert awkward in entries(feed)[1]["description"]


def test_a_revoked_address_is_closed_and_the_next_one_is_another(signed_in, cast, feed):
    client = signed_in(cast.mo)
    client.post(reverse("actions:revoke_calendar", args=[cast.ashby.slug]))

    assert Client().get(feed.get_absolute_url()).status_code == 404
    client.post(reverse("actions:calendar", args=[cast.ashby.slug]))
    [other] = CalendarFeed.objects.open()
    assert other.token != feed.token
    verbs = Event.objects.filter(target_type="actions.calendarfeed")
    assert sorted(event.verb for event in verbs) == ["opened", "opened", "revoked"]


def test_asking_twice_makes_one_address(cast, feed):
    again = open_feed(membership=cast.mo.memberships.get(), by=cast.mo)

    assert again == feed


def test_who_has_left_has_no_calendar(feed, cast):
    membership = cast.mo.memberships.get()
    end_membership(membership=membership, now=timezone.now(), by=cast.ada)

    assert Client().get(feed.get_absolute_url()).status_code == 404


def test_who_no_longer_sees_the_plan_has_no_calendar(feed, cast):
    write_roles(cast.mo.memberships.get(), [Role.GOVERNING_BODY])

    assert Client().get(feed.get_absolute_url()).status_code == 404
