"""Findings staged, put right and brought in through the services, as a person would."""

from datetime import UTC, datetime
from typing import Any

from assessments.findings_import_readings import StagedFindings, staged_findings
from assessments.importing.findings.rows import Rows
from assessments.models import Assessment
from assessments.services.findings_import import commit_findings
from assessments.services.findings_staging import edit_rows, stage_findings, word_source
from cse_tracker.accounts.models import ImportRun, User
from tests.assessments.findings_import.documents import upload

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def stage(assessment: Assessment, *, by: User, data: bytes | None = None) -> ImportRun:
    return stage_findings(
        assessment=assessment, source=word_source(upload(data)), by=by
    )


def look_at(run: ImportRun) -> StagedFindings:
    run.refresh_from_db()
    return staged_findings(run)


def put_right(run: ImportRun, edit: Any, *args: Any, by: User, **values: Any) -> Rows:
    """One edit of the rows as they stand."""
    run.refresh_from_db()
    edit_rows(
        run=run,
        seen_version=run.version,
        edit=lambda rows: edit(rows, *args, **values),
        what="Put right",
        by=by,
    )
    return look_at(run).rows


def bring_in(run: ImportRun, *, by: User, ratings: bool = True, **changes: Any):
    arguments: dict[str, Any] = {"record_ratings": ratings, "now": NOW} | changes
    if "seen" not in arguments:
        arguments["seen"] = look_at(run).fingerprint
    return commit_findings(run=run, by=by, **arguments)
