"""Findings from a report, from upload or paste to their preview: read, kept, put right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction

from assessments.importing.findings.edits import NoSuchRow
from assessments.importing.findings.reading import FindingsReading, read_findings
from assessments.importing.findings.rows import Rows, rows_from_json, rows_to_json
from assessments.models import Assessment
from assessments.services.findings import hold_open
from assessments.standard_tree import tree_for
from cse_tracker.accounts.models import ImportRun, Organisation, User
from cse_tracker.accounts.services.events import record_event
from cse_tracker.accounts.services.imports import hold_staged, keep_upload
from cse_tracker.core.errors import Clash, Conflict, RuleBroken
from cse_tracker.core.stored_files import no_orphans
from cse_tracker.core.text_tables.limits import MAX_FILE_BYTES
from cse_tracker.core.text_tables.pasted import read_html, read_tabbed
from cse_tracker.core.text_tables.tables import TextTable
from cse_tracker.core.text_tables.word import read_word
from cse_tracker.core.uploads import UploadedKind, check_upload

FINDINGS = "findings"
PASTED = "Pasted table"
NO_FINDINGS = (
    "No table in it has a column of comments. Give the columns headings such as “Ref”, "
    "“Assessor comments” and “Response”, then bring it in again."
)
NO_SUCH_ROW = "This row is not there any more. Look at the rows as they are now."


@dataclass(frozen=True)
class Source:
    """What somebody brought: its tables, and the file that is kept of it."""

    tables: Sequence[TextTable]
    file: "File[Any]"


def word_source(file: "File[Any]") -> Source:
    """An uploaded Word document. Raises RuleBroken if it can't be read."""
    check_upload(file, allowed={UploadedKind.DOCX}, max_bytes=MAX_FILE_BYTES)
    tables = read_word(bytes(file.read()))
    file.seek(0)
    return Source(tables, file)


def pasted_source(*, html: str, text: str) -> Source:
    """What was pasted: as HTML where the browser passed that on. Raises RuleBroken."""
    tables = read_html(html) if html else read_tabbed(text)
    return Source(tables, ContentFile((html or text).encode(), name=PASTED))


def stage_findings(*, assessment: Assessment, source: Source, by: User) -> ImportRun:
    """Read findings for an open assessment and keep them for a preview.

    Nothing of the record changes. Raises RuleBroken, in words for the person, if no table
    holds findings or the assessment is confirmed.
    """
    with no_orphans(), transaction.atomic():
        assessment = hold_open(assessment)
        organisation = assessment.organisation
        reading = _read(organisation, assessment, source)
        return keep_upload(
            organisation=organisation,
            kind=FINDINGS,
            file=source.file,
            staged={"assessment": assessment.pk},
            problems=list(reading.notices),
            choices={"rows": rows_to_json(reading.rows)},
            by=by,
            assessment_id=assessment.pk,
        )


@transaction.atomic
def edit_rows(
    *,
    run: ImportRun,
    seen_version: int,
    edit: Callable[[Rows], Rows],
    what: str,
    by: User,
) -> ImportRun:
    """Put the rows of a preview right; ``what`` says in the change log what was done.

    Raises RuleBroken if the import is no longer waiting or the edit can't be made, Conflict
    if somebody else edited the rows since they were seen.
    """
    run = hold_staged(run)
    if run.version != seen_version:
        raise Conflict([Clash(run, {})])
    rows = rows_from_json(run.choices["rows"])
    try:
        edited = edit(rows)
    except NoSuchRow as missing:
        raise RuleBroken(NO_SUCH_ROW) from missing
    except ValueError as empty:
        raise RuleBroken("Both rows must hold something.") from empty
    if edited == rows:
        return run
    run.choices = {**run.choices, "rows": rows_to_json(edited)}
    run.version += 1
    run.save(update_fields=["choices", "version"])
    record_event(
        by=by,
        verb="edited",
        target=run,
        organisation=run.organisation,
        changes={"rows": ("", what)},
        assessment_id=run.staged["assessment"],
    )
    return run


def _read(
    organisation: Organisation, assessment: Assessment, source: Source
) -> FindingsReading:
    standard = assessment.certification.standard
    reading = read_findings(source.tables, tree_for(organisation, standard))
    if not reading.rows:
        raise RuleBroken(NO_FINDINGS)
    return reading
