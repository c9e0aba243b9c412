"""The preview of an import as its page draws it: years and changes."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessments.forms.imports import ImportYearsForm, YearFields
from assessments.import_readings import StagedImport
from assessments.importing.plan import ImportPlan, PlannedYear
from assessments.models import Assessment
from assessments.ratings import Rating
from cse_tracker.accounts.models import ImportRun
from cse_tracker.core.importing.problems import Problem


@dataclass(frozen=True)
class YearRow:
    """One year: what the form asks, and what would become of it if it is included."""

    fields: YearFields
    planned: PlannedYear | None

    @property
    def outcome(self) -> str:
        """What bringing it in does, in words."""
        if self.planned is None:
            return self.fields.barrier or "Left out"
        words = [
            f"{len(self.planned.created)} new" if self.planned.created else "",
            f"{len(self.planned.changed)} changed" if self.planned.changed else "",
            f"{self.planned.unchanged_count} unchanged"
            if self.planned.unchanged_count
            else "",
        ]
        return ", ".join(filter(None, words)) or "Nothing changes"


@dataclass(frozen=True)
class Undoing:
    """What undoing an import that was brought in would take away or give back."""

    assessments: list[Assessment]
    rating_count: int
    sub_element_count: int
    changed_count: int
    wording_count: int


@dataclass(frozen=True)
class ChangeRow:
    """A rating that the organisation has already and the file would change."""

    year: int
    ref: str
    before: Rating | None
    after: Rating | None
    # "now sampled", "no longer sampled"; empty where only the rating changes.
    note: str


def undoing(run: ImportRun) -> Undoing:
    """What ``undo_import`` would do to the record: one query."""
    written = run.staged["written"]
    made = [pk for pk, _ in written["assessments"]]
    return Undoing(
        assessments=list(Assessment.objects.filter(pk__in=made).in_order()),
        rating_count=len(written["created"]),
        sub_element_count=len(written["sub_elements"]),
        changed_count=len(written["changed"]),
        wording_count=len(written.get("wording", [])),
    )


def year_rows(form: ImportYearsForm, plan: ImportPlan) -> list[YearRow]:
    """The years of the file, oldest first."""
    planned = {year.year.year: year for year in plan.years}
    return [YearRow(row, planned.get(row.year.year)) for row in form.year_fields()]


def change_rows(plan: ImportPlan) -> Iterator[ChangeRow]:
    """Ratings of the record that would change, by year."""
    for year in plan.years:
        for result in year.changed:
            before = result.before
            if before is None:
                continue
            note = ""
            if before.sampled != result.sampled:
                note = "now sampled" if result.sampled else "no longer sampled"
            if before.applicable != result.applicable:
                note = "applies now" if result.applicable else "does not apply"
            yield ChangeRow(
                year.year.year, result.ref, before.rating, result.rating, note
            )


def all_problems(staged: StagedImport, plan: ImportPlan) -> list[Problem]:
    """What reading found, and what comparing the years shows."""
    return [*staged.reading.problems, *plan.problems]
