"""The list, one click, the progress that stops, and the failure that says what to do."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment
from assessments.services.assessments import unlock_assessment
from cse_tracker.core.jobs import BuildState, claim
from reports import tasks
from reports.models import Paper
from reports.services.building import FAILED
from reports.services.issuing import issue_paper, review_paper
from reports.services.ordering import order_paper
from reports.views import issuing
from tests.reports.conftest import NOW


@pytest.fixture
def rung(monkeypatch) -> list[int]:
    """The papers for which the worker was rung for."""
    calls: list[int] = []
    monkeypatch.setattr(
        tasks.build_paper, "apply_async", lambda args, retry: calls.extend(args)
    )
    return calls


@pytest.fixture
def lena(signed_in, cast) -> Client:
    return signed_in(cast.lena)


@pytest.fixture
def vik(signed_in, cast) -> Client:
    """On the governing body."""
    return signed_in(cast.vik)


@pytest.fixture
def issued(built, cast) -> Paper:
    review_paper(paper=built, seen_attempt=built.attempt, now=NOW, by=cast.lena)
    issue_paper(paper=built, seen_attempt=built.attempt, now=NOW, by=cast.cass)
    built.refresh_from_db()
    return built


def list_url(cast) -> str:
    return reverse("reports:list", args=[cast.ashby.slug])


def order_url(cast) -> str:
    return reverse("reports:order", args=[cast.ashby.slug, "progression_annex"])


def words(page) -> str:
    """What a person reads, without the markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


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


def unlocked(assessment, by):
    return unlock_assessment(
        assessment=assessment,
        seen_version=assessment.version,
        reason="1.2.3 was misread",
        by=by,
    )


def test_the_form_for_a_paper_names_years_that_are_not_confirmed(lena, cast, years):
    assert "Not confirmed" not in words(lena.get(order_url(cast)))

    unlocked(years[0], cast.cass)

    page = words(lena.get(order_url(cast)))
    assert "Not confirmed: the 2024 initial assessment" in page


def test_issuing_without_earlier_years_asks_once_more(
    lena, cast, signed_in, years, build
):
    unlocked(years[0], cast.cass)
    paper = build(
        order_paper(
            assessment=years[-1],
            kind=Paper.Kind.PROGRESSION_ANNEX,
            now=NOW,
            by=cast.lena,
        )
    )
    lena.post(paper.url("review"), {"attempt": paper.attempt})
    cass = signed_in(cast.cass)

    refused = cass.post(paper.url("issue"), {"attempt": paper.attempt})
    assert "This paper leaves out the 2024 initial assessment" in words(refused)
    assert "Tick the box to issue it without these years" in words(refused)

    agreed = {"attempt": paper.attempt, "without_years": "on"}
    page = cass.post(paper.url("issue"), agreed, follow=True)
    assert "Issued. The governing body can now read this paper." in words(page)


def test_what_checks_find_is_said_before_issuing(lena, cast, signed_in, built):
    lena.post(built.url("review"), {"attempt": built.attempt})

    page = words(signed_in(cast.cass).get(built.url("issue")))

    assert "1 flag open in the 2026 review" in page
    assert "Open partial compliances that this visit did not review: 1 2.1.4" in page
    assert "1 flag to check in the 2026 review" in words(lena.get(built.url("paper")))


def test_what_is_issued_is_not_offered_for_issuing_again(cast, signed_in, issued):
    page = signed_in(cast.cass).get(issued.url("issue"), follow=True)

    assert page.redirect_chain[-1][0] == issued.get_absolute_url()
    assert "Paper 1 is issued already." in words(page)


def test_issuing_what_an_undone_import_took_away_is_not_found(
    cast, signed_in, lena, built, monkeypatch
):
    lena.post(built.url("review"), {"attempt": built.attempt})

    def taken_away(**kwargs):
        raise Assessment.DoesNotExist

    monkeypatch.setattr(issuing.services, "issue_paper", taken_away)
    page = signed_in(cast.cass).post(built.url("issue"), {"attempt": built.attempt})

    assert page.status_code == 404


def test_a_draft_is_withdrawn_after_asking_once(lena, built):
    page = lena.get(built.url("discard"))
    assert "Withdraw this draft?" in words(page)
    built.refresh_from_db()
    assert built.state == Paper.State.DRAFT

    lena.post(built.url("discard"))

    built.refresh_from_db()
    assert built.state == Paper.State.WITHDRAWN


def test_looking_at_a_withdrawal_too_late_asks_nothing_and_does_nothing(
    lena, issued, monkeypatch
):
    def never(**_):
        pytest.fail("a look must not withdraw")

    monkeypatch.setattr(issuing.services, "discard_paper", never)

    page = lena.get(issued.url("discard"), follow=True)

    assert "This paper is issued already." in words(page)
    assert "Withdraw this draft?" not in words(page)


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


def test_from_draft_to_issued_through_the_pages(lena, cast, signed_in, vik, built):
    cass = signed_in(cast.cass)
    assert "Issue this paper" not in words(cass.get(built.get_absolute_url()))

    lena.post(built.url("review"), {"attempt": built.attempt})
    assert "Issue this paper" in words(cass.get(built.get_absolute_url()))
    page = cass.post(built.url("issue"), {"attempt": built.attempt}, follow=True)

    assert "The governing body can now read this paper." in words(page)
    assert "Progression annex, 2026 review" in words(vik.get(list_url(cast)))


def test_issuing_what_has_changed_since_is_refused_in_words(
    cast, signed_in, built, lena
):
    lena.post(built.url("review"), {"attempt": built.attempt})
    built.assessment.results.filter(node__ref="1.1.1").update(rating="PC")

    page = signed_in(cast.cass).post(built.url("issue"), {"attempt": built.attempt})

    assert "The data has changed since this paper was built" in words(page)
    assert "<title>Error: " in page.content.decode()


def test_an_approver_withdraws_with_a_reason(cast, signed_in, issued, vik):
    cass = signed_in(cast.cass)
    assert "Enter the reason" in words(
        cass.post(issued.url("withdraw"), {"reason": ""})
    )

    cass.post(issued.url("withdraw"), {"reason": "Wrong year"})

    assert "Wrong year" in words(cass.get(issued.get_absolute_url()))
    assert vik.get(issued.get_absolute_url()).status_code == 404


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


def test_the_list_filters_by_state_and_sorts_by_the_address(lena, cast, years, build):
    papers = [
        order_paper(
            assessment=year, kind=Paper.Kind.PROGRESSION_ANNEX, now=NOW, by=cast.lena
        )
        for year in years
    ]
    lena.post(build(papers[0]).url("discard"))

    assert "2024 initial assessment" not in listed(lena, cast)
    assert "2024 initial assessment" in listed(lena, cast, state="withdrawn")
    assert "2026 review" not in listed(lena, cast, state="withdrawn")
    first, second = listed(lena, cast, sort="assessment").split("2026 review")[:2]
    assert "2025 review" in first
    assert "2025 review" not in second


def listed(client, cast, **query) -> str:
    """The papers' names in the table, not those in the form above it."""
    page = client.get(list_url(cast), query).content.decode()
    return " ".join(
        re.findall(r'<a class="govuk-link" href="[^"]+">(Progression[^<]+)', page)
    )


def test_the_list_costs_the_same_for_one_paper_and_for_many(
    lena, cast, years, build, queries_for
):
    def add(assessment):
        return build(
            order_paper(
                assessment=assessment,
                kind=Paper.Kind.PROGRESSION_ANNEX,
                now=NOW,
                by=cast.lena,
            )
        )

    add(years[0])
    one = queries_for(lena, list_url(cast))
    for year in years:
        add(year)

    assert queries_for(lena, list_url(cast)) == one
    assert one <= 14


def test_what_is_out_of_date_is_marked_in_the_list(lena, cast, built):
    result = built.assessment.results.get(node__ref="1.1.1")
    result.rating = "NC"
    result.save()
    Paper.objects.filter(pk=built.pk).update(data_version=0)

    assert "Out of date" in words(lena.get(list_url(cast)))


def test_nothing_to_list_says_what_to_do(lena, cast, standard):
    assert "No papers yet" in words(lena.get(list_url(cast)))
    assert "No paper matches" in words(lena.get(list_url(cast), {"state": "issued"}))


def test_being_built_is_the_state_while_it_is(lena, cast, paper):
    assert "Waiting" in words(lena.get(list_url(cast)))
    assert paper.build_state == BuildState.QUEUED
