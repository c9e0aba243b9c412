"""From a draft to an issued paper, and to a withdrawn one."""

from datetime import timedelta

import pytest

from assessments.models import Assessment, Finding
from assessments.services.findings import add_finding
from assessments.services.responses import add_response
from reports.models import Paper
from reports.options import PaperOptions
from reports.services.issuing import issue_paper, review_paper, withdraw_paper
from reports.services.ordering import order_paper
from reports.views import issuing
from tests.reports.conftest import NOW
from tests.reports.services.test_issuing import change_a_rating
from tests.reports.views.pages import list_url, words
from tests.reports.views.years import unlocked


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


@pytest.mark.parametrize(
    ("with_drafts", "said"),
    [
        (True, "This paper prints draft responses, which nobody has agreed yet, in 1"),
        (False, "1 response is a draft and is not printed."),
    ],
)
def test_draft_responses_are_said_before_issuing(
    cast, signed_in, years, build, with_drafts, said
):
    year = unlocked(years[-1], cast.cass)
    finding = add_finding(
        assessment=year,
        node=year.results.get(node__ref="2.1.4").node,
        kind=Finding.Kind.COMPLIANCE,
        comment="Too few.",
        by=cast.lena,
    )
    add_response(findings=[finding], text="We may.", by=cast.lena)
    options = PaperOptions(with_drafts=with_drafts)
    order = {"kind": Paper.Kind.FINDINGS_APPENDIX, "now": NOW, "by": cast.lena}
    paper = build(order_paper(assessment=year, options=options, **order))
    review_paper(paper=paper, seen_attempt=1, now=NOW, by=cast.lena)

    assert said in words(signed_in(cast.cass).get(paper.url("issue")))


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


@pytest.fixture
def newer(issued, years, cast, build) -> Paper:
    """The annex that was issued in the place of ``issued``, a day later."""
    order = {"kind": Paper.Kind.PROGRESSION_ANNEX, "now": NOW, "by": cast.lena}
    paper = build(order_paper(assessment=years[-1], **order))
    later = {"seen_attempt": paper.attempt, "now": NOW + timedelta(days=1)}
    review_paper(paper=paper, **later, by=cast.lena)
    issue_paper(paper=paper, **later, by=cast.cass)
    return paper


@pytest.mark.parametrize("name", ["paper", "read"])
def test_a_replaced_paper_keeps_its_address_and_names_the_one_that_counts(
    vik, cast, issued, newer, name
):
    page = vik.get(issued.url(name))

    replaced = "Replaced on 23 November 2026 by paper 2, Progression annex, 2026 review"
    assert replaced in words(page)
    assert f'href="{newer.get_absolute_url()}"' in page.content.decode()
    assert vik.get(issued.url("download", file_format="pdf")).status_code == 200
    assert issued.get_absolute_url() not in vik.get(list_url(cast)).content.decode()
    assert "Replaced" not in words(vik.get(newer.url(name)))


def test_nobody_is_asked_to_bring_a_replaced_paper_up_to_date(
    lena, cast, issued, newer
):
    change_a_rating(issued.assessment, cast.lena)

    page = words(lena.get(issued.get_absolute_url()))
    assert (
        "The data has changed since this paper was built, in 1 place. It stays" in page
    )
    assert "bring the figures up to date" not in page
    page = words(lena.get(newer.get_absolute_url()))
    assert "To bring the figures up to date, build and issue a new one" in page


def test_a_replaced_paper_says_that_what_replaced_it_is_withdrawn(
    vik, cast, issued, newer
):
    withdraw_paper(paper=newer, reason="Figures", now=NOW, by=cast.cass)

    page = words(vik.get(issued.get_absolute_url()))

    assert "Replaced by a newer paper, which was withdrawn" in page
    assert vik.get(newer.get_absolute_url()).status_code == 404
