"""Changing, withdrawing and restoring actions."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from actions.models import Action
from actions.services.details import details_of
from actions.services.planning import answer_with, decline_to_act
from actions.services.updating import restore_action, update_action, withdraw_action
from cse_tracker.accounts.models import Event
from cse_tracker.core.errors import Conflict, RuleBroken
from tests.action_states import put_in


def update(action, by, *, seen_version=None, **changes) -> Action:
    return update_action(
        action=action,
        seen_version=seen_version or action.version,
        details=replace(details_of(action), **changes),
        by=by,
    )


def withdraw(action, by) -> Action:
    return withdraw_action(
        action=action, seen_version=action.version, now=timezone.now(), by=by
    )


def test_a_change_is_saved_and_raises_the_version(action, cast):
    saved = update(action, cast.mo, status=Action.Status.AT_RISK)

    assert (saved.status, saved.version) == ("at_risk", 2)


def test_only_what_changed_stands_in_the_change_log(action, cast):
    saved = update(action, cast.mo, due_on=date(2026, 5, 1), owner="Jo Partner")

    event = Event.objects.about(saved).first()
    assert (event.by, event.verb) == (cast.mo, "edited")
    assert event.changes == {
        "due_on": ["2026-03-10", "2026-05-01"],
        "owner": [cast.mo.memberships.get().pk, "Jo Partner"],
    }


def test_an_owner_can_be_taken_away(action, cast):
    saved = update(action, cast.mo, owner=None)

    assert (saved.owner, saved.owner_name) == (None, "")


def test_saving_the_same_again_is_no_change(action, cast):
    saved = update(action, cast.mo)

    assert saved.version == 1
    assert Event.objects.about(action).count() == 1


def test_the_second_of_two_people_is_told(action, cast):
    update(action, cast.mo, resource_note="Mo was here.")

    with pytest.raises(Conflict) as refused:
        update(action, cast.lena, seen_version=1, resource_note="Lena was here.")

    clash = refused.value.clashes[0]
    assert clash.current.resource_note == "Mo was here."
    assert clash.attempted["resource_note"] == "Lena was here."
    assert Action.objects.get().resource_note == "Mo was here."


def test_the_same_words_over_a_newer_version_are_a_conflict_too(action, cast):
    update(action, cast.mo, resource_note="Mo was here.")
    stale = Action.objects.get()

    with pytest.raises(Conflict):
        update(stale, cast.lena, seen_version=1, title="Another title")


@pytest.mark.parametrize(
    "status", [Action.Status.DONE, Action.Status.CLOSED, Action.Status.DECLINED]
)
def test_no_form_makes_an_action_done_or_finished(action, cast, status):
    with pytest.raises(RuleBroken, match="on its own page, with a reason"):
        update(action, cast.mo, status=status)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Action.Status.DONE, "Mo Quill said that this action is done. Send it back to"),
        (Action.Status.CLOSED, "This action is closed. Reopen it to change it"),
        (Action.Status.DECLINED, "This action is declined. Reopen it to change it"),
    ],
)
def test_what_is_done_or_finished_is_taken_up_before_it_changes(
    action, cast, status, words
):
    Action.objects.update(claimed_by=cast.mo)
    action.refresh_from_db()

    with pytest.raises(RuleBroken, match=words):
        update(put_in(action, status), cast.lena, title="Something else")


def test_a_withdrawn_action_leaves_the_plan_and_keeps_its_row(action, cast):
    withdraw(action, cast.lena)

    assert not Action.objects.current().exists()
    assert Action.objects.withdrawn().get() == action


def test_a_withdrawn_action_cannot_be_changed(action, cast):
    withdrawn = withdraw(action, cast.lena)

    with pytest.raises(RuleBroken, match="Restore it"):
        update(withdrawn, cast.mo, resource_note="More")


def test_restoring_undoes_withdrawing(action, cast):
    withdrawn = withdraw(action, cast.lena)

    restore_action(action=withdrawn, seen_version=withdrawn.version, by=cast.mo)

    assert Action.objects.current().get() == action
    verbs = Event.objects.about(action).values_list("verb", flat=True)
    assert list(verbs) == ["restored", "withdrew", "planned"]


def test_an_action_is_not_restored_once_its_comment_was_declined(action, finding, cast):
    answer_with(action=action, finding=finding, seen_version=1, by=cast.mo)
    action.refresh_from_db()
    withdrawn = withdraw(action, cast.lena)
    decline_to_act(finding=finding, seen_version=2, reason="No", by=cast.lena)

    with pytest.raises(RuleBroken, match="decided not to act"):
        restore_action(action=withdrawn, seen_version=withdrawn.version, by=cast.mo)

    assert not Action.objects.current().exists()


def test_withdrawing_twice_happens_once(action, cast):
    withdrawn = withdraw(action, cast.lena)

    again = withdraw(withdrawn, cast.mo)

    assert again.version == withdrawn.version


def test_withdrawing_what_somebody_changed_is_refused(action, cast):
    update(action, cast.mo, resource_note="Nearly there.")

    with pytest.raises(Conflict):
        withdraw(action, cast.lena)
