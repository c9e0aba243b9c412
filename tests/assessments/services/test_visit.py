from datetime import UTC, date, datetime

import pytest
from django.core.files.base import ContentFile

from assessments.models import AssessorsReport, ChecklistItem
from assessments.services.checklists import (
    READY_MADE,
    Step,
    add_ready_made_steps,
    add_step,
    edit_step,
    remove_step,
    tick_step,
)
from assessments.services.narratives import UNWRITTEN, write_narrative
from assessments.services.reports import attach_report, withdraw_report
from assessments.standard_tree import shared_tree
from cse_tracker.accounts.models import Event
from cse_tracker.core.errors import Conflict, RuleBroken
from cse_tracker.core.uploads import UploadedKind
from tests.factories import confirmed

NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
DAY = date(2026, 11, 3)


@pytest.fixture
def insight(open_assessment):
    return shared_tree(open_assessment.certification.standard).by_ref["1"]


def write(assessment, criterion, text, by, seen=UNWRITTEN):
    return write_narrative(
        assessment=assessment, criterion=criterion, seen_version=seen, text=text, by=by
    )


def test_a_narrative_is_written_and_rewritten(open_assessment, insight, cast):
    write(open_assessment, insight, "Strong insight.", cast.lena)

    saved = write(open_assessment, insight, "Very strong.", cast.lena, seen=1)

    assert (saved.text, saved.version) == ("Very strong.", 2)
    event = Event.objects.about(saved).first()
    assert event.changes["text"] == ["Strong insight.", "Very strong."]
    assert event.node_id == insight.id


def test_the_second_to_write_a_first_narrative_is_told(open_assessment, insight, cast):
    write(open_assessment, insight, "Lena's", cast.lena)

    with pytest.raises(Conflict) as refusal:
        write(open_assessment, insight, "Mo's", cast.mo)

    assert refusal.value.clashes[0].current.text == "Lena's"


def test_a_version_that_never_was_counts_as_none(open_assessment, insight, cast):
    saved = write(open_assessment, insight, "Strong insight.", cast.lena, seen=7)

    assert (saved.text, saved.version) == ("Strong insight.", 1)


def test_a_newer_narrative_is_not_overwritten_unseen(open_assessment, insight, cast):
    write(open_assessment, insight, "One", cast.lena)
    write(open_assessment, insight, "Two", cast.mo, seen=1)

    with pytest.raises(Conflict):
        write(open_assessment, insight, "Three", cast.lena, seen=1)


def test_a_confirmed_assessments_narratives_are_locked(open_assessment, insight, cast):
    locked = confirmed(open_assessment, by=cast.cass)

    with pytest.raises(RuleBroken, match="was confirmed on"):
        write(locked, insight, "Late", cast.lena)


def attach(assessment, by):
    file = ContentFile(b"The report", name="C:\\reports\\Report 2026.txt")
    return attach_report(
        assessment=assessment, file=file, kind=UploadedKind.TEXT, by=by
    )


def test_the_report_is_kept_under_a_random_name_with_its_hash(open_assessment, cast):
    report = attach(open_assessment, cast.lena)

    assert "Report" not in report.file.name
    assert report.file_name.endswith("Report 2026.txt")
    assert len(report.sha256) == 64


def test_a_report_may_arrive_after_confirming(open_assessment, cast):
    locked = confirmed(open_assessment, by=cast.cass)

    attach(locked, cast.lena)

    assert AssessorsReport.objects.filter(assessment=locked).exists()


def test_a_report_is_withdrawn_once(open_assessment, cast):
    report = attach(open_assessment, cast.lena)
    withdraw_report(report=report, now=NOW, by=cast.lena)

    with pytest.raises(RuleBroken, match="withdrawn already"):
        withdraw_report(report=report, now=NOW, by=cast.lena)


def test_the_usual_steps_come_once(open_assessment, cast):
    add_ready_made_steps(assessment=open_assessment, by=cast.lena)

    with pytest.raises(RuleBroken, match="checklist already"):
        add_ready_made_steps(assessment=open_assessment, by=cast.lena)

    assert list(open_assessment.checklist.order_by("order")) == list(
        open_assessment.checklist.all()
    )
    assert open_assessment.checklist.count() == len(READY_MADE)


def test_steps_stand_by_date_with_the_undated_last(open_assessment, cast):
    add_step(assessment=open_assessment, step=Step("No date"), by=cast.lena)
    add_step(assessment=open_assessment, step=Step("Later", DAY), by=cast.lena)

    words = [str(item) for item in open_assessment.checklist.in_order()]

    assert words == ["Later", "No date"]


def test_a_tick_says_who_and_when_and_can_be_taken_back(open_assessment, cast):
    item = add_step(assessment=open_assessment, step=Step("Send"), by=cast.lena)

    ticked = tick_step(item=item, seen_version=1, on=DAY, by=cast.mo)
    untick = tick_step(item=ticked, seen_version=2, on=None, by=cast.mo)

    assert (ticked.done_on, ticked.done_by) == (DAY, cast.mo)
    assert (untick.done_on, untick.done_by) == (None, None)


def test_a_step_that_somebody_changed_is_not_overwritten(open_assessment, cast):
    item = add_step(assessment=open_assessment, step=Step("Send"), by=cast.lena)
    edit_step(item=item, seen_version=1, step=Step("Send it"), by=cast.mo)

    with pytest.raises(Conflict):
        edit_step(item=item, seen_version=1, step=Step("Post it"), by=cast.lena)


def test_the_change_log_keeps_the_words_of_a_removed_step(open_assessment, cast):
    item = add_step(assessment=open_assessment, step=Step("Send"), by=cast.lena)

    remove_step(item=item, by=cast.lena)

    assert not ChecklistItem.objects.exists()
    assert Event.objects.filter(verb="removed", target_label="Send").exists()


def test_a_step_that_is_gone_takes_no_tick_and_no_words(open_assessment, cast):
    item = add_step(assessment=open_assessment, step=Step("Book a room"), by=cast.lena)
    ChecklistItem.objects.filter(pk=item.pk).delete()

    with pytest.raises(RuleBroken, match="removed meanwhile"):
        tick_step(item=item, seen_version=item.version, on=DAY, by=cast.lena)
    with pytest.raises(RuleBroken, match="removed meanwhile"):
        edit_step(
            item=item, seen_version=item.version, step=Step("Two rooms"), by=cast.lena
        )
