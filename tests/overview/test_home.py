import re

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.models import Finding
from assessments.ratings import Rating
from assessments.services.assessments import hand_to_approver, start_assessment
from assessments.services.findings import add_finding
from assessments.services.ratings import RatingEntry, rate_nodes
from cse_tracker.accounts.models import Topic
from cse_tracker.accounts.services.notifications import News, mark_all_read, tell
from cse_tracker.core.dates import local_day
from tests.assessments.past import assess
from tests.factories import confirmed
from tests.pages import text_of


def rate(assessment, by, **ratings):
    entries = []
    for number, code in ratings.items():
        result = assessment.results.get(node__ref=number.strip("_").replace("_", "."))
        entries.append(RatingEntry(result.pk, result.version, Rating(code), True))
    rate_nodes(assessment=assessment, entries=entries, by=by)


@pytest.fixture
def lena(cast, signed_in):
    return signed_in(cast.lena)


@pytest.fixture
def url(cast):
    return cast.ashby.get_absolute_url()


def test_a_new_organisation_gets_a_set_up_list(lena, url):
    page = lena.get(url)

    assert "Set up Ashby Borough Council" in page.text
    assert reverse("assessments:certification", args=["ashby"]) in page.text


def is_done(client, url, step, next_step):
    """Whether the set-up list has a step as done; the words up to the next one tell."""
    words = text_of(client.get(url))
    return "Done" in words[words.index(step) : words.index(next_step)]


def test_past_years_are_to_be_confirmed_and_this_year_started(
    lena, cast, url, certification
):
    past = start_assessment(
        certification=certification, year=2018, kind="review", by=cast.lena
    )
    rate(past, cast.lena, _1_1_1="C")

    confirm, start = "Confirm past years", "Start this year's assessment"
    assert not is_done(lena, url, confirm, start)
    assert not is_done(lena, url, start, "What needs you")

    confirmed(past, by=cast.lena)
    this_year = local_day(timezone.now()).year
    start_assessment(
        certification=certification, year=this_year, kind="review", by=cast.lena
    )

    assert is_done(lena, url, confirm, start)
    assert is_done(lena, url, start, "What needs you")


def test_an_older_year_that_is_worked_on_is_no_past_year_to_confirm(
    lena, cast, url, certification
):
    past, now, later = (
        {
            "certification": certification,
            "year": year,
            "kind": "review",
            "by": cast.lena,
        }
        for year in (2018, 2019, 2020)
    )
    confirmed(start_assessment(**past), by=cast.lena)
    confirm, start = "Confirm past years", "Start this year's assessment"

    start_assessment(**now)
    assert is_done(lena, url, confirm, start)

    start_assessment(**later)
    assert not is_done(lena, url, confirm, start)


def test_an_approver_is_told_of_past_years_that_no_paper_prints(
    signed_in, cast, url, certification
):
    past = start_assessment(
        certification=certification, year=2018, kind="review", by=cast.lena
    )
    rate(past, cast.lena, _1_1_1="C")
    cass = signed_in(cast.cass)
    asked = "1 assessment of past years is not confirmed"
    assert asked in cass.get(url).text

    confirmed(past, by=cast.lena)

    assert asked not in cass.get(url).text


def test_the_latest_assessment_is_counted_against_the_one_before(
    lena, cast, url, certification, open_assessment
):
    before = start_assessment(
        certification=certification, year=2025, kind="full", by=cast.lena
    )
    rate(before, cast.lena, _1_1_1="PC", _1_1_2="C")
    rate(open_assessment, cast.lena, _1_1_1="CP", _1_1_2="C", _1_1_3="C")

    page = lena.get(url)

    assert "1 more than in 2025" in page.text
    assert "1 fewer than in 2025" in page.text
    assert "3 of 57 elements rated" in page.text


@pytest.mark.slow
def test_a_year_just_planned_hides_neither_the_latest_result_nor_what_waits(
    lena, cast, url, certification
):
    for year in (2022, 2023, 2024, 2025):
        past = assess(
            certification,
            year,
            {"1.1.1": "PC"},
            by=cast.lena,
            sampled=["1.1.1"],
            is_confirmed=False,
        )
        for kind in (Finding.Kind.COMPLIANCE, Finding.Kind.STRENGTH):
            add_finding(
                assessment=past, node=None, kind=kind, comment="So it is.", by=cast.lena
            )
    flagged = "to check in the 2025 review"
    assert flagged in text_of(lena.get(url))

    start_assessment(
        certification=certification,
        year=2026,
        kind="review",
        by=cast.lena,
        carry_forward=True,
    )

    page = text_of(lena.get(url))
    waits = "1 comment of the assessor waits for a decision in the"
    assert re.findall(f"{waits} (\\d+)", page) == ["2025", "2024", "2023"]
    assert flagged in page
    assert "as in 2024" in page
    assert "2026 review is started: nothing is rated at its visit yet." in page


def test_an_approver_is_asked_to_confirm_what_was_handed_over(
    signed_in, cast, url, open_assessment
):
    hand_to_approver(assessment=open_assessment, seen_version=1, by=cast.lena)

    assert "Confirm the 2026 review" in signed_in(cast.cass).get(url).text


def test_the_governing_body_sees_the_latest_confirmed_year_only(
    signed_in, cast, url, open_assessment
):
    vik = signed_in(cast.vik)
    assert "2026 review" not in vik.get(url).text

    confirmed(open_assessment, by=cast.lena)

    assert "2026 review" in vik.get(url).text
    assert "What needs you" not in vik.get(url).text


def test_the_home_page_costs_the_same_with_many_assessments(
    lena, url, assessment_with, queries_for
):
    for nodes in (5, 6):
        assessment_with(nodes=nodes)
    few = queries_for(lena, url)
    for nodes in (7, 8, 9):
        assessment_with(nodes=nodes)

    assert queries_for(lena, url) == few


def test_what_a_member_was_told_waits_for_them_until_it_is_read(lena, cast, url):
    membership = cast.lena.memberships.get()
    news = News(
        membership=membership,
        topic=Topic.DUE,
        key="action:1",
        subject="Action 1 is due tomorrow",
        path="/",
    )
    tell(news=[news], now=timezone.now())

    assert "1 new notification" in text_of(lena.get(url))
    mark_all_read(membership=membership, now=timezone.now())
    assert "new notification" not in text_of(lena.get(url))
