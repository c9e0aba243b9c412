"""What the organisation answers, and which findings each answer is for."""

import pytest
from django.utils import timezone

from assessments.models import Finding, Response
from assessments.services.findings import withdraw_finding
from assessments.services.responses import (
    add_response,
    agree_response,
    answered_findings,
    edit_response,
    link_response,
    restore_response,
    unlink_response,
    withdraw_response,
)
from assessments.standard_tree import shared_tree
from cse_tracker.accounts.models import Event
from cse_tracker.core.errors import Conflict, RuleBroken
from tests.factories import AssessmentFactory, FindingFactory, confirmed


@pytest.fixture
def finding_at(open_assessment):
    """``finding_at("1.3.4")`` is an improvement on that element of the open assessment."""
    tree = shared_tree(open_assessment.certification.standard)

    def make(ref):
        return FindingFactory(assessment=open_assessment, node_id=tree.by_ref[ref].id)

    return make


@pytest.fixture
def finding(finding_at):
    return finding_at("1.3.4")


@pytest.fixture
def answer(finding, cast):
    """Mo's draft response to the finding."""
    return add_response(
        findings=[finding], text="We will ask twice a year.", by=cast.mo
    )


def responses_to(finding):
    return Finding.objects.with_responses().get(pk=finding.pk).responses


def test_a_response_begins_as_a_draft(answer, finding):
    assert answer.state == Response.State.DRAFT
    assert responses_to(finding) == [answer]


def test_responses_stand_in_the_order_they_were_given(answer, finding, cast):
    second = add_response(findings=[finding], text="And publish it.", by=cast.mo)

    assert responses_to(finding) == [answer, second]


def test_one_response_may_answer_two_findings(finding_at, cast):
    findings = [finding_at("3.3.2"), finding_at("3.3.3")]

    shared = add_response(findings=findings, text="As one.", by=cast.mo)

    assert [responses_to(each) for each in findings] == [[shared], [shared]]


def test_each_element_that_a_response_is_about_has_it_in_its_history(finding_at, cast):
    findings = [finding_at("3.3.2"), finding_at("3.3.3")]

    shared = add_response(findings=findings, text="As one.", by=cast.mo)

    events = Event.objects.about(shared)
    assert {event.node_id for event in events} == {each.node_id for each in findings}
    assert len({event.batch for event in events}) == 1


def test_a_response_without_words_is_refused(finding, cast):
    with pytest.raises(RuleBroken, match="Enter the recommended response"):
        add_response(findings=[finding], text=" \n", by=cast.mo)


def test_a_response_answers_one_assessment(finding, open_assessment, cast):
    other = AssessmentFactory(certification=open_assessment.certification)
    elsewhere = FindingFactory(assessment=other)

    with pytest.raises(RuleBroken, match="one assessment"):
        add_response(findings=[finding, elsewhere], text="As one.", by=cast.mo)


def test_a_withdrawn_finding_is_not_answered(finding, cast):
    gone = withdraw_finding(
        finding=finding, seen_version=1, now=timezone.now(), by=cast.lena
    )

    with pytest.raises(RuleBroken, match="withdrawn"):
        add_response(findings=[gone], text="Too late.", by=cast.mo)


def test_an_agreed_response_is_a_draft_again_once_its_words_change(answer, cast):
    agreed = agree_response(response=answer, seen_version=1, by=cast.mo)
    assert agreed.state == Response.State.AGREED

    edited = edit_response(
        response=agreed, seen_version=2, text="Every quarter.", by=cast.mo
    )

    assert (edited.text, edited.state) == ("Every quarter.", Response.State.DRAFT)


def test_saving_the_same_words_keeps_the_agreement(answer, cast):
    agreed = agree_response(response=answer, seen_version=1, by=cast.mo)

    edit_response(response=agreed, seen_version=2, text=answer.text, by=cast.mo)

    agreed.refresh_from_db()
    assert (agreed.state, agreed.version) == (Response.State.AGREED, 2)


def test_nobody_agrees_to_words_they_have_not_read(answer, cast):
    edit_response(response=answer, seen_version=1, text="Other words", by=cast.lena)

    with pytest.raises(Conflict):
        agree_response(response=answer, seen_version=1, by=cast.mo)


def test_the_second_to_edit_is_told_what_stands_there_now(answer, cast):
    edit_response(response=answer, seen_version=1, text="First", by=cast.lena)

    with pytest.raises(Conflict) as conflict:
        edit_response(response=answer, seen_version=1, text="Second", by=cast.mo)

    [clash] = conflict.value.clashes
    assert (clash.current.text, clash.attempted["text"]) == ("First", "Second")


def test_a_withdrawn_response_is_not_shown_until_it_is_restored(answer, finding, cast):
    gone = withdraw_response(
        response=answer, seen_version=1, now=timezone.now(), by=cast.mo
    )
    assert responses_to(finding) == []

    restore_response(response=gone, seen_version=2, by=cast.mo)

    assert responses_to(finding) == [answer]


def test_a_withdrawn_response_is_not_changed(answer, finding_at, cast):
    gone = withdraw_response(
        response=answer, seen_version=1, now=timezone.now(), by=cast.mo
    )

    for refused in (
        lambda: edit_response(response=gone, seen_version=2, text="x", by=cast.mo),
        lambda: agree_response(response=gone, seen_version=2, by=cast.mo),
        lambda: link_response(response=gone, finding=finding_at("2.1.1"), by=cast.mo),
    ):
        with pytest.raises(RuleBroken, match="Restore it first"):
            refused()


def test_a_response_above_is_used_again_below(answer, finding, finding_at, cast):
    below = finding_at("5.1.1")

    link_response(response=answer, finding=below, by=cast.mo)
    link_response(response=answer, finding=below, by=cast.mo)

    assert responses_to(below) == [answer]
    assert answered_findings(answer) == [finding, below]
    assert Event.objects.about(answer).filter(verb="linked").count() == 1


def test_a_response_that_somebody_withdrew_meanwhile_is_not_used_again(
    answer, finding_at, cast
):
    withdraw_response(response=answer, seen_version=1, now=timezone.now(), by=cast.mo)

    # ``answer`` is as the page showed it, before.
    with pytest.raises(RuleBroken, match="withdrawn"):
        link_response(response=answer, finding=finding_at("3.3.2"), by=cast.lena)


def test_a_response_is_not_used_in_another_assessment(answer, open_assessment, cast):
    other = AssessmentFactory(certification=open_assessment.certification)

    with pytest.raises(RuleBroken, match="one assessment"):
        link_response(
            response=answer, finding=FindingFactory(assessment=other), by=cast.mo
        )


def test_a_response_leaves_one_finding_and_stays_with_the_other(
    answer, finding, finding_at, cast
):
    other = finding_at("5.1.1")
    link_response(response=answer, finding=other, by=cast.mo)

    unlink_response(response=answer, finding=finding, by=cast.mo)

    assert answered_findings(answer) == [other]


def test_a_response_keeps_its_only_finding(answer, finding, cast):
    with pytest.raises(RuleBroken, match="Withdraw the response instead"):
        unlink_response(response=answer, finding=finding, by=cast.mo)

    assert answered_findings(answer) == [finding]


def test_answers_come_after_confirmation_too(finding, open_assessment, cast):
    confirmed(open_assessment, by=cast.cass)

    answer = add_response(findings=[finding], text="After the visit.", by=cast.mo)

    assert responses_to(finding) == [answer]
