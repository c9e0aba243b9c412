"""The assessor's own report, kept with the assessment as it was received."""

from datetime import datetime
from typing import Any

from django.core.files import File
from django.db import transaction

from assessments.models import Assessment, AssessorsReport
from cse_tracker.accounts.models import User
from cse_tracker.accounts.services.events import record_event
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.stored_files import no_orphans, store_file
from cse_tracker.core.uploads import UploadedKind, safe_name


def attach_report(
    *, assessment: Assessment, file: "File[Any]", kind: UploadedKind, by: User
) -> AssessorsReport:
    """Keep a checked document with the assessment, also after it is confirmed.

    The report often arrives late, and attaching it changes no rating.
    """
    with no_orphans(), transaction.atomic():
        stored = store_file(assessment.organisation.uuid, file)
        report = AssessorsReport.objects.create(
            organisation=assessment.organisation,
            assessment=assessment,
            file=stored.name,
            file_name=safe_name(file.name or ""),
            content_type=kind.media_type,
            sha256=stored.sha256,
            size_bytes=stored.size_bytes,
            added_by=by,
        )
        _record(report, "attached", by)
    return report


@transaction.atomic
def withdraw_report(*, report: AssessorsReport, now: datetime, by: User) -> None:
    """Take the document out of sight; the file stays. A second time says so."""
    written = AssessorsReport.objects.filter(pk=report.pk, withdrawn_at=None).update(
        withdrawn_at=now
    )
    if not written:
        raise RuleBroken("This report was withdrawn already.")
    _record(report, "withdrew", by)


def _record(report: AssessorsReport, verb: str, by: User) -> None:
    record_event(
        by=by,
        verb=verb,
        target=report,
        organisation=report.organisation,
        changes={"sha256": ("", report.sha256)},
        assessment_id=report.assessment_id,
    )
