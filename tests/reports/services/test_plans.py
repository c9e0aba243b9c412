"""Action plans: ordered about no assessment, issued as at their day, one at a time."""

import pytest
from django.db import IntegrityError, transaction

from actions.models import Action
from actions.services.details import ActionDetails
from actions.services.planning import plan_action
from actions.services.updating import withdraw_action
from cse_tracker.accounts.models import Event
from cse_tracker.core.errors import RuleBroken
from reports.models import Paper
from reports.options import PaperOptions
from reports.readings import differences_of, stale_papers, superseded_by
from reports.services.issuing import issue_paper, review_paper
from reports.services.ordering import order_plan
from tests.factories import ServiceFactory
from tests.reports.conftest import NOW
from tests.waiting import while_uncommitted


@pytest.fixture
def action(cast) -> Action:
    details = ActionDetails(title="Ask more people")
    return plan_action(organisation=cast.ashby, details=details, by=cast.lena)


@pytest.fixture
def housing(cast):
    return ServiceFactory.create(organisation=cast.ashby, name="Housing")


def order(cast, service=None, **chosen) -> Paper:
    return order_plan(
        organisation=cast.ashby,
        service=service,
        options=PaperOptions(**chosen),
        now=NOW,
        by=cast.lena,
    )


def issue(paper: Paper, cast) -> Paper:
    review_paper(paper=paper, seen_attempt=paper.attempt, now=NOW, by=cast.lena)
    issue_paper(paper=paper, seen_attempt=paper.attempt, now=NOW, by=cast.cass)
    paper.refresh_from_db()
    return paper


def test_a_plan_is_queued_with_what_it_shows_and_about_no_assessment(cast, action):
    paper = order(cast, with_progress=True)

    assert str(paper) == "Paper 1: Action plan"
    assert (paper.assessment, paper.options) == (None, PaperOptions(with_progress=True))
    event = Event.objects.about(paper).get()
    assert (event.assessment_id, event.changes) == (None, {"shows": ["", "progress"]})


def test_asking_twice_makes_one_and_asking_for_another_makes_another(
    cast, action, housing
):
    first = order(cast)

    assert order(cast) == first
    assert order(cast, housing) == order(cast, housing)
    assert str(order(cast, housing)) == "Paper 2: Action plan, Housing"
    assert order(cast, with_names=True).number == 3


def test_without_any_action_there_is_nothing_to_print(cast, action):
    withdraw_action(action=action, seen_version=action.version, now=NOW, by=cast.lena)

    with pytest.raises(RuleBroken, match="No actions are planned"):
        order(cast)


def test_the_database_lets_no_plan_have_an_assessment_and_no_other_paper_lack_one(
    cast, action, paper
):
    for wrong in (
        {"pk": order(cast).pk, "assessment": paper.assessment},
        {"pk": paper.pk, "assessment": None},
        {"pk": paper.pk, "with_names": True},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Paper.objects.filter(pk=wrong.pop("pk")).update(**wrong)


@pytest.fixture
def built(cast, action, build) -> Paper:
    return build(order(cast))


@pytest.mark.slow
def test_a_built_plan_says_the_day_on_which_its_facts_were_read(built):
    assert built.as_at == NOW
    assert built.snapshot["as_at"] == "2026-11-22"
    assert built.files.count() == 3


@pytest.mark.slow
def test_what_changes_later_is_told_and_does_not_stand_in_the_plans_way(built, cast):
    plan_action(
        organisation=cast.ashby, details=ActionDetails(title="A new one"), by=cast.lena
    )

    [difference] = differences_of(built)

    assert (difference.place, difference.printed) == ("Action 2", "not there")
    assert stale_papers(cast.ashby, [built]) == set()
    before = built.snapshot
    assert issue(built, cast).snapshot == before


@pytest.mark.slow
def test_a_newer_plan_of_the_same_services_takes_the_place_of_the_older(
    built, build, cast, housing
):
    issue(built, cast)
    newer, other = build(order(cast, with_names=True)), build(order(cast, housing))

    assert (superseded_by(newer), superseded_by(other)) == (built, None)
    issue(other, cast)
    issue(newer, cast)

    built.refresh_from_db()
    assert built.state == Paper.State.SUPERSEDED
    assert set(Paper.objects.issued()) == {newer, other}


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_plans_that_are_issued_at_once_replace_one_another(built, build, cast):
    plans = [built, build(order(cast, with_names=True))]
    for each in plans:
        review_paper(paper=each, seen_attempt=1, now=NOW, by=cast.lena)
    older, newer = plans

    def issue_one(paper: Paper) -> None:
        issue_paper(paper=paper, seen_attempt=1, now=NOW, by=cast.cass)

    while_uncommitted(lambda: issue_one(newer), lambda: issue_one(older))

    states = Paper.objects.order_by("number").values_list("state", flat=True)
    assert list(states) == [Paper.State.ISSUED, Paper.State.SUPERSEDED]


@pytest.mark.slow
def test_the_database_lets_one_plan_of_the_same_services_be_issued(built, build, cast):
    issued, newer = issue(built, cast), build(order(cast))
    review_paper(paper=newer, seen_attempt=newer.attempt, now=NOW, by=cast.lena)

    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=newer.pk).update(
            state=issued.state, issued_at=NOW, issued_by=cast.cass
        )
