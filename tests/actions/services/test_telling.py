"""Who is told that an action is done, sent back or closed."""

import pytest
from django.utils import timezone

from actions.models import Action
from actions.services.finishing import (
    claim_done,
    close_action,
    decline_action,
    reopen_action,
)
from cse_tracker.accounts.models import Membership, Notification, Topic
from tests.factories import EvidenceItemFactory


def claimed(action, by) -> Action:
    item = EvidenceItemFactory.create(organisation=action.organisation)
    return claim_done(
        action=action,
        seen_version=action.version,
        words="All services have targets.",
        evidence=[item],
        now=timezone.now(),
        by=by,
    )


def decide(service, action, by, words="Seen.") -> Action:
    return service(
        action=action,
        seen_version=action.version,
        words=words,
        now=timezone.now(),
        by=by,
    )


def told() -> list[tuple[str, str]]:
    return [
        (str(each.membership.user), each.subject)
        for each in Notification.objects.filter(topic=Topic.FINISHING).order_by("pk")
    ]


def test_those_who_approve_are_told_what_is_said_to_be_done(action, cast):
    claimed(action, cast.mo)

    assert told() == [("Cass Field", "Action 1 is said to be done")]
    assert "Mo Quill: All services have targets." in (
        Notification.objects.get(topic=Topic.FINISHING).lines
    )


def test_where_nobody_approves_those_who_may_close_with_a_reason_are_told(action, cast):
    Membership.objects.filter(user=cast.cass).update(ended_at=timezone.now())

    claimed(action, cast.mo)

    assert told() == [("Lena Hart", "Action 1 is said to be done")]


def test_an_owner_is_told_that_somebody_else_said_it_is_done(action, cast):
    claimed(action, cast.lena)

    assert set(told()) == {
        ("Cass Field", "Action 1 is said to be done"),
        ("Mo Quill", "Action 1 is said to be done"),
    }


def test_an_owner_who_may_close_it_is_told_once(action, cast):
    Action.objects.update(owner=cast.cass.memberships.get())
    action.refresh_from_db()

    claimed(action, cast.lena)

    assert told() == [("Cass Field", "Action 1 is said to be done")]


@pytest.mark.parametrize(
    ("service", "subject"),
    [
        (close_action, "Action 1 was closed"),
        (reopen_action, "Action 1 was sent back"),
        (decline_action, "Action 1 was declined"),
    ],
)
def test_the_owner_and_whoever_said_it_is_done_are_told_what_became_of_it(
    action, cast, service, subject
):
    done = claimed(action, cast.lena)
    Notification.objects.all().delete()

    decide(service, done, cast.cass)

    assert set(told()) == {("Mo Quill", subject), ("Lena Hart", subject)}


def test_an_owner_who_said_it_is_done_themselves_is_told_once(action, cast):
    done = claimed(action, cast.mo)
    Notification.objects.all().delete()

    decide(close_action, done, cast.cass)

    assert told() == [("Mo Quill", "Action 1 was closed")]


def test_of_an_owner_without_an_account_whoever_said_it_is_done_is_told(action, cast):
    Action.objects.update(owner=None, owner_name="Jo Partner")
    action.refresh_from_db()

    decide(close_action, claimed(action, cast.lena), cast.cass)

    assert told()[1:] == [("Lena Hart", "Action 1 was closed")]


def test_nobody_is_told_what_they_did_themselves(action, cast):
    done = claimed(action, cast.lena)
    Notification.objects.all().delete()

    decide(reopen_action, done, cast.mo)

    assert told() == [("Lena Hart", "Action 1 was sent back")]


def test_an_owner_who_left_is_not_told(action, cast):
    Membership.objects.filter(user=cast.mo).update(ended_at=timezone.now())

    decide(close_action, claimed(action, cast.lena), cast.cass)

    assert [person for person, _ in told()] == ["Cass Field", "Lena Hart"]


def test_being_told_goes_with_the_move_that_it_is_about(action, cast):
    done = claimed(action, cast.mo)
    again = claimed(decide(reopen_action, done, cast.cass), cast.mo)

    decide(close_action, again, cast.cass)

    assert [subject for _, subject in told()] == [
        "Action 1 is said to be done",
        "Action 1 was sent back",
        "Action 1 is said to be done",
        "Action 1 was closed",
    ]
