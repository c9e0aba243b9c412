"""Reviewed, issued and thereby frozen, superseded, withdrawn."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import Result
from assessments.services.assessments import unlock_assessment
from cse_tracker.accounts.models import Event
from cse_tracker.accounts.services.events import record_event
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.jobs import BuildState
from reports.models import Paper
from reports.readings import differences_of, stale_papers, web_content
from reports.services.issuing import (
    discard_paper,
    issue_paper,
    review_paper,
    withdraw_paper,
)
from reports.services.ordering import build_again, order_paper
from tests.reports.conftest import NOW
from tests.waiting import while_uncommitted


@pytest.fixture
def reviewed(built, cast) -> Paper:
    review_paper(paper=built, seen_attempt=built.attempt, now=NOW, by=cast.lena)
    built.refresh_from_db()
    return built


@pytest.fixture
def issued(reviewed, cast) -> Paper:
    issue_paper(paper=reviewed, seen_attempt=reviewed.attempt, now=NOW, by=cast.cass)
    reviewed.refresh_from_db()
    return reviewed


def change_a_rating(assessment, by) -> None:
    """As any service does it: the row and its event."""
    result = Result.objects.get(assessment=assessment, node__ref="4.1.1")
    Result.objects.filter(pk=result.pk).update(
        rating="PC", basis="recorded", carried_from=None
    )
    record_event(
        by=by,
        verb="rated",
        target=result,
        organisation=assessment.organisation,
        assessment_id=assessment.pk,
    )


def test_a_paper_built_after_an_issued_one_says_which_it_is_to_replace(
    issued, cast, build
):
    newer = build(
        order_paper(
            assessment=issued.assessment, kind=issued.kind, now=NOW, by=cast.lena
        )
    )

    edition = "Paper 2, built on 22 November 2026, to replace paper 1"
    assert edition in web_content(newer)


def test_an_issued_paper_says_who_reviewed_and_who_issued_it(issued, cast):
    assert issued.state == Paper.State.ISSUED
    assert (issued.reviewed_by, issued.issued_by) == (cast.lena, cast.cass)
    assert issued.reviewed_at == issued.issued_at == NOW


def test_issuing_puts_the_files_hashes_into_the_log(issued):
    changes = Event.objects.about(issued).first().changes

    for file in issued.files.all():
        assert changes[f"sha256_{file.format}"] == ["", file.sha256]


def test_a_draft_that_nobody_reviewed_is_not_issued(built, cast):
    with pytest.raises(RuleBroken, match="hasn't been reviewed"):
        issue_paper(paper=built, seen_attempt=built.attempt, now=NOW, by=cast.cass)


def test_what_was_built_anew_since_is_neither_reviewed_nor_issued(built, build, cast):
    seen = built.attempt
    build_again(paper=built, now=NOW, by=cast.lena)
    with pytest.raises(RuleBroken, match="isn't built yet"):
        review_paper(paper=built, seen_attempt=seen, now=NOW, by=cast.lena)

    build(built)

    with pytest.raises(RuleBroken, match="built again after you opened it"):
        review_paper(paper=built, seen_attempt=seen, now=NOW, by=cast.lena)


def test_a_paper_whose_figures_are_no_longer_true_is_not_issued(reviewed, cast):
    change_a_rating(reviewed.assessment, cast.lena)

    with pytest.raises(RuleBroken, match="data has changed"):
        issue_paper(
            paper=reviewed, seen_attempt=reviewed.attempt, now=NOW, by=cast.cass
        )


def test_a_paper_about_an_assessment_that_was_unlocked_is_not_issued(reviewed, cast):
    unlock_assessment(
        assessment=reviewed.assessment,
        seen_version=reviewed.assessment.version,
        reason="The report came again.",
        by=cast.cass,
    )

    with pytest.raises(RuleBroken, match="isn't confirmed"):
        issue_paper(
            paper=reviewed, seen_attempt=reviewed.attempt, now=NOW, by=cast.cass
        )


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_an_assessment_that_is_being_unlocked_is_not_issued(reviewed, cast):
    assessment = reviewed.assessment

    with pytest.raises(RuleBroken, match="isn't confirmed"):
        while_uncommitted(
            lambda: unlock_assessment(
                assessment=assessment,
                seen_version=assessment.version,
                reason="The report came again.",
                by=cast.cass,
            ),
            lambda: issue_paper(
                paper=reviewed, seen_attempt=reviewed.attempt, now=NOW, by=cast.cass
            ),
        )


@pytest.mark.postgresql
def test_issuing_keeps_nobody_from_writing_to_the_change_log(reviewed, cast):
    with CaptureQueriesContext(connection) as asked:
        issue_paper(
            paper=reviewed, seen_attempt=reviewed.attempt, now=NOW, by=cast.cass
        )

    locks = [each["sql"] for each in asked if "FOR UPDATE" in each["sql"]]
    assert len(locks) == 3
    assert [sql for sql in locks if "FOR UPDATE OF" not in sql] == []


def test_a_paper_whose_file_was_tampered_with_is_not_issued(reviewed, cast, settings):
    path = Path(settings.MEDIA_ROOT, reviewed.files.first().name)
    path.write_bytes(path.read_bytes() + b" ")

    with pytest.raises(RuleBroken, match="missing or damaged"):
        issue_paper(
            paper=reviewed, seen_attempt=reviewed.attempt, now=NOW, by=cast.cass
        )


def test_issuing_again_supersedes_the_earlier_issue(issued, build, cast):
    change_a_rating(issued.assessment, cast.lena)
    newer = build(
        order_paper(
            assessment=issued.assessment, kind=issued.kind, now=NOW, by=cast.lena
        )
    )
    review_paper(paper=newer, seen_attempt=newer.attempt, now=NOW, by=cast.lena)

    issue_paper(paper=newer, seen_attempt=newer.attempt, now=NOW, by=cast.cass)

    issued.refresh_from_db()
    assert issued.state == Paper.State.SUPERSEDED
    assert list(Paper.objects.issued()) == [newer]


def test_a_later_edit_makes_an_issued_paper_stale_and_says_where(issued, cast):
    assert differences_of(issued) == []
    change_a_rating(issued.assessment, cast.lena)

    [difference] = differences_of(issued)
    assert difference.place == "4.1.1 in 2026"
    assert difference.now == "PC, recorded"
    assert stale_papers(issued.organisation, [issued]) == {issued.pk}


def test_a_later_year_makes_no_earlier_paper_stale(years, cast, build):
    earlier = build(
        order_paper(
            assessment=years[0],
            kind=Paper.Kind.PROGRESSION_ANNEX,
            now=NOW,
            by=cast.lena,
        )
    )

    change_a_rating(years[-1], cast.lena)

    assert stale_papers(earlier.organisation, [earlier]) == set()
    assert differences_of(earlier) == []


def test_withdrawing_an_issued_paper_asks_for_the_reason_and_keeps_it(issued, cast):
    with pytest.raises(RuleBroken, match="reason"):
        withdraw_paper(paper=issued, reason=" ", now=NOW, by=cast.cass)

    withdraw_paper(paper=issued, reason="Wrong year", now=NOW, by=cast.cass)

    issued.refresh_from_db()
    assert (issued.state, issued.withdrawn_at) == (Paper.State.WITHDRAWN, NOW)
    assert Event.objects.about(issued).first().changes["reason"] == ["", "Wrong year"]
    assert issued.files.count() == 3


def test_a_draft_can_be_dropped_but_an_issued_paper_not(built, issued, cast):
    with pytest.raises(RuleBroken, match="issued already"):
        discard_paper(paper=issued, now=NOW, by=cast.lena)


def test_a_dropped_draft_stays_in_the_record(built, cast):
    discard_paper(paper=built, now=NOW, by=cast.lena)

    built.refresh_from_db()
    assert (built.state, built.build_state) == (Paper.State.WITHDRAWN, BuildState.DONE)


def test_a_paper_cannot_be_dropped_while_it_is_being_built(paper, cast):
    with pytest.raises(RuleBroken, match="being built"):
        discard_paper(paper=paper, now=NOW, by=cast.lena)
