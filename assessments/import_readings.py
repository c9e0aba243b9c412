"""What an import is compared with: the organisation's record, as plain data."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from assessments.cycle import CycleRules
from assessments.importing.annex import AnnexReading
from assessments.importing.plan import (
    ExistingResult,
    ExistingYear,
    ImportPlan,
    YearChoice,
    plan_import,
    proposed_choice,
)
from assessments.importing.wording import (
    OfferedWording,
    new_wording,
    wording_fingerprint,
)
from assessments.models import Assessment, Certification, Result
from assessments.ratings import Rating
from assessments.standard_tree import tree_for
from assessments.tree import Tree
from cse_tracker.accounts.models import ImportRun
from cse_tracker.core.dates import local_day


@dataclass(frozen=True)
class StagedImport:
    """A staged annex beside the record it would change."""

    reading: AnnexReading
    tree: Tree
    existing: Mapping[int, ExistingYear]
    choices: Mapping[int, YearChoice]
    this_year: int
    cycle: CycleRules

    @cached_property
    def plan(self) -> ImportPlan:
        """What committing now would do."""
        return plan_import(
            self.reading,
            self.tree,
            choices=self.choices,
            existing=self.existing,
            cycle=self.cycle,
        )

    @cached_property
    def new_wording(self) -> list[OfferedWording]:
        """The elements that the file words otherwise than they are shown."""
        return new_wording(self.reading, self.tree)

    @property
    def fingerprint(self) -> str:
        """Changes whenever a result, the state of an assessment or a shown wording does."""
        years = [
            (year, found.assessment_id, found.is_open, _versions(found))
            for year, found in sorted(self.existing.items())
        ]
        state = (years, wording_fingerprint(self.tree))
        return hashlib.sha256(repr(state).encode()).hexdigest()


def staged_import(
    run: ImportRun, certification: Certification, *, now: datetime
) -> StagedImport:
    """The staged rows with what is known already and what the person chose: few queries."""
    reading = AnnexReading.from_json(run.staged, run.problems)
    existing = existing_years(certification)
    this_year = local_day(now).year
    return StagedImport(
        reading=reading,
        tree=tree_for(run.organisation, certification.standard),
        existing=existing,
        choices=choices_of(run, reading, existing, this_year=this_year),
        this_year=this_year,
        cycle=certification.cycle_rules,
    )


def existing_years(certification: Certification) -> dict[int, ExistingYear]:
    """The assessor's assessments by year; of several in a year the last. Two queries."""
    assessments = Assessment.objects.filter(certification=certification.pk)
    latest = {
        assessment.year: assessment
        for assessment in assessments.by_assessor().in_order()
    }
    results = _results_of(list(latest.values()))
    return {
        year: ExistingYear(
            assessment.pk, assessment.kind, assessment.is_open, results[assessment.pk]
        )
        for year, assessment in latest.items()
    }


def choices_of(
    run: ImportRun,
    reading: AnnexReading,
    existing: Mapping[int, ExistingYear],
    *,
    this_year: int,
) -> dict[int, YearChoice]:
    """What the person chose so far, else what is proposed. An existing year keeps its kind."""
    chosen = {}
    for year in reading.years:
        found = existing.get(year.year)
        proposed = proposed_choice(year, found, this_year=this_year)
        saved = run.choices.get("years", {}).get(str(year.year))
        if saved is None:
            chosen[year.year] = proposed
        else:
            kind = found.kind if found else saved["kind"]
            chosen[year.year] = YearChoice(include=saved["include"], kind=kind)
    return chosen


def _results_of(assessments: list[Assessment]) -> dict[int, dict[str, ExistingResult]]:
    found: dict[int, dict[str, ExistingResult]] = {each.pk: {} for each in assessments}
    rows = Result.objects.filter(assessment__in=list(found)).values_list(
        "assessment_id", "node__ref", "pk", "version", "rating", "sampled", "applicable"
    )
    for assessment_id, ref, pk, version, code, sampled, applicable in rows:
        found[assessment_id][ref] = ExistingResult(
            pk, version, Rating(code) if code else None, sampled, applicable
        )
    return found


def _versions(year: ExistingYear) -> list[tuple[int, int]]:
    return sorted((result.id, result.version) for result in year.results.values())
