"""Asking for a paper: once for all clicks."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from assessments.models import Assessment, Finding
from assessments.services.assessments import start_assessment
from assessments.services.findings import add_finding
from cse_tracker.accounts.models import Event
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.jobs import BuildState, claim
from reports.models import Paper
from reports.options import PaperOptions
from reports.services.building import FAILED
from reports.services.issuing import issue_paper, review_paper
from reports.services.ordering import build_again, order_paper
from tests.reports.conftest import NOW

ANNEX, APPENDIX = Paper.Kind.PROGRESSION_ANNEX, Paper.Kind.FINDINGS_APPENDIX


def order(assessment, by):
    return order_paper(assessment=assessment, kind=ANNEX, now=NOW, by=by)


def test_a_paper_is_queued_with_its_number_and_title(years, cast):
    paper = order(years[-1], cast.lena)

    assert str(paper) == "Paper 1: Progression annex, 2026 review"
    assert (paper.state, paper.build_state) == (Paper.State.DRAFT, BuildState.QUEUED)
    event = Event.objects.about(paper).get()
    assert (event.verb, event.by, event.assessment_id) == (
        "ordered",
        cast.lena,
        years[-1].pk,
    )


def test_asking_twice_while_it_is_being_built_makes_one(years, cast):
    first = order(years[-1], cast.lena)
    claim(Paper.objects.all(), first.pk, now=NOW)

    assert order(years[-1], cast.cass) == first
    assert Event.objects.filter(verb="ordered").count() == 1


def test_asking_while_an_older_paper_is_built_again_gives_that_one(
    built, years, cast, build
):
    build(order(years[-1], cast.lena))
    build_again(paper=built, now=NOW, by=cast.lena)

    assert order(years[-1], cast.lena) == built


def test_papers_about_two_years_are_built_side_by_side(years, cast):
    papers = [order(year, cast.lena) for year in years]

    assert [paper.number for paper in papers] == [1, 2, 3]


def test_papers_with_other_options_are_other_papers(years, cast):
    wanted = [
        PaperOptions(),
        PaperOptions(with_improvements=True, with_actions=True),
        PaperOptions(with_improvements=True, with_actions=True),
    ]
    bare, full, again = (
        order_paper(
            assessment=years[-1], kind=APPENDIX, options=each, now=NOW, by=cast.lena
        )
        for each in wanted
    )

    assert (again, bare.number, full.number) == (full, 1, 2)
    assert full.options == wanted[1]
    assert bare.title == "Partial compliances, 2026 review"
    assert full.title == "Partial compliances and areas for improvement, 2026 review"
    assert Event.objects.about(full).get().changes == {"shows": ["", "actions"]}


def test_an_annex_has_no_options(years, cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=order(years[-1], cast.lena).pk).update(with_drafts=True)


def test_comments_alone_are_enough_for_an_appendix(open_assessment, cast):
    def ask():
        return order_paper(
            assessment=open_assessment, kind=APPENDIX, now=NOW, by=cast.lena
        )

    with pytest.raises(RuleBroken, match="has no comments"):
        ask()
    add_finding(
        assessment=open_assessment,
        node=None,
        kind=Finding.Kind.IMPROVEMENT,
        comment="Ask more people.",
        by=cast.lena,
    )

    assert ask().is_being_built


def test_nothing_to_print_is_told_instead_of_printed(cast, certification):
    empty = start_assessment(
        certification=certification,
        year=2026,
        kind=Assessment.Kind.REVIEW,
        by=cast.lena,
    )

    with pytest.raises(RuleBroken, match="Nothing is rated"):
        order(empty, cast.lena)


def test_a_failed_paper_is_built_when_asked_again(paper, cast, build):
    for _ in range(3):
        claim(Paper.objects.all(), paper.pk, now=NOW).put_back(FAILED, now=NOW)
    paper.refresh_from_db()
    assert paper.has_failed

    build_again(paper=paper, now=NOW, by=cast.lena)

    assert build(paper).is_built


def test_building_a_reviewed_paper_again_makes_it_a_draft(built, cast):
    review_paper(paper=built, seen_attempt=built.attempt, now=NOW, by=cast.lena)
    built.refresh_from_db()

    build_again(paper=built, now=NOW, by=cast.lena)

    built.refresh_from_db()
    assert (built.state, built.reviewed_by) == (Paper.State.DRAFT, None)
    assert Event.objects.about(built).first().changes == {
        "state": ["reviewed", "draft"],
        "reviewed_by": [cast.lena.pk, None],
    }


def test_an_issued_paper_stays_as_it_is(built, cast):
    review_paper(paper=built, seen_attempt=built.attempt, now=NOW, by=cast.lena)
    issue_paper(paper=built, seen_attempt=built.attempt, now=NOW, by=cast.cass)
    built.refresh_from_db()

    with pytest.raises(RuleBroken, match="no longer a draft"):
        build_again(paper=built, now=NOW, by=cast.lena)


def test_a_paper_cannot_be_built_again_beside_another_of_its_kind(built, years, cast):
    order(years[-1], cast.lena)

    with pytest.raises(RuleBroken, match="being built already"):
        build_again(paper=built, now=NOW, by=cast.lena)


def all_at_once(work, times: int) -> list:
    """What ``work`` gives in each of so many threads that start together."""
    start = Barrier(times)

    def run(_: int):
        start.wait()
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_twelve_people_who_ask_at_once_get_one_paper(years, cast):
    papers = all_at_once(lambda: order(years[-1], cast.lena).pk, times=12)

    assert len(set(papers)) == 1
    assert Paper.objects.count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_twelve_workers_that_look_at_once_build_it_once(paper):
    claims = all_at_once(
        lambda: claim(Paper.objects.all(), paper.pk, now=NOW), times=12
    )

    assert len([held for held in claims if held]) == 1
