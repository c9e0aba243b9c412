"""Bringing a staged annex in: all its years or none."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from assessments.import_readings import StagedImport, staged_import
from assessments.importing.doubts import is_possible
from assessments.importing.plan import YearChoice
from assessments.services.annex_staging import AlsoChosen, choices_to_json
from assessments.services.annex_wording import write_adopted
from assessments.services.annex_writing import AnnexWriter
from assessments.services.certifications import certification_of
from cse_tracker.accounts.models import ImportRun, User
from cse_tracker.accounts.services.imports import finish_commit, hold_staged
from cse_tracker.accounts.services.organisations import lock_organisation
from cse_tracker.core.errors import Conflict, RuleBroken

CHOOSE_A_YEAR = "Select at least one year to bring in."
CHANGED_SINCE = (
    "Someone changed ratings or wording after you opened this preview. Check it again "
    "below, then bring the years in."
)


@transaction.atomic
def commit_annex(
    *,
    run: ImportRun,
    choices: Mapping[int, YearChoice],
    seen: str,
    also: AlsoChosen,
    now: datetime,
    by: User,
) -> ImportRun:
    """Write the included years: all of them or, if anything stands in the way, nothing.

    ``seen`` is the fingerprint of the record that the preview compared with. A second call
    finds the first one's work done and changes nothing. Raises RuleBroken without a year, for
    a confirmed one, or if the record changed since the preview.
    """
    organisation = lock_organisation(run.organisation)
    current = ImportRun.objects.get(pk=run.pk)
    if current.state == ImportRun.State.COMMITTED:
        return current
    run = hold_staged(run)
    run.choices = choices_to_json(choices, also)
    certification = certification_of(organisation=organisation)
    staged = staged_import(run, certification, now=now)
    _check(staged, seen)
    writer = AnnexWriter(certification, staged, now if also.confirm else None, by)
    run.staged |= {"written": _write(writer, run, also, by)}
    # What only the comparison of the years showed is said afterwards too.
    run.problems += [problem.to_json() for problem in writer.plan.problems]
    return finish_commit(
        run,
        batch=writer.batch,
        now=now,
        by=by,
        changes={"choices": ({}, run.choices)},
    )


def _write(
    writer: AnnexWriter, run: ImportRun, also: AlsoChosen, by: User
) -> dict[str, Any]:
    """Write the years and, if asked, the wording; what undo has to know of both."""
    try:
        written = writer.write()
    except Conflict as conflict:
        raise RuleBroken(CHANGED_SINCE) from conflict
    if also.wording:
        written["wording"] = write_adopted(
            run, writer.certification, batch=writer.batch, by=by
        )
    return written


def _check(staged: StagedImport, seen: str) -> None:
    if staged.fingerprint != seen:
        raise RuleBroken(CHANGED_SINCE)
    years = staged.plan.years
    if not years:
        raise RuleBroken(CHOOSE_A_YEAR)
    locked = [str(y.year.year) for y in years if y.existing and not y.existing.is_open]
    if locked:
        raise RuleBroken(
            f"{', '.join(locked)} is confirmed. Leave it out, or ask an approver to unlock it."
        )
    wrong = [
        y.year.year for y in years if not is_possible(y.year.year, staged.this_year)
    ]
    if wrong:
        raise RuleBroken(f"{wrong[0]} can't be right. Correct its heading in the file.")
