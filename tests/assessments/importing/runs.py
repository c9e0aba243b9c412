"""Imports staged and committed through the services, as a person would."""

from datetime import UTC, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from assessments.import_readings import StagedImport, staged_import
from assessments.importing.plan import YearChoice
from assessments.models import Certification
from assessments.services.annex_import import commit_annex
from assessments.services.annex_staging import AlsoChosen, stage_annex
from cse_tracker.accounts.models import ImportRun, Organisation, User
from tests.assessments.importing.annexes import Draft

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def upload(draft: Draft, name: str = "annex.xlsx") -> SimpleUploadedFile:
    data = draft.as_xlsx() if name.endswith("xlsx") else draft.as_csv()
    return SimpleUploadedFile(name, data)


def stage(draft: Draft, *, organisation: Organisation, by: User) -> ImportRun:
    return stage_annex(organisation=organisation, file=upload(draft), now=NOW, by=by)


def look_at(run: ImportRun) -> StagedImport:
    """What the preview compares."""
    certification = Certification.objects.get(organisation=run.organisation)
    return staged_import(run, certification, now=NOW)


def bring_in(
    run: ImportRun,
    *,
    by: User,
    confirm: bool = False,
    wording: bool = False,
    **changes: Any,
) -> ImportRun:
    """Commit with what is proposed, unless ``choices`` or ``seen`` say otherwise."""
    staged = look_at(run)
    arguments: dict[str, Any] = {
        "choices": staged.choices,
        "seen": staged.fingerprint,
        "also": AlsoChosen(confirm=confirm, wording=wording),
        "now": NOW,
    }
    return commit_annex(run=run, by=by, **(arguments | changes))


def left_out(staged: StagedImport, year: int) -> dict[int, YearChoice]:
    """The proposed choices without one year."""
    choice = staged.choices[year]
    return dict(staged.choices) | {year: YearChoice(include=False, kind=choice.kind)}
