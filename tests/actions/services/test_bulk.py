"""Many actions changed at once, by the rules for one, all of them or none."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from actions.models import Action
from actions.services.bulk import BulkRefused, change_many, try_to_change_many
from actions.services.details import ActionDetails, details_of
from actions.services.planning import plan_action
from actions.services.updating import update_action
from cse_tracker.accounts.models import Event
from cse_tracker.core.errors import RuleBroken
from tests.action_states import put_in

Status = Action.Status
SEEN = {1: 1, 2: 1}
AT_RISK = {"status": Status.AT_RISK}


@pytest.fixture
def other(cast, action) -> Action:
    """Action 2, which begins in May."""
    return plan_action(
        organisation=cast.ashby,
        details=ActionDetails(title="Ask people", starts_on=date(2026, 5, 1)),
        by=cast.lena,
    )


def change(cast, values, seen=SEEN, service=change_many):
    now = timezone.now()
    return service(
        organisation=cast.ashby, seen=seen, values=values, now=now, by=cast.mo
    )


def statuses() -> list[str]:
    return list(Action.objects.order_by("number").values_list("status", flat=True))


def test_all_get_the_same_value_and_keep_the_rest(cast, action, other):
    change(cast, AT_RISK)

    assert statuses() == ["at_risk", "at_risk"]
    assert details_of(Action.objects.get(number=1)) == replace(
        details_of(action), status=Status.AT_RISK
    )


def test_each_change_is_an_event_of_its_own_tied_by_a_batch(cast, action, other):
    change(cast, AT_RISK)

    events = Event.objects.filter(verb="edited", by=cast.mo)
    assert {event.target_id for event in events} == {action.pk, other.pk}
    assert len({event.batch for event in events} - {None}) == 1


def test_a_rule_that_one_breaks_keeps_all_as_they_are(cast, action, other):
    put_in(other, Status.CLOSED)

    with pytest.raises(BulkRefused) as refused:
        change(cast, AT_RISK)

    [refusal] = refused.value.refusals
    assert (refusal.action, refusal.words) == (
        other,
        "This action is closed. Reopen it to change it.",
    )
    assert statuses() == ["not_started", "closed"]


def test_a_due_date_before_the_start_of_one_is_refused_for_that_one(
    cast, action, other
):
    with pytest.raises(BulkRefused) as refused:
        change(cast, {"due_on": date(2026, 4, 1)})

    assert [each.action for each in refused.value.refusals] == [other]
    assert Action.objects.get(number=1).due_on == action.due_on


def test_somebody_elses_change_to_one_keeps_all_as_they_are(cast, action, other):
    update_action(
        action=other,
        seen_version=1,
        details=replace(details_of(other), title="Ask everybody"),
        by=cast.lena,
    )

    with pytest.raises(BulkRefused) as refused:
        change(cast, AT_RISK)

    assert [(each.action, each.words) for each in refused.value.refusals] == [
        (other, "")
    ]
    assert statuses() == ["not_started", "not_started"]


def test_a_number_of_another_organisation_is_refused(cast, action):
    plan_action(
        organisation=cast.elsewhere, details=ActionDetails(title="A"), by=cast.sam
    )
    theirs = plan_action(
        organisation=cast.elsewhere, details=ActionDetails(title="B"), by=cast.sam
    )

    with pytest.raises(RuleBroken, match="Action 2 is not in your plan"):
        change(cast, AT_RISK)

    theirs.refresh_from_db()
    assert theirs.status == Status.NOT_STARTED


def test_many_cost_as_many_queries_as_two(
    cast, action, other, finding, django_assert_num_queries
):
    for number in range(3, 31):
        plan_action(
            organisation=cast.ashby,
            details=ActionDetails(title=f"Idea {number}"),
            finding=finding if number == 3 else None,
            by=cast.lena,
        )
        finding.refresh_from_db()

    # The savepoint and its end, the rows, their update, their places and their events.
    with django_assert_num_queries(6):
        change(cast, AT_RISK, seen=dict.fromkeys(range(1, 31), 1))

    assert set(statuses()) == {"at_risk"}
    placed = Event.objects.filter(verb="edited").exclude(node_id=None)
    assert [event.target_label for event in placed] == ["Action 3: Idea 3"]


def test_trying_says_what_would_change_and_writes_nothing(cast, action, other):
    planned = change(cast, AT_RISK, service=try_to_change_many)

    assert [each.action for each in planned] == [action, other]
    assert planned[0].changes == {"status": (Status.NOT_STARTED, Status.AT_RISK)}
    assert statuses() == ["not_started", "not_started"]
    assert not Event.objects.filter(verb="edited").exists()
