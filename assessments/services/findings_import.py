"""Bringing staged findings in: all of them, with their responses and ratings, or none."""

import uuid
from datetime import datetime

from django.db import transaction

from assessments.findings_import_readings import StagedFindings, staged_findings
from assessments.models import Assessment, Result
from assessments.services.findings import hold_open
from assessments.services.findings_writing import FindingsWriter
from assessments.services.ratings import RatingEntry, rate_nodes
from cse_tracker.accounts.models import ImportRun, User
from cse_tracker.accounts.services.imports import (
    finish_commit,
    hold_run,
    hold_staged,
)
from cse_tracker.core.errors import RuleBroken

CHANGED_SINCE = (
    "Someone changed these rows or the ratings after you opened this page. Check them again, "
    "then bring them in."
)
NOTHING = "Every row is left out. Take in at least one."


@transaction.atomic
def commit_findings(
    *,
    run: ImportRun,
    seen: str,
    record_ratings: bool,
    mark_sampled: bool = False,
    now: datetime,
    by: User,
) -> ImportRun:
    """Write the included rows and, if asked, the ratings they report; all of it or nothing.

    ``mark_sampled`` also marks the elements that are rated so. ``seen`` is the fingerprint of
    the preview. A second call finds the first one's work done
    and changes nothing. Raises RuleBroken if the assessment is confirmed, a row has no
    element, or something changed since the preview.
    """
    current = hold_run(run)
    if current.state == ImportRun.State.COMMITTED:
        return current
    run = hold_staged(run)
    # Held before anything is read: who rates or comments there holds it as well.
    hold_open(Assessment.objects.get(pk=run.staged["assessment"]))
    staged = staged_findings(run)
    _check(staged, seen)
    batch = uuid.uuid4()
    written = FindingsWriter(staged, batch, by).write()
    if record_ratings:
        written |= _record_ratings(staged, batch, by, mark_sampled=mark_sampled)
    run.staged = {**run.staged, "written": written}
    run.choices = {
        **run.choices,
        "record_ratings": record_ratings,
        "mark_sampled": mark_sampled,
    }
    return finish_commit(
        run,
        batch=batch,
        now=now,
        by=by,
        assessment_id=staged.assessment.pk,
    )


def _check(staged: StagedFindings, seen: str) -> None:
    if staged.fingerprint != seen:
        raise RuleBroken(CHANGED_SINCE)
    if not staged.included:
        raise RuleBroken(NOTHING)
    if staged.barriers:
        listed = ", ".join(map(str, staged.barriers))
        raise RuleBroken(
            f"Put row {listed} right first, or leave it out: it has no element or no words."
        )


def _record_ratings(
    staged: StagedFindings, batch: uuid.UUID, by: User, *, mark_sampled: bool
) -> dict[str, object]:
    """Rate the elements, and keep what undo has to know."""
    marks = mark_sampled and not staged.assessment.examines_everything
    results = {each.ref: staged.results[each.ref] for each in staged.ratings}
    before = {
        result.pk: {
            "rating": result.rating,
            "sampled": result.sampled,
            "basis": result.basis,
            "reason": result.reason,
            "carried_from_id": result.carried_from_id,
        }
        for result in results.values()
    }
    entries = [
        RatingEntry(
            result_id=results[each.ref].pk,
            seen_version=results[each.ref].version,
            rating=each.after,
            sampled=marks or results[each.ref].sampled,
            reason=_reason(results[each.ref], staged, is_sampled=marks),
        )
        for each in staged.ratings
    ]
    rated = rate_nodes(
        assessment=staged.assessment, entries=entries, by=by, batch=batch
    )
    return {
        "ratings": [
            {"id": each.pk, "version": each.version, "before": before[each.pk]}
            for each in rated
        ],
        "state": staged.assessment.state,
    }


def _reason(result: Result, staged: StagedFindings, *, is_sampled: bool) -> str:
    """A rating that changes unsampled says why."""
    if is_sampled or result.sampled or staged.assessment.examines_everything:
        return result.reason
    return result.reason or f"Reported in {staged.run.file_name}"
