"""One click, the progress that stops, the failure that says what to do, and who sees a paper."""

import uuid

import pytest
from django.urls import reverse

from cse_tracker.core.jobs import claim
from reports.models import Paper
from reports.services.building import FAILED
from tests.reports.conftest import NOW
from tests.reports.views.pages import list_url, order_url, words
from tests.reports.views.years import unlocked


def test_one_click_orders_an_annex_and_shows_its_page(
    lena, cast, years, rung, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page = lena.post(order_url(cast), {"assessment": years[-1].slug}, follow=True)

    paper = Paper.objects.get()
    assert page.redirect_chain[-1][0] == paper.get_absolute_url()
    assert "Waiting for a free worker" in words(page)
    assert rung == [paper.pk]


def test_a_paper_says_which_earlier_years_it_leaves_out(lena, cast, years, built):
    assert "leaves out" not in words(lena.get(built.get_absolute_url()))

    unlocked(years[0], cast.cass)

    page = words(lena.get(built.get_absolute_url()))
    assert "This paper leaves out the 2024 initial assessment" in page.replace(
        " ,", ","
    )
    assert "the 2025 review" not in page.partition("leaves out")[2][:200]


def test_the_form_for_a_paper_names_years_that_are_not_confirmed(lena, cast, years):
    assert "Not confirmed" not in words(lena.get(order_url(cast)))

    unlocked(years[0], cast.cass)

    page = words(lena.get(order_url(cast)))
    assert "Not confirmed: the 2024 initial assessment" in page


def test_the_same_form_sent_twice_makes_one_paper_even_after_it_was_built(
    lena, cast, years, build
):
    form = {"assessment": years[-1].slug, "submission_key": str(uuid.uuid4())}
    first = lena.post(order_url(cast), form)
    build(Paper.objects.get())

    second = lena.post(order_url(cast), form)

    assert first["Location"] == second["Location"]
    assert Paper.objects.count() == 1


def test_an_assessment_of_another_organisation_cannot_be_ordered(
    cast, signed_in, years
):
    url = reverse("reports:order", args=[cast.elsewhere.slug, "progression_annex"])
    page = signed_in(cast.sam).post(url, {"assessment": years[-1].slug}, follow=True)

    assert "Select the assessment" in words(page)
    assert not Paper.objects.exists()


def test_the_page_asks_again_until_the_paper_is_built_and_then_stops(
    lena, paper, build
):
    waiting = lena.get(paper.get_absolute_url()).content.decode()
    assert 'hx-trigger="every 1s"' in waiting
    assert "Check again" in waiting

    build(paper)

    piece = lena.get(paper.url("progress"), headers={"HX-Request": "true"})
    assert "hx-trigger" not in piece.content.decode()
    assert "Download as PDF" in words(piece)
    assert "<html" not in piece.content.decode()


def test_the_progress_names_the_step(lena, paper):
    claim(Paper.objects.all(), paper.pk, now=NOW).report(
        2, 3, "Laying out the pages", now=NOW
    )

    page = lena.get(paper.get_absolute_url())

    assert "Laying out the pages, step 2 of 3" in words(page)
    assert 'max="3" value="2"' in page.content.decode()


def test_the_progress_without_javascript_is_the_whole_page(lena, paper):
    assert lena.get(paper.url("progress"))["Location"] == paper.get_absolute_url()


def test_a_failure_says_what_to_do_and_offers_another_try(
    lena, paper, rung, django_capture_on_commit_callbacks
):
    for _ in range(3):
        claim(Paper.objects.all(), paper.pk, now=NOW).put_back(FAILED, now=NOW)
    assert FAILED in words(lena.get(paper.get_absolute_url()))

    with django_capture_on_commit_callbacks(execute=True):
        page = lena.post(paper.url("again"), follow=True)

    assert "Waiting for a free worker" in words(page)
    assert rung == [paper.pk]


def test_asking_for_what_is_being_built_is_told(lena, paper, rung):
    page = lena.post(paper.url("again"), follow=True)

    assert "being built already" in words(page)
    assert rung == []


def test_the_governing_body_knows_of_issued_papers_only(vik, cast, paper):
    assert "No papers yet" in words(vik.get(list_url(cast)))
    assert vik.get(paper.get_absolute_url()).status_code == 404
    assert vik.get(paper.url("read")).status_code == 404


def test_the_governing_body_sees_nothing_of_how_a_paper_came_about(vik, issued):
    page = words(vik.get(issued.get_absolute_url()))

    assert "Download as PDF" in page
    assert "History" not in page
    assert "Withdraw" not in page
    assert "Build" not in page


@pytest.mark.parametrize(
    "name", ["progress", "again", "review", "issue", "withdraw", "discard"]
)
def test_the_governing_body_may_read_an_issued_paper_and_nothing_else(
    vik, issued, name
):
    ask = vik.get if name == "progress" else vik.post

    assert ask(issued.url(name)).status_code == 403


def test_nobody_from_elsewhere_can_tell_that_a_paper_exists(cast, signed_in, issued):
    sam = signed_in(cast.sam)

    for name in ("paper", "progress", "read"):
        assert sam.get(issued.url(name)).status_code == 404
    assert sam.get(issued.url("download", file_format="pdf")).status_code == 404


def test_a_manager_reads_drafts_but_builds_and_issues_nothing(
    cast, signed_in, built, years
):
    mo = signed_in(cast.mo)

    assert "Download as PDF" in words(mo.get(built.get_absolute_url()))
    assert mo.post(order_url(cast), {"assessment": years[-1].slug}).status_code == 403
    assert mo.post(built.url("review")).status_code == 403
    assert mo.post(built.url("issue")).status_code == 403
