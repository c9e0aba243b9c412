"""An action plan from upload or paste to its preview: read and kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction

from actions.importing.reading import read_plan_or_none
from assessments.services.certifications import certification_of
from assessments.standard_tree import tree_for
from cse_tracker.accounts.models import ImportRun, Organisation, User
from cse_tracker.accounts.services.imports import keep_upload
from cse_tracker.core.dates import local_day
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.stored_files import no_orphans
from cse_tracker.core.tables.delimited import read_delimited
from cse_tracker.core.tables.reading import read_tables
from cse_tracker.core.tables.sheets import Sheet

PLAN = "plan"
PASTED = "Pasted plan"
NO_PLAN = (
    "No table in it has an action under a row of headings. Give the columns headings such as "
    "“Action”, “Owner” and “Due date”, then bring it in again."
)


@dataclass(frozen=True)
class Source:
    """What somebody brought: its tables, and the file that is kept of it."""

    sheets: Sequence[Sheet]
    file: "File[Any]"


def plan_file(file: "File[Any]") -> Source:
    """An uploaded spreadsheet. Raises RuleBroken if it can't be read."""
    sheets = read_tables(file)
    file.seek(0)
    return Source(sheets, file)


def pasted_plan(text: str) -> Source:
    """A table as programs put it on the clipboard: cells apart by tabs. Raises RuleBroken."""
    data = text.encode()
    return Source([read_delimited(data, name="")], ContentFile(data, name=PASTED))


def stage_plan(
    *, organisation: Organisation, source: Source, now: datetime, by: User
) -> ImportRun:
    """Keep a plan, with all that it says, for a preview.

    Nothing of the record changes. Raises RuleBroken, in words for the person, if no table
    holds a plan.
    """
    with no_orphans(), transaction.atomic():
        certification = certification_of(organisation=organisation)
        tree = tree_for(organisation, certification.standard)
        reading = read_plan_or_none(source.sheets, tree, today=local_day(now))
        if reading is None:
            raise RuleBroken(NO_PLAN)
        return keep_upload(
            organisation=organisation,
            kind=PLAN,
            file=source.file,
            staged=reading.to_json(),
            problems=[problem.to_json() for problem in reading.problems],
            by=by,
        )
