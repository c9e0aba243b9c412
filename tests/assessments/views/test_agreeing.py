"""The page on which many draft responses are agreed at once."""

import pytest

from assessments.models import Response
from assessments.services.responses import add_response
from cse_tracker.accounts.models import ImportRun
from tests.assessments.findings_import.runs import bring_in, stage
from tests.factories import FindingFactory, confirmed
from tests.pages import form_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
COMMENTS = "/o/ashby/assessments/2026-review/findings/"
AGREE = "/o/ashby/assessments/2026-review/responses/agree/"


@pytest.fixture
def mo(signed_in, cast):
    return signed_in(cast.mo)


@pytest.fixture
def lena(signed_in, cast):
    return signed_in(cast.lena)


@pytest.fixture
def written_here(open_assessment, cast):
    finding = FindingFactory(assessment=open_assessment)
    return add_response(findings=[finding], text="Written by hand.", by=cast.mo)


@pytest.fixture
def brought_in(open_assessment, cast, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    bring_in(stage(open_assessment, by=cast.lena), by=cast.lena)
    return list(Response.objects.order_by("pk"))


def test_what_a_report_brought_is_ticked_and_agreed_by_one_button(
    mo, lena, brought_in, written_here
):
    done = lena.get(f"/o/ashby/import/report/{ImportRun.objects.get().pk}/")
    page = mo.get(AGREE)
    answer = mo.post(AGREE, form_of(page).sending(), follow=True)

    assert f'href="{AGREE}"' in done.content.decode()
    assert "Written by hand." in text_of(page)
    assert f"{len(brought_in)} responses are agreed." in text_of(answer)
    assert set(Response.objects.filter(state="agreed")) == set(brought_in)


def test_all_comments_lead_here_while_there_are_drafts(mo, written_here):
    assert "Agree responses (1)" in text_of(mo.get(COMMENTS))

    mo.post(AGREE, {"responses": f"{written_here.pk}:1"})

    assert "Agree responses" not in text_of(mo.get(COMMENTS))
    assert "No draft responses" in text_of(mo.get(AGREE))


def test_words_that_changed_meanwhile_are_to_be_read_first(mo, written_here):
    Response.objects.update(text="Newer words.", version=2)

    page = mo.post(AGREE, {"responses": f"{written_here.pk}:1"})

    assert "Read them as they are now" in text_of(page)
    assert "Newer words." in text_of(page)
    assert Response.objects.get().state == "draft"


def test_nothing_ticked_is_asked_for(mo, written_here):
    assert "Select at least one response" in text_of(mo.post(AGREE, {"sent": "1"}))


def test_responses_may_be_agreed_after_the_assessment_is_confirmed(
    mo, written_here, open_assessment, cast
):
    confirmed(open_assessment, by=cast.cass)

    mo.post(AGREE, {"responses": f"{written_here.pk}:1"})

    assert Response.objects.get().state == "agreed"
