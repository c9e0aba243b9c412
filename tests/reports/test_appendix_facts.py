"""Reading what an appendix says: this assessment's comments, and older ones of carried partials."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.services.details import ActionDetails
from actions.services.planning import plan_action
from assessments.models import Assessment, Finding, Response
from assessments.services.assessments import start_assessment
from assessments.services.findings import add_finding, withdraw_finding
from assessments.services.responses import add_response, agree_response, link_response
from assessments.standard_tree import tree_for
from cse_tracker.accounts.services import change_member, rename_person
from reports.appendix.facts import AppendixFacts, Subject
from reports.appendix_facts import collect_appendices
from reports.kinds import recipe_of
from reports.models import Paper
from reports.options import PaperOptions
from reports.readings import drafts_left_out, stale_papers
from reports.services.ordering import order_paper
from tests.factories import ServiceFactory
from tests.reports.appendix.samples import EVERYTHING
from tests.reports.conftest import NOW

COMPLIANCE, IMPROVEMENT = Finding.Kind.COMPLIANCE, Finding.Kind.IMPROVEMENT


@pytest.fixture
def review(cast, certification, rate) -> Assessment:
    """2026, in progress: 1.3.4 and 3.3.2 are partial."""
    assessment = start_assessment(
        certification=certification,
        year=2026,
        kind=Assessment.Kind.REVIEW,
        by=cast.lena,
    )
    rate(assessment, {"1.3.4": "PC", "3.3.2": "PC"}, "C")
    return assessment


@pytest.fixture
def say(cast) -> Callable[..., Finding]:
    """``say(assessment, "1.3.4", "Too few.")`` enters a comment; of no element with ""."""

    def write(
        assessment: Assessment, ref: str, comment: str, kind=COMPLIANCE
    ) -> Finding:
        tree = tree_for(assessment.organisation, assessment.certification.standard)
        return add_finding(
            assessment=assessment,
            node=tree.by_ref[ref] if ref else None,
            kind=kind,
            comment=comment,
            by=cast.lena,
        )

    return write


@pytest.fixture
def answer(cast) -> Callable[..., Response]:
    """``answer("We will.", finding)`` is a response that was agreed."""

    def write(text: str, *findings: Finding) -> Response:
        response = add_response(findings=list(findings), text=text, by=cast.lena)
        return agree_response(response=response, seen_version=1, by=cast.lena)

    return write


@pytest.fixture
def appendix(cast) -> Callable[..., Paper]:
    def order(assessment: Assessment, options: PaperOptions = EVERYTHING) -> Paper:
        kind = Paper.Kind.FINDINGS_APPENDIX
        ordered = order_paper(
            assessment=assessment, kind=kind, options=options, now=NOW, by=cast.lena
        )
        return Paper.objects.of(cast.ashby).get(pk=ordered.pk)

    return order


@pytest.fixture
def read(appendix) -> Callable[..., AppendixFacts]:
    def collect(assessment: Assessment, options=EVERYTHING) -> AppendixFacts:
        paper = appendix(assessment, options)
        return collect_appendices([paper])[paper.pk]

    return collect


def comments(subjects: tuple[Subject, ...]) -> list[tuple[str, list[str]]]:
    return [(s.ref, [point.comment for point in s.points]) for s in subjects]


def test_partials_come_from_the_ratings_and_their_comments_from_the_findings(
    review, say, cast, read
):
    say(review, "1.3.4", "One.")
    say(review, "1.3.4", "Two.")
    say(review, "2.1.1", "Contradicts its rating.")
    say(review, "", "About no element.", IMPROVEMENT)
    say(review, "4.1.1", "Consider it.", IMPROVEMENT)
    say(review, "4.1.1", "Well done.", Finding.Kind.STRENGTH)
    gone = say(review, "5.1.1", "Withdrawn.")
    withdraw_finding(finding=gone, seen_version=1, now=NOW, by=cast.lena)

    facts = read(review)

    assert comments(facts.partials) == [
        ("1.3.4", ["One.", "Two."]),
        ("2.1.1", ["Contradicts its rating."]),
        ("3.3.2", []),
    ]
    assert comments(facts.improvements) == [
        ("", ["About no element."]),
        ("4.1.1", ["Consider it."]),
    ]


def test_a_pointer_is_replaced_by_what_it_points_to_and_shared_responses_name_the_others(
    review, say, answer, read
):
    first = say(review, "3.3.2", "Feedback waits for a week.")
    other = say(review, "5.1.1", "Late answers, see 3.3.2.")
    third = say(review, "5.2.3", "Too little is shared.")
    answer("We look daily.", first)
    answer("Response as above.", other)
    answer("See 1.1.1", third)

    answers = {s.ref: s.points[0].answers for s in read(review).partials if s.points}

    assert [(each.text, each.refs) for each in answers["5.1.1"]] == [
        ("We look daily.", ("3.3.2",))
    ]
    # It points nowhere, so it stands as it was typed.
    assert [each.text for each in answers["5.2.3"]] == ["See 1.1.1"]


def test_a_response_linked_to_two_findings_stands_at_both_in_full(
    review, say, answer, read, cast
):
    first, other = say(review, "1.3.4", "One."), say(review, "3.3.2", "Two.")
    response = answer("For both.", first)
    link_response(response=response, finding=other, by=cast.lena)

    answers = [each.points[0].answers[0] for each in read(review).partials]

    assert [(each.text, each.refs) for each in answers] == [
        ("For both.", ("3.3.2",)),
        ("For both.", ("1.3.4",)),
    ]


def test_drafts_and_all_else_that_was_not_chosen_are_left_out(
    review, say, cast, read, appendix
):
    finding = say(review, "1.3.4", "One.")
    add_response(findings=[finding], text="Perhaps.", by=cast.lena)
    plan_action(
        organisation=cast.ashby,
        details=ActionDetails(title="Ask more"),
        finding=finding,
        seen_version=1,
        by=cast.lena,
    )
    say(review, "4.1.1", "Consider it.", IMPROVEMENT)

    everything = read(review).partials[0].points[0]
    bare = read(review, PaperOptions())

    assert [each.text for each in everything.answers] == ["Perhaps."]
    assert (everything.decision, everything.actions[0].title) == ("act", "Ask more")
    assert bare.partials[0].points == (
        replace(everything, answers=(), decision="", reason="", actions=()),
    )
    assert bare.improvements == ()
    assert drafts_left_out(appendix(review, PaperOptions())) == 1
    assert drafts_left_out(appendix(review)) == 0


def test_a_carried_partial_brings_its_last_comment_and_says_whose_it_is(
    review, say, answer, read, certification, cast, rate
):
    answer("We look daily.", say(review, "3.3.2", "Feedback waits."))
    later = start_assessment(
        certification=certification,
        year=2027,
        kind=Assessment.Kind.REVIEW,
        carry_forward=True,
        by=cast.lena,
    )
    say(later, "1.3.4", "Still too few.")

    partials = {each.ref: each for each in read(later).partials}

    assert partials["3.3.2"].carried_from == "2026 review"
    assert partials["3.3.2"].points[0].answers[0].text == "We look daily."
    assert partials["1.3.4"].carried_from == ""
    assert comments((partials["1.3.4"],)) == [("1.3.4", ["Still too few."])]


def test_an_appendix_grows_stale_with_what_it_prints_and_with_nothing_else(
    review, say, cast, appendix, build
):
    finding = say(review, "1.3.4", "One.")
    plan_action(
        organisation=cast.ashby,
        details=ActionDetails(title="Ask", owner=cast.mo.memberships.get()),
        finding=finding,
        seen_version=1,
        by=cast.lena,
    )
    full, bare = build(appendix(review)), build(appendix(review, PaperOptions()))
    assert stale_papers(cast.ashby, [full, bare]) == set()

    rename_person(user=cast.mo, full_name="Mo Farrow-Reid", by=cast.ada)

    assert recipe_of(full).may_have_changed(full)
    assert stale_papers(cast.ashby, [full, bare]) == {full.pk}


def test_an_appendix_grows_stale_when_an_owner_moves_to_another_service(
    review, say, cast, appendix, build
):
    owner = cast.mo.memberships.get()
    plan_action(
        organisation=cast.ashby,
        details=ActionDetails(title="Ask", owner=owner),
        finding=say(review, "1.3.4", "One."),
        seen_version=1,
        by=cast.lena,
    )
    built = build(appendix(review))

    housing = ServiceFactory.create(organisation=cast.ashby, name="Housing")
    change_member(membership=owner, roles=owner.roles, service=housing, by=cast.ada)

    assert stale_papers(cast.ashby, [built]) == {built.pk}


def test_appendices_about_many_years_cost_the_queries_of_one(
    review, say, answer, appendix, certification, cast
):
    answer("Yes.", say(review, "1.3.4", "One."))
    papers = [appendix(review)]
    for year in (2027, 2028):
        later = start_assessment(
            certification=certification,
            year=year,
            kind=Assessment.Kind.REVIEW,
            carry_forward=True,
            by=cast.lena,
        )
        answer("No.", say(later, "3.3.2", "Two."))
        papers.append(appendix(later))
    costs = []
    for wanted in (papers[:1], papers):
        with CaptureQueriesContext(connection) as queries:
            collect_appendices(wanted)
        costs.append(len(queries))

    assert costs[0] == costs[1]
    assert costs[1] <= 8
