import uuid
from datetime import date

import pytest
from django.urls import reverse

from actions.services.details import ActionDetails
from actions.services.planning import plan_action
from assessments.models import Assessment, Finding
from assessments.ratings import Basis, Rating
from assessments.services.findings import add_finding
from assessments.services.sub_elements import add_sub_element
from assessments.standard_tree import tree_for
from tests.assessments.past import assess
from tests.factories import confirmed
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lena(cast, signed_in):
    return signed_in(cast.lena)


@pytest.fixture
def tree(certification):
    return tree_for(certification.organisation, certification.standard)


@pytest.fixture
def last_year(certification, cast, tree):
    """2024 full, and a confirmed review of 2025 with an open partial and two clauses."""
    certification.cycle_starts_in = 2024
    certification.save()
    first = assess(
        certification,
        2024,
        {"1.1.1": "CP", "1.1.2": "C", "4.1.2": "PC"},
        by=cast.lena,
        kind=Assessment.Kind.FULL,
        is_confirmed=False,
    )
    for statement in ("Targets", "Results"):
        parent = tree.by_ref["4.1.2"]
        add_sub_element(
            assessment=first, parent=parent, statement=statement, by=cast.lena
        )
    finding = add_finding(
        assessment=first,
        node=tree.by_ref["4.1.2"],
        kind=Finding.Kind.COMPLIANCE,
        comment="Three standards are missed.",
        by=cast.lena,
    )
    plan_action(
        organisation=cast.ashby,
        details=ActionDetails(title="Agree recovery plans"),
        finding=finding,
        seen_version=finding.version,
        by=cast.mo,
    )
    first.refresh_from_db()
    confirmed(first, by=cast.cass)
    review = assess(
        certification, 2025, {"1.1.2": "CP"}, by=cast.lena, sampled=["1.1.2"]
    )
    return Assessment.objects.of(cast.ashby).get(pk=review.pk)


def url(assessment):
    return reverse(
        "overview:start_next", args=[assessment.organisation.slug, assessment.slug]
    )


def newest(certification):
    return certification.assessments.in_order().last()


def test_the_next_visit_is_proposed_and_starts_with_its_plan(
    lena, certification, last_year
):
    form = form_of(lena.get(url(last_year)))

    page = lena.post(url(last_year), form.sending(), follow=True)

    started = newest(certification)
    assert (started.year, started.kind, started.visit_code) == (2026, "review", "Y2")
    assert "The 2026 review is started." in page.text
    assert "Sampling plan" in page.text


def test_a_follow_up_visit_does_not_move_the_cycle_on(
    lena, cast, certification, last_year
):
    visit = assess(
        certification,
        2025,
        {"4.1.2": "C"},
        by=cast.lena,
        kind="follow-up",
        sampled=["4.1.2"],
    )

    page = lena.get(url(visit))

    assert form_of(page).values["visit_code"] == ["Y2"]
    assert "No partial or non-compliance is open." in page.text


def test_what_was_proposed_can_be_changed(lena, certification, last_year):
    form = form_of(lena.get(url(last_year)))

    page = lena.post(
        url(last_year),
        form.sending(year="2027", kind="full", visit_code="F2"),
        follow=True,
    )

    started = newest(certification)
    assert (started.year, started.kind, started.visit_code) == (2027, "full", "F2")
    assert "2027 full assessment" in page.text


def test_years_without_an_assessment_are_remarked_when_the_next_is_started(
    lena, last_year
):
    form = form_of(lena.get(url(last_year)))

    page = lena.post(url(last_year), form.sending(year=2027), follow=True)

    said = "There is no assessment in 2026, so changes in 2027 are changes since 2025."
    assert said in text_of(page)


def test_ratings_are_carried_with_the_year_that_found_them(
    lena, certification, last_year
):
    before = text_of(lena.get(url(last_year)))
    lena.post(url(last_year), form_of(lena.get(url(last_year))).sending())

    started = newest(certification)
    carried = started.results.get(node__ref="1.1.1")
    grid = text_of(lena.get(started.get_absolute_url()))
    assert "3 elements start with their last known rating" in before
    assert "1 from 2025, 2 from 2024" in before
    assert (carried.rating, carried.basis) == ("CP", Basis.CARRIED)
    assert "carried from 2024" in grid


def test_findings_and_actions_stay_where_they_are_and_nothing_is_done_by_copying(
    lena, certification, last_year
):
    lena.post(url(last_year), form_of(lena.get(url(last_year))).sending())

    started = newest(certification)
    assert not Finding.objects.filter(finding_set=started.finding_set_id).exists()
    assert not started.results.filter(sampled=True).exists()
    assert not started.results.filter(basis=Basis.ASSESSED).exists()
    assert not started.results.filter(planned_for_sampling=True).exists()
    assert started.state == Assessment.State.PLANNED


def test_open_partials_stand_there_with_their_findings_and_unfinished_actions(
    lena, last_year
):
    said = text_of(lena.get(url(last_year)))

    opened = said.partition("Still open")[2]
    assert "4.1.2" in opened
    assert "last found in 2024" in opened
    assert "Three standards are missed." in opened
    assert "Agree recovery plans" in opened
    assert "1.1.1" not in opened


def test_a_part_of_an_open_partial_is_not_said_to_be_without_any_action(
    lena, last_year
):
    for assessment in Assessment.objects.of(last_year.organisation):
        assessment.results.filter(node__ref="4.1.2.1").update(
            rating=Rating.PARTIAL, basis=Basis.ASSESSED
        )

    opened = text_of(lena.get(url(last_year))).partition("Still open")[2]

    assert "4.1.2.1" in opened
    assert "No action of its own is under way." in opened
    assert "No action is under way." not in opened


@pytest.mark.parametrize(
    ("chosen", "continuing"),
    [([], []), (["first"], ["4.1.2.1"]), (["all"], ["4.1.2.1", "4.1.2.2"])],
)
def test_sub_elements_continue_only_if_chosen(
    lena, certification, last_year, chosen, continuing
):
    first = last_year.results.get(node__ref="4.1.2.1").node_id
    boxes = [str(first) if each == "first" else each for each in chosen]
    form = form_of(lena.get(url(last_year)))

    lena.post(url(last_year), form.sending(sub_elements=boxes))

    parts = newest(certification).results.filter(node__kind="sub_element")
    assert list(parts.order_by("node__ref").values_list("node__ref", flat=True)) == (
        continuing
    )


def test_a_double_click_starts_one_assessment(lena, certification, last_year):
    data = form_of(lena.get(url(last_year))).sending(submission_key=str(uuid.uuid4()))

    first = lena.post(url(last_year), data)
    second = lena.post(url(last_year), data)

    assert first.status_code == second.status_code == 302
    assert certification.assessments.count() == 3


def test_an_assessment_that_is_open_is_confirmed_first(lena, open_assessment):
    page = lena.get(url(open_assessment))

    assert "The 2026 review is not confirmed yet." in text_of(page)


def test_a_year_that_has_a_follower_leads_there(lena, cast, certification, last_year):
    lena.post(url(last_year), form_of(lena.get(url(last_year))).sending())

    page = lena.get(url(last_year))

    assert "The 2026 review came after the 2025 review already." in text_of(page)
    assert "Open the 2026 review" in text_of(page)


def test_a_confirmed_year_offers_to_start_the_next(lena, cast, last_year):
    grid = lena.get(last_year.get_absolute_url())
    listed = lena.get(reverse("assessments:list", args=[cast.ashby.slug]))
    another = lena.get(reverse("assessments:start", args=[cast.ashby.slug]))

    assert url(last_year) in grid.text
    assert url(last_year) in listed.text
    assert url(last_year) in another.text


@pytest.mark.parametrize(
    ("first_day", "is_refused"), [(None, True), (3, True), (9, False)]
)
def test_it_comes_after_the_last_or_would_carry_nothing_from_it(
    lena, certification, last_year, first_day, is_refused
):
    last_year.visit_starts_on = date(2025, 6, 5)
    last_year.save()
    day = {"day": first_day, "month": 6, "year": 2025} if first_day else {}
    form = form_of(lena.get(url(last_year))).sending(
        year="2025",
        kind="follow-up",
        **{f"visit_starts_on_{part}": str(number) for part, number in day.items()},
    )

    page = lena.post(url(last_year), form, follow=True)

    assert ("comes after the 2025 review" in page.text) is is_refused
    assert certification.assessments.count() == (2 if is_refused else 3)
