"""Asking for a paper through the pages: the kind first, then what it shows."""

import re
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from reports.models import Paper
from reports.options import PaperOptions
from reports.services.issuing import issue_paper, review_paper
from reports.services.ordering import order_paper
from tests.reports.conftest import NOW


@pytest.fixture
def lena(signed_in, cast) -> Client:
    return signed_in(cast.lena)


def url(cast, kind: str = "") -> str:
    place = [cast.ashby.slug, kind] if kind else [cast.ashby.slug]
    return reverse("reports:order" if kind else "reports:choose", args=place)


def words(page) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_each_kind_of_paper_is_offered_and_leads_to_its_form(lena, cast, years):
    page = lena.get(url(cast)).content.decode()

    offered = re.findall(r'href="[^"]*/papers/order/([a-z_]+)/"', page)
    assert offered == Paper.Kind.values
    asked = {kind: words(lena.get(url(cast, kind))) for kind in offered}
    assert "Whose actions should it show?" in asked.pop("action_plan")
    assert all("Which assessment is it about?" in page for page in asked.values())


def test_without_an_assessment_the_way_leads_to_one(lena, cast, standard):
    page = lena.get(url(cast))

    assert "No assessment to write about" in words(page)
    offered = re.findall(r'/papers/order/([a-z_]+)/"', page.content.decode())
    assert offered == ["action_plan"]


def test_a_kind_that_there_is_not_is_not_found(lena, cast, years):
    assert lena.get(url(cast, "novel")).status_code == 404


def test_the_form_knows_the_assessment_that_somebody_came_from(lena, cast, years):
    page = lena.get(url(cast, "findings_appendix"), {"assessment": "2025-review"})

    assert re.findall(r'value="([^"]+)"\s+selected', page.content.decode()) == [
        "2025-review"
    ]


def test_an_appendix_shows_what_was_chosen_and_nothing_that_is_not_offered(
    lena, cast, years
):
    chosen = {"assessment": years[-1].slug, "shows": ["with_actions", "with_drafts"]}
    page = lena.post(url(cast, "findings_appendix"), chosen, follow=True)

    assert Paper.objects.get().options == PaperOptions(
        with_actions=True, with_drafts=True
    )
    assert "With actions and draft responses" in words(page)
    refused = lena.post(
        url(cast, "findings_appendix"), {**chosen, "shows": ["is_issued"]}
    )
    assert "<title>Error: " in refused.content.decode()
    assert Paper.objects.count() == 1


@pytest.mark.slow
def test_the_governing_body_reads_an_issued_appendix_in_every_format(
    signed_in, cast, years, build
):
    paper = order_paper(
        assessment=years[-1],
        kind=Paper.Kind.FINDINGS_APPENDIX,
        now=NOW,
        by=cast.lena,
    )
    built = build(paper)
    vik = signed_in(cast.vik)
    assert vik.get(built.url("read")).status_code == 404

    review_paper(paper=built, seen_attempt=1, now=NOW, by=cast.lena)
    issue_paper(paper=built, seen_attempt=1, now=NOW, by=cast.cass)

    assert "2.1.4" in words(vik.get(built.url("read")))
    pdf = vik.get(built.url("download", file_format="pdf"))
    assert pdf.content.startswith(b"%PDF")
    word = vik.get(built.url("download", file_format="docx"))
    assert word["Content-Type"].endswith("wordprocessingml.document")
    assert "2.1.4" in Document(BytesIO(word.content)).tables[1].rows[1].cells[0].text


@pytest.mark.slow
def test_issuing_names_the_paper_whose_place_it_takes(signed_in, cast, years, build):
    options = PaperOptions(), PaperOptions(with_decisions=True)
    first, second = (
        build(
            order_paper(
                assessment=years[-1],
                kind=Paper.Kind.FINDINGS_APPENDIX,
                options=each,
                now=NOW,
                by=cast.lena,
            )
        )
        for each in options
    )
    for paper in (first, second):
        review_paper(paper=paper, seen_attempt=1, now=NOW, by=cast.lena)
    cass = signed_in(cast.cass)
    assert "takes the place of" not in words(cass.get(first.url("issue")))
    issue_paper(paper=first, seen_attempt=1, now=NOW, by=cast.cass)

    page = words(cass.get(second.url("issue")))

    assert "takes the place of paper 1, Partial compliances, 2026 review" in page


def test_the_list_is_narrowed_to_a_kind(lena, cast, years):
    for kind in (Paper.Kind.PROGRESSION_ANNEX, Paper.Kind.FINDINGS_APPENDIX):
        order_paper(assessment=years[-1], kind=kind, now=NOW, by=cast.lena)
    listed = reverse("reports:list", args=[cast.ashby.slug])

    assert "2 papers" in words(lena.get(listed))
    page = words(lena.get(listed, {"kind": "findings_appendix"}))
    assert "1 paper " in page
    assert "Partial compliances, 2026 review" in page
