"""Staged findings beside the assessment that they would go into."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from assessments.importing.findings.checks import (
    RowProblem,
    problems_of,
    same_words,
)
from assessments.importing.findings.ratings import ReportedRating, ratings_to_record
from assessments.importing.findings.rows import Rows, rows_from_json
from assessments.models import Assessment, Finding, Result
from assessments.standard_tree import tree_for
from assessments.tree import Tree
from cse_tracker.accounts.models import ImportRun


@dataclass(frozen=True)
class StagedFindings:
    """The rows of a preview, and what the assessment says already."""

    run: ImportRun
    assessment: Assessment
    tree: Tree
    rows: Rows
    # Ref to the comments that stand there, in the words that ``same_words`` gives.
    known: Mapping[str, set[str]]
    results: Mapping[str, Result]

    @cached_property
    def problems(self) -> dict[int, list[RowProblem]]:
        """Problems by the key of the row."""
        return problems_of(self.rows, known=self.known)

    @cached_property
    def ratings(self) -> list[ReportedRating]:
        """Ratings that the rows report and the assessment does not have."""
        current = {ref: each.rating_or_none for ref, each in self.results.items()}
        return ratings_to_record(self.rows, current)

    @property
    def included(self) -> Rows:
        return tuple(row for row in self.rows if row.is_included)

    @property
    def barriers(self) -> list[int]:
        """Numbers, from 1, of the rows that have to be put right first."""
        return [
            number
            for number, row in enumerate(self.rows, start=1)
            if any(problem.is_barrier for problem in self.problems[row.key])
        ]

    @property
    def fingerprint(self) -> str:
        """Changes whenever a row does, or a rating that would be recorded."""
        state = (self.run.version, self.ratings)
        return hashlib.sha256(repr(state).encode()).hexdigest()


def staged_findings(run: ImportRun) -> StagedFindings:
    """What waits in the preview, and its assessment as it stands: few queries."""
    assessment = Assessment.objects.select_related(
        "organisation", "certification__standard"
    ).get(pk=run.staged["assessment"], organisation=run.organisation)
    return StagedFindings(
        run=run,
        assessment=assessment,
        tree=tree_for(run.organisation, assessment.certification.standard),
        rows=rows_from_json(run.choices["rows"]),
        known=_known_comments(assessment),
        results=_ratable_results(assessment),
    )


def brought_in_responses(assessment: Assessment) -> set[int]:
    """The responses that came from a report, by id; also those changed since."""
    runs = ImportRun.objects.filter(
        organisation=assessment.organisation,
        state=ImportRun.State.COMMITTED,
        staged__assessment=assessment.pk,
    )
    written = runs.values_list("staged__written__responses", flat=True)
    return {key for responses in written for key, _ in responses or []}


def _known_comments(assessment: Assessment) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    standing = Finding.objects.standing().filter(finding_set=assessment.finding_set_id)
    for ref, comment in standing.values_list("node__ref", "comment"):
        found.setdefault(ref or "", set()).add(same_words(comment))
    return found


def _ratable_results(assessment: Assessment) -> dict[str, Result]:
    rows = assessment.results.filter(applicable=True).select_related("node")
    return {row.node.ref: row for row in rows}
