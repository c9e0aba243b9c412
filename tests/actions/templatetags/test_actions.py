"""The pieces about actions on other apps' pages, here on the element page."""

from datetime import date

import pytest
from django.urls import reverse

from actions.models import Action
from actions.readings import actions_by_finding
from actions.services.details import ActionDetails
from actions.services.planning import decline_to_act, plan_action
from assessments.models import Finding
from assessments.services.findings import decide_on_finding
from tests.factories import FindingFactory
from tests.pages import text_of


@pytest.fixture
def element(signed_in, cast, open_assessment):
    """``element(cast.mo)`` is what that person reads on the page of 1.3.4."""

    def element(user) -> str:
        page = signed_in(user).get(open_assessment.url_of("1.3.4"))
        return text_of(page)

    return element


def test_an_undecided_finding_asks_who_may_answer(element, cast, finding):
    assert "Will you act on it?" in element(cast.mo)
    assert "Will you act on it?" not in element(cast.cass)
    assert "Not decided yet whether you will act on it" in element(cast.cass)


def test_a_finding_shows_its_actions_with_owner_due_date_and_status(
    element, cast, finding
):
    plan_action(
        organisation=cast.ashby,
        details=ActionDetails(
            title="Set targets", owner="Jo Partner", due_on=date(2026, 3, 2)
        ),
        finding=finding,
        by=cast.lena,
    )

    words = element(cast.cass)

    assert "Action 1: Set targets Overdue Not started Jo Partner" in words
    assert "due 2 March 2026" in words
    assert "Plan another action" not in words
    assert "Plan another action" in element(cast.mo)


def test_the_page_of_all_comments_shows_their_actions_too(
    signed_in, cast, open_assessment, finding
):
    plan_action(
        organisation=cast.ashby,
        details=ActionDetails(title="Set targets", owner="Jo Partner"),
        finding=finding,
        by=cast.lena,
    )
    url = reverse(
        "assessments:general_findings", args=[cast.ashby.slug, open_assessment.slug]
    )

    assert "Action 1: Set targets" in text_of(signed_in(cast.mo).get(url))


def test_a_declined_finding_shows_the_reason(element, cast, finding):
    decline_to_act(finding=finding, seen_version=1, reason="Too small", by=cast.lena)

    words = element(cast.mo)

    assert "You will not act on this. Too small" in words
    assert "Change this decision" in words


def test_a_promise_without_an_action_is_told(element, cast, finding):
    decide_on_finding(
        finding=finding,
        seen_version=1,
        decision=Finding.Decision.ACT,
        reason="",
        by=cast.lena,
    )

    words = element(cast.mo)

    assert "You will act on this, but no action is planned" in words
    assert "Plan an action" in words


def test_a_strength_asks_for_nothing(element, cast, open_assessment, node):
    FindingFactory.create(
        assessment=open_assessment, node_id=node.id, kind=Finding.Kind.STRENGTH
    )

    assert "Will you act on it?" not in element(cast.mo)


def test_actions_of_many_findings_are_read_in_one_query(
    cast, open_assessment, node, django_assert_num_queries
):
    findings = [
        FindingFactory.create(assessment=open_assessment, node_id=node.id)
        for _ in range(5)
    ]
    for each in findings[:4]:
        plan_action(
            organisation=cast.ashby,
            details=ActionDetails(title="Ask", owner=cast.mo.memberships.get()),
            finding=each,
            by=cast.lena,
        )
    Action.objects.filter(number=1).update(withdrawn_at="2026-03-03T12:00Z")

    with django_assert_num_queries(1):
        found = actions_by_finding([each.pk for each in findings], cast.ashby)
        owners = [
            (action.owner_label, action.get_absolute_url())
            for actions in found.values()
            for action in actions
        ]

    assert [len(found[each.pk]) for each in findings] == [0, 1, 1, 1, 0]
    assert {owner for owner, _ in owners} == {"Mo Quill"}


def test_another_organisations_actions_are_not_read(cast, finding):
    plan_action(
        organisation=cast.ashby,
        details=ActionDetails(title="Ask"),
        finding=finding,
        by=cast.lena,
    )

    assert actions_by_finding([finding.pk], cast.elsewhere) == {finding.pk: []}
