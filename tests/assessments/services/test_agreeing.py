"""Many responses agreed at once: the words that were read, all of them or none."""

import pytest
from django.utils import timezone

from assessments.models import Response
from assessments.services.agreeing import agree_responses
from assessments.services.responses import (
    add_response,
    agree_response,
    edit_response,
    withdraw_response,
)
from cse_tracker.accounts.models import Event
from cse_tracker.core.errors import Conflict, RuleBroken
from tests.factories import AssessmentFactory, FindingFactory, ResponseFactory

AGREED = Response.State.AGREED


@pytest.fixture
def drafts(open_assessment, cast):
    """One to two comments, the second on no element, and one to a comment of its own."""
    node = open_assessment.results.get(node__ref="1.1.1").node
    first = FindingFactory(assessment=open_assessment, node=node)
    general = FindingFactory(assessment=open_assessment, node=None)
    return [
        add_response(findings=[first, general], text="Both.", by=cast.mo),
        add_response(findings=[first], text="One.", by=cast.mo),
    ]


def agree(assessment, responses, by):
    seen = {each.pk: each.version for each in responses}
    return agree_responses(assessment=assessment, seen=seen, by=by)


def states():
    return set(Response.objects.values_list("state", flat=True))


def test_all_are_agreed_and_each_history_says_so(open_assessment, drafts, cast):
    agree(open_assessment, drafts, cast.lena)

    events = Event.objects.filter(verb="agreed")
    assert states() == {AGREED}
    assert [each.version for each in Response.objects.all()] == [2, 2]
    assert [each.changes for each in events] == [{"state": ["draft", "agreed"]}] * 3
    assert len({each.batch for each in events}) == 1
    assert {each.assessment_id for each in events} == {open_assessment.pk}


def test_what_is_agreed_already_is_left_alone(open_assessment, drafts, cast):
    drafts[0] = agree_response(response=drafts[0], seen_version=1, by=cast.mo)

    assert agree(open_assessment, drafts, cast.lena) == [drafts[1]]
    assert Event.objects.filter(verb="agreed").count() == 3


def test_words_that_changed_since_they_were_read_stop_it(open_assessment, drafts, cast):
    edit_response(response=drafts[1], seen_version=1, text="New.", by=cast.mo)

    with pytest.raises(Conflict):
        agree(open_assessment, drafts, cast.lena)

    assert states() == {Response.State.DRAFT}


def test_one_that_was_withdrawn_stops_it(open_assessment, drafts, cast):
    withdraw_response(
        response=drafts[1], seen_version=1, now=timezone.now(), by=cast.mo
    )

    with pytest.raises(RuleBroken, match="withdrawn"):
        agree(open_assessment, drafts, cast.lena)

    assert states() == {Response.State.DRAFT}


def test_the_responses_of_another_assessment_are_not_agreed(open_assessment, cast):
    other = AssessmentFactory(certification=open_assessment.certification, year=2021)
    foreign = ResponseFactory(findings=[FindingFactory(assessment=other)])

    with pytest.raises(RuleBroken):
        agree(open_assessment, [foreign], cast.lena)


def test_nothing_to_agree_is_said(open_assessment, cast):
    with pytest.raises(RuleBroken, match="Select at least one"):
        agree(open_assessment, [], cast.lena)
