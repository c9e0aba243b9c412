"""Who is told that an action is theirs now, and of what is said about it."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from actions.models import Action, ActionNote
from actions.services.bulk import change_many, try_to_change_many
from actions.services.details import ActionDetails, details_of
from actions.services.notes import write_note
from actions.services.planning import plan_action
from actions.services.updating import update_action
from cse_tracker.accounts.models import Membership, Notification, Topic
from tests.action_states import put_in

Kind = ActionNote.Kind


def told(topic) -> list[tuple[str, str]]:
    return [
        (str(each.membership.user), each.subject)
        for each in Notification.objects.filter(topic=topic).order_by("pk")
    ]


def plan(cast, owner, title="Ask people") -> Action:
    details = ActionDetails(title=title, owner=owner)
    return plan_action(organisation=cast.ashby, details=details, by=cast.lena)


def give(action, owner, by) -> Action:
    return update_action(
        action=action,
        seen_version=action.version,
        details=replace(details_of(action), owner=owner),
        by=by,
    )


def comment(action, by, kind=Kind.COMMENT) -> None:
    now = timezone.now()
    write_note(
        action=action, kind=kind, text="Look here.", day=now.date(), now=now, by=by
    )


@pytest.fixture
def mo(cast) -> Membership:
    return cast.mo.memberships.get()


class TestOwners:
    def test_whoever_an_action_is_planned_for_is_told(self, cast, mo):
        plan(cast, mo)

        assert told(Topic.OWNING) == [("Mo Quill", "Action 1 is yours now: Ask people")]
        assert Notification.objects.get().path == "/o/ashby/actions/1/"

    def test_whoever_gets_it_later_is_told_each_time_that_they_do(self, cast, mo):
        action = plan(cast, None)

        again = give(give(give(action, mo, cast.lena), None, cast.lena), mo, cast.lena)
        update_action(
            action=again,
            seen_version=again.version,
            details=replace(details_of(again), title="Ask everybody"),
            by=cast.lena,
        )

        yours = ("Mo Quill", "Action 1 is yours now: Ask people")
        no_longer = ("Mo Quill", "Action 1 is no longer yours: Ask people")
        assert told(Topic.OWNING) == [yours, no_longer, yours]

    def test_nobody_is_told_that_they_took_it(self, cast, mo):
        give(plan(cast, None), mo, cast.mo)

        assert told(Topic.OWNING) == []

    def test_when_it_is_due_is_said(self, cast, mo):
        details = ActionDetails(title="Ask", owner=mo, due_on=date(2026, 3, 10))
        plan_action(organisation=cast.ashby, details=details, by=cast.lena)

        said = Notification.objects.get().lines.splitlines()
        assert said == ["Lena Hart made you the owner.", "Due 10 March 2026"]

    def test_who_owned_it_until_then_is_told_who_does_now(self, cast, mo):
        cass = cast.cass.memberships.get()

        give(plan(cast, mo), cass, cast.lena)

        assert told(Topic.OWNING)[1:] == [
            ("Mo Quill", "Action 1 is no longer yours: Ask people"),
            ("Cass Field", "Action 1 is yours now: Ask people"),
        ]
        assert "Lena Hart made Cass Field the owner." in (
            Notification.objects.all()[1].lines
        )

    def test_nobody_is_told_that_they_gave_it_away(self, cast, mo):
        give(plan(cast, mo), None, cast.mo)

        assert len(told(Topic.OWNING)) == 1

    def test_those_who_owned_many_are_told_once(self, cast, mo):
        seen = {plan(cast, mo, f"Idea {number}").number: 1 for number in range(3)}
        Notification.objects.all().delete()

        change_many(
            organisation=cast.ashby,
            seen=seen,
            values={"owner": None},
            now=timezone.now(),
            by=cast.lena,
        )

        assert told(Topic.OWNING) == [("Mo Quill", "3 actions are no longer yours")]
        message = Notification.objects.get()
        assert message.path == "/o/ashby/actions/"
        assert message.lines.splitlines()[0] == "Lena Hart left no owner."

    def test_who_left_is_not_told(self, cast, mo):
        Membership.objects.filter(pk=mo.pk).update(ended_at=timezone.now())

        plan(cast, mo)

        assert told(Topic.OWNING) == []

    def test_of_many_at_once_there_is_one_message(self, cast, mo):
        seen = {plan(cast, None, f"Idea {number}").number: 1 for number in range(25)}
        seen[plan(cast, mo, "Had it").number] = 1
        Notification.objects.all().delete()

        for service in (try_to_change_many, change_many):
            service(
                organisation=cast.ashby,
                seen=seen,
                values={"owner": mo},
                now=timezone.now(),
                by=cast.lena,
            )

        assert told(Topic.OWNING) == [("Mo Quill", "25 actions are yours now")]
        message = Notification.objects.get()
        assert message.path == "/o/ashby/actions/?whose=mine"
        assert message.lines.splitlines()[:2] == [
            "Lena Hart made you the owner.",
            "Action 1: Idea 0. No due date",
        ]
        assert message.lines.splitlines()[-1] == "and 5 more"


class TestComments:
    @pytest.fixture
    def claimed(self, cast, mo) -> Action:
        """Mo's, and Lena said that it is done."""
        action = put_in(plan(cast, mo), Action.Status.DONE)
        Action.objects.update(claimed_by=cast.lena)
        return action

    def test_owner_and_whoever_said_it_is_done_are_told(self, cast, claimed):
        comment(claimed, cast.cass)

        assert set(told(Topic.COMMENT)) == {
            ("Mo Quill", "New comment on action 1"),
            ("Lena Hart", "New comment on action 1"),
        }
        said = Notification.objects.filter(topic=Topic.COMMENT).first()
        assert "Cass Field: Look here." in said.lines

    def test_nobody_is_told_what_they_said_themselves(self, cast, claimed):
        comment(claimed, cast.mo)

        assert told(Topic.COMMENT) == [("Lena Hart", "New comment on action 1")]

    def test_who_is_both_is_told_once(self, cast, claimed):
        Action.objects.update(claimed_by=cast.mo)

        comment(claimed, cast.cass)

        assert told(Topic.COMMENT) == [("Mo Quill", "New comment on action 1")]

    def test_who_left_is_not_told(self, cast, claimed, mo):
        Membership.objects.filter(pk=mo.pk).update(ended_at=timezone.now())

        comment(claimed, cast.lena)

        assert told(Topic.COMMENT) == []

    def test_progress_is_no_comment(self, cast, claimed):
        comment(claimed, cast.cass, Kind.PROGRESS)

        assert told(Topic.COMMENT) == []
