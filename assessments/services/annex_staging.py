"""An annex file from upload to its preview: read, kept, and chosen from."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from django.core.files import File
from django.db import transaction

from assessments.importing.annex import AnnexReading
from assessments.importing.plan import YearChoice
from assessments.importing.reading import read_annex_or_none
from assessments.services.certifications import certification_of
from assessments.standard_tree import tree_for
from cse_tracker.accounts.models import ImportRun, Organisation, User
from cse_tracker.accounts.services.events import record_event
from cse_tracker.accounts.services.imports import hold_staged, keep_upload
from cse_tracker.core.dates import local_day
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.stored_files import no_orphans
from cse_tracker.core.tables.reading import read_tables

ANNEX = "annex"
NO_ANNEX = (
    "No sheet of this file has a row of headings with years and a column of refs such as "
    "1.1.1. Choose the file that holds your progression annex."
)


def stage_annex(
    *, organisation: Organisation, file: "File[Any]", now: datetime, by: User
) -> ImportRun:
    """Read an annex file and keep it, with all that it says, for a preview.

    Nothing of the record changes. Raises RuleBroken, in words for the person, if the file
    can't be read or holds no annex.
    """
    with no_orphans(), transaction.atomic():
        reading = _read(organisation, file, now)
        return keep_upload(
            organisation=organisation,
            kind=ANNEX,
            file=file,
            staged=reading.to_json(),
            problems=[problem.to_json() for problem in reading.problems],
            by=by,
        )


@dataclass(frozen=True, slots=True)
class AlsoChosen:
    """What a person ticked besides the years: to confirm them, to adopt the file's wording."""

    confirm: bool = False
    wording: bool = False


@transaction.atomic
def choose_years(
    *,
    run: ImportRun,
    choices: Mapping[int, YearChoice],
    also: AlsoChosen,
    by: User,
) -> ImportRun:
    """Keep what the person chose, so that the preview shows what would come of it."""
    run = hold_staged(run)
    before = run.choices
    run.choices = choices_to_json(choices, also)
    run.version += 1
    run.save(update_fields=["choices", "version"])
    record_event(
        by=by,
        verb="chose years",
        target=run,
        organisation=run.organisation,
        changes={"choices": (before, run.choices)},
    )
    return run


def also_chosen(run: ImportRun) -> AlsoChosen:
    """What the person ticked besides the years so far."""
    names = [field.name for field in fields(AlsoChosen)]
    return AlsoChosen(**{name: bool(run.choices.get(name)) for name in names})


def choices_to_json(
    choices: Mapping[int, YearChoice], also: AlsoChosen
) -> dict[str, Any]:
    """As ``ImportRun.choices`` keeps them: years by number, and what else was ticked."""
    years = {
        str(year): {"include": choice.include, "kind": choice.kind}
        for year, choice in choices.items()
    }
    return {"years": years, **asdict(also)}


def _read(organisation: Organisation, file: "File[Any]", now: datetime) -> AnnexReading:
    certification = certification_of(organisation=organisation)
    reading = read_annex_or_none(
        read_tables(file),
        tree_for(organisation, certification.standard),
        this_year=local_day(now).year,
    )
    if reading is None:
        raise RuleBroken(NO_ANNEX)
    file.seek(0)
    return reading
