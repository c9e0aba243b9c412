"""Action plans through the pages: ordered by form, read by the governing body once issued."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from actions.services.details import ActionDetails
from actions.services.planning import plan_action
from reports.models import Paper
from reports.options import PaperOptions
from reports.services.issuing import issue_paper, review_paper
from reports.services.ordering import order_plan
from tests.factories import ServiceFactory
from tests.reports.conftest import NOW
from tests.reports.views.pages import list_url, words

TITLE = "Ask more people"


@pytest.fixture(autouse=True)
def _planned(cast) -> None:
    plan_action(
        organisation=cast.ashby, details=ActionDetails(title=TITLE), by=cast.lena
    )


@pytest.fixture
def housing(cast):
    return ServiceFactory.create(organisation=cast.ashby, name="Housing")


def url(cast) -> str:
    return reverse("reports:order", args=[cast.ashby.slug, "action_plan"])


def issued(cast, build) -> Paper:
    paper = build(
        order_plan(organisation=cast.ashby, service=None, now=NOW, by=cast.lena)
    )
    review_paper(paper=paper, seen_attempt=1, now=NOW, by=cast.lena)
    issue_paper(paper=paper, seen_attempt=1, now=NOW, by=cast.cass)
    return paper


def test_a_plan_is_ordered_once_for_the_services_and_with_what_was_chosen(
    lena, cast, rung, housing, django_capture_on_commit_callbacks
):
    page = lena.get(url(cast)).content.decode()
    assert "checked" not in re.search(r'<input[^>]*value="with_names"[^>]*>', page)[0]
    chosen = {"service": housing.pk, "shows": ["with_progress", "with_names"]}

    with django_capture_on_commit_callbacks(execute=True):
        answers = [lena.post(url(cast), chosen, follow=True) for _ in range(2)]

    paper = Paper.objects.get()
    assert (paper.service, paper.options) == (
        housing,
        PaperOptions(with_progress=True, with_names=True),
    )
    assert rung == [paper.pk, paper.pk]
    assert "With progress and owners&#x27; names" in words(answers[-1])


def test_a_service_of_another_organisation_is_refused(lena, cast):
    theirs = ServiceFactory.create(organisation=cast.elsewhere, name="Theirs")

    page = lena.post(url(cast), {"service": theirs.pk})

    assert "<title>Error: " in page.content.decode()
    assert not Paper.objects.exists()


@pytest.mark.slow
def test_the_governing_body_reads_an_issued_plan_in_every_format_and_no_draft(
    vik, cast, build
):
    draft = build(
        order_plan(
            organisation=cast.ashby,
            service=None,
            options=PaperOptions(with_names=True),
            now=NOW,
            by=cast.lena,
        )
    )
    paper = issued(cast, build)

    assert vik.get(draft.url("read")).status_code == 404
    assert vik.get(draft.url("download", file_format="pdf")).status_code == 404
    assert "As at 22 November 2026" in words(vik.get(list_url(cast)))
    assert TITLE in words(vik.get(paper.url("read")))
    pdf = vik.get(paper.url("download", file_format="pdf"))
    assert pdf.content.startswith(b"%PDF")
    word = vik.get(paper.url("download", file_format="docx"))
    assert TITLE in Document(BytesIO(word.content)).tables[1].rows[1].cells[2].text


@pytest.mark.slow
def test_a_newer_plan_says_what_it_replaces_and_an_older_one_what_changed(
    lena, cast, signed_in, build
):
    paper = issued(cast, build)
    plan_action(
        organisation=cast.ashby, details=ActionDetails(title="One more"), by=cast.lena
    )
    newer = build(
        order_plan(organisation=cast.ashby, service=None, now=NOW, by=cast.lena)
    )
    review_paper(paper=newer, seen_attempt=1, now=NOW, by=cast.lena)

    told = words(lena.get(paper.get_absolute_url()))
    asked = words(signed_in(cast.cass).get(newer.issue_url))

    assert "It says how things stood on 22 November 2026, so it can stay" in told
    assert "Out of date" not in words(lena.get(list_url(cast)))
    replaced = "takes the place of paper 1, Action plan , as at 22 November 2026"
    assert replaced in asked
