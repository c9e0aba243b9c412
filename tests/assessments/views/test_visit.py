import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments.models import AssessorsReport, ChecklistItem, CriterionNarrative
from assessments.services.checklists import Step, add_step
from assessments.views import checklist
from tests.factories import confirmed

CONFLICT = 409


@pytest.fixture
def lena(cast, signed_in):
    return signed_in(cast.lena)


def url(name, assessment, *more):
    address = [assessment.organisation.slug, assessment.slug, *more]
    return reverse(f"assessments:{name}", args=address)


def test_an_officer_enters_what_the_report_says(lena, open_assessment):
    data = {"version": 0, "text": "Insight runs through everything."}

    page = lena.post(url("narrative", open_assessment, 1), data, follow=True)

    assert "Insight runs through everything." in page.text


def test_the_second_to_save_sees_both_texts(lena, open_assessment):
    address = url("narrative", open_assessment, 1)
    lena.post(address, {"version": 0, "text": "First words"})

    page = lena.post(address, {"version": 0, "text": "Other words"})

    assert page.status_code == CONFLICT
    assert "First words" in page.text
    assert "Other words" in page.text
    assert CriterionNarrative.objects.get().text == "First words"
    lena.post(address, {"version": 1, "text": "Both words"})
    assert CriterionNarrative.objects.get().text == "Both words"


@pytest.mark.parametrize(("name", "more"), [("details", []), ("narrative", [1])])
def test_a_confirmed_assessment_shows_what_is_known_and_who_unlocks_it(
    lena, cast, open_assessment, name, more
):
    confirmed(open_assessment, by=cast.cass)

    page = lena.get(url(name, open_assessment, *more), follow=True)

    assert page.redirect_chain == [(url("about", open_assessment), 302)]
    assert "Ask an approver to unlock it." in page.text


def test_there_are_five_criteria(lena, open_assessment):
    assert lena.get(url("narrative", open_assessment, 6)).status_code == 404


def test_the_report_is_attached_and_downloaded(lena, open_assessment):
    file = SimpleUploadedFile("report.txt", b"What we found")

    page = lena.post(url("report_attach", open_assessment), {"file": file}, follow=True)
    report = AssessorsReport.objects.get()
    sent = lena.get(url("report_download", open_assessment, report.pk))

    assert "report.txt" in page.text
    assert b"".join(sent) == b"What we found"
    assert sent.headers["Content-Disposition"].startswith("attachment")
    sent.close()


def test_what_is_no_document_is_refused(lena, open_assessment):
    file = SimpleUploadedFile("report.pdf", b"<html>not a pdf</html>")

    page = lena.post(url("report_attach", open_assessment), {"file": file})

    assert "<title>Error: " in page.text
    assert not AssessorsReport.objects.exists()


def test_a_withdrawn_report_is_not_handed_out(lena, open_assessment):
    file = SimpleUploadedFile("report.txt", b"What we found")
    lena.post(url("report_attach", open_assessment), {"file": file})
    report = AssessorsReport.objects.get()

    lena.post(url("report_withdraw", open_assessment, report.pk))

    address = url("report_download", open_assessment, report.pk)
    assert lena.get(address).status_code == 404


def test_the_usual_steps_are_ticked_one_by_one(lena, open_assessment):
    page = lena.post(url("step_usual", open_assessment), follow=True)
    first = open_assessment.checklist.order_by("pk").first()

    lena.post(url("step_tick", open_assessment, first.pk), {"version": 1, "done": "on"})

    assert "Self-assessment sent" in page.text
    first.refresh_from_db()
    assert first.done_by is not None


def test_a_step_gets_its_date(lena, open_assessment, cast):
    item = add_step(assessment=open_assessment, step=Step("Send"), by=cast.lena)
    date = {"due_on_day": "3", "due_on_month": "4", "due_on_year": "2026"}

    address = url("step_edit", open_assessment, item.pk)
    page = lena.post(address, {"version": 1, "text": "Send it"} | date, follow=True)

    assert "Due 3 April 2026" in page.text
    assert "Overdue" in page.text


def test_a_manager_reads_and_changes_nothing(signed_in, cast, open_assessment):
    mo = signed_in(cast.mo)

    page = mo.get(url("about", open_assessment))

    assert "Attach the report" not in page.text
    assert "No steps yet" in page.text


def test_the_governing_body_does_not_see_the_report(signed_in, cast, open_assessment):
    confirmed(open_assessment, by=cast.cass)

    assert signed_in(cast.vik).get(url("about", open_assessment)).status_code == 403


@pytest.mark.parametrize("page", ["step_edit", "step_tick"])
def test_one_is_told_that_a_step_vanished_under_ones_hands(
    lena, open_assessment, cast, monkeypatch, page
):
    item = add_step(assessment=open_assessment, step=Step("Send"), by=cast.lena)
    ChecklistItem.objects.filter(pk=item.pk).delete()
    monkeypatch.setattr(checklist, "item_or_404", lambda *_: item)

    sent = {"version": 1, "text": "Send it", "done": "on"}
    answer = lena.post(url(page, open_assessment, item.pk), sent, follow=True)

    assert "This was removed meanwhile" in answer.text
