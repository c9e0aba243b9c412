"""Making actions: numbers, findings, decisions."""

from datetime import date

import pytest
from django.utils import timezone

from actions.models import Action
from actions.services.details import ActionDetails
from actions.services.planning import answer_with, decline_to_act, plan_action
from actions.services.updating import withdraw_action
from assessments.models import Finding
from assessments.services.findings import (
    decide_on_finding,
    edit_finding,
    withdraw_finding,
)
from cse_tracker.accounts.models import Event
from cse_tracker.core.errors import Conflict, RuleBroken
from tests.factories import confirmed


def plan(cast, **changes) -> Action:
    arguments = {
        "organisation": cast.ashby,
        "details": ActionDetails(title="Ask customers"),
        "by": cast.lena,
    }
    return plan_action(**arguments | changes)


def test_actions_are_numbered_in_the_order_in_which_they_are_planned(cast):
    assert [plan(cast).number, plan(cast).number, plan(cast).number] == [1, 2, 3]


def test_each_organisation_counts_for_itself(cast):
    plan(cast)

    assert plan(cast, organisation=cast.elsewhere, by=cast.sam).number == 1


def test_the_number_of_a_withdrawn_action_is_not_given_again(cast):
    first = plan(cast)
    withdraw_action(
        action=first, seen_version=first.version, now=timezone.now(), by=cast.lena
    )

    assert plan(cast).number == 2


def test_an_action_that_fails_uses_up_no_number(cast, finding):
    with pytest.raises(Conflict):
        plan(cast, finding=finding, seen_version=99)

    assert plan(cast).number == 1


def test_planning_keeps_all_that_was_said(cast):
    mo = cast.mo.memberships.get()
    details = ActionDetails(
        title="Ask customers",
        done_looks_like="Targets are published",
        owner=mo,
        due_on=date(2026, 6, 1),
        status=Action.Status.ON_TRACK,
        resource_note="No cost",
    )

    action = Action.objects.get(pk=plan(cast, details=details).pk)

    assert (action.title, action.done_looks_like) == (
        "Ask customers",
        "Targets are published",
    )
    assert (action.owner, action.owner_name) == (mo, "")
    assert (action.due_on, action.status) == (date(2026, 6, 1), "on_track")
    assert action.resource_note == "No cost"


def test_an_owner_without_an_account_is_kept_by_name(cast):
    details = ActionDetails(title="Ask customers", owner="Jo Partner")

    action = plan(cast, details=details)

    assert (action.owner, action.owner_label) == (None, "Jo Partner")


def test_planning_for_a_finding_decides_to_act_on_it(cast, finding):
    action = plan(cast, finding=finding, seen_version=finding.version)

    finding.refresh_from_db()
    assert finding.decision == Finding.Decision.ACT
    assert list(action.findings.all()) == [finding]


def test_a_finding_may_have_several_actions(cast, finding):
    plan(cast, finding=finding, seen_version=1)
    finding.refresh_from_db()

    plan(cast, finding=finding, seen_version=finding.version)

    assert finding.actions.count() == 2


def test_an_action_can_be_planned_after_the_assessment_is_confirmed(
    cast, finding, open_assessment
):
    confirmed(open_assessment, by=cast.cass)

    action = plan(cast, finding=finding, seen_version=finding.version)

    assert list(action.findings.all()) == [finding]


def test_planning_for_a_finding_that_changed_since_is_refused(cast, finding):
    edit_finding(
        finding=finding,
        seen_version=finding.version,
        kind=Finding.Kind.COMPLIANCE,
        comment="Three services set targets.",
        by=cast.lena,
    )

    with pytest.raises(Conflict) as refused:
        plan(cast, finding=finding, seen_version=finding.version)

    assert refused.value.clashes[0].current.comment == "Three services set targets."
    assert not Action.objects.exists()


def test_planning_for_a_withdrawn_finding_is_refused(cast, finding):
    withdrawn = withdraw_finding(
        finding=finding, seen_version=finding.version, now=timezone.now(), by=cast.lena
    )

    with pytest.raises(RuleBroken, match="withdrawn"):
        plan(cast, finding=withdrawn, seen_version=withdrawn.version)


def test_a_finding_that_was_acted_on_and_withdrawn_gets_no_second_action(cast, finding):
    plan(cast, finding=finding, seen_version=1)
    finding.refresh_from_db()
    withdrawn = withdraw_finding(
        finding=finding, seen_version=finding.version, now=timezone.now(), by=cast.lena
    )

    with pytest.raises(RuleBroken, match="withdrawn"):
        plan(cast, finding=withdrawn, seen_version=withdrawn.version)


@pytest.mark.parametrize(
    "status", [Action.Status.DONE, Action.Status.CLOSED, Action.Status.DECLINED]
)
def test_nothing_is_planned_as_done_or_finished(cast, status):
    with pytest.raises(RuleBroken, match="on its own page, with a reason"):
        plan(cast, details=ActionDetails(title="Ask customers", status=status))


def test_nothing_is_due_before_it_starts(cast):
    details = ActionDetails(
        title="Ask customers", starts_on=date(2026, 6, 2), due_on=date(2026, 6, 1)
    )

    with pytest.raises(RuleBroken, match="must not be before the start date"):
        plan(cast, details=details)


def test_planning_stands_in_the_change_log_at_its_element(
    cast, finding, node, open_assessment
):
    details = ActionDetails(title="Ask customers", owner=cast.mo.memberships.get())

    action = plan(cast, details=details, finding=finding, seen_version=finding.version)

    event = Event.objects.about(action).get()
    assert (event.by, event.verb) == (cast.lena, "planned")
    assert event.changes == {
        "title": [None, "Ask customers"],
        "owner": [None, cast.mo.memberships.get().pk],
    }
    assert (event.assessment_id, event.node_id) == (open_assessment.pk, node.id)


def test_an_action_can_answer_one_more_finding(cast, finding, node, open_assessment):
    action = plan(cast)

    for _ in range(2):
        finding.refresh_from_db()
        answer_with(
            action=action, finding=finding, seen_version=finding.version, by=cast.mo
        )

    assert list(action.findings.all()) == [finding]
    finding.refresh_from_db()
    assert finding.decision == Finding.Decision.ACT
    [event] = Event.objects.about(action).filter(verb="answered")
    assert (event.by, event.node_id) == (cast.mo, node.id)
    assert event.changes["answers"][1].endswith("2026 review")


def test_a_withdrawn_action_answers_nothing_more(cast, finding):
    action = plan(cast)
    withdraw_action(action=action, seen_version=1, now=timezone.now(), by=cast.lena)

    with pytest.raises(RuleBroken, match="Action 1 was withdrawn"):
        answer_with(action=action, finding=finding, seen_version=1, by=cast.mo)

    finding.refresh_from_db()
    assert finding.decision == Finding.Decision.UNDECIDED


def test_an_action_whose_import_was_undone_meanwhile_answers_nothing(cast, finding):
    action = plan(cast)
    Action.objects.get(pk=action.pk).delete()

    with pytest.raises(RuleBroken, match="removed meanwhile"):
        answer_with(action=action, finding=finding, seen_version=1, by=cast.mo)


def test_answering_a_finding_that_changed_since_is_refused(cast, finding):
    action = plan(cast)
    decline_to_act(finding=finding, seen_version=1, reason="No", by=cast.lena)

    with pytest.raises(Conflict):
        answer_with(action=action, finding=finding, seen_version=1, by=cast.mo)

    assert not action.findings.exists()


def test_declining_keeps_the_reason(cast, finding):
    decline_to_act(
        finding=finding, seen_version=1, reason="Too small a group", by=cast.lena
    )

    finding.refresh_from_db()
    assert finding.decision == Finding.Decision.NO_ACTION
    assert finding.decision_reason == "Too small a group"


def test_a_point_that_an_action_answers_is_not_declined(cast, finding):
    plan(cast, finding=finding, seen_version=finding.version)
    finding.refresh_from_db()

    with pytest.raises(RuleBroken, match="Action 1 answers this comment"):
        decline_to_act(
            finding=finding, seen_version=finding.version, reason="No", by=cast.lena
        )


def test_a_declined_point_can_be_acted_on_after_all(cast, finding):
    declined = decide_on_finding(
        finding=finding,
        seen_version=finding.version,
        decision=Finding.Decision.NO_ACTION,
        reason="Too small",
        by=cast.lena,
    )

    plan(cast, finding=declined, seen_version=declined.version)

    finding.refresh_from_db()
    assert (finding.decision, finding.decision_reason) == ("act", "")
