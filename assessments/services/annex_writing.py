"""Writing a plan of years: few queries for any number of rows, and a trace for undo."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Model

from assessments.import_readings import StagedImport
from assessments.importing.annex import Line
from assessments.importing.plan import PlannedResult, PlannedYear
from assessments.models import (
    Assessment,
    Certification,
    FindingSet,
    Result,
    StandardNode,
)
from assessments.services.assessments import free_slug
from assessments.services.sub_elements import title_of
from assessments.tree import Kind
from cse_tracker.accounts.models import User
from cse_tracker.accounts.services.events import (
    Changes,
    EventDraft,
    changes_to,
    record_events,
)
from cse_tracker.accounts.verbs import BROUGHT_IN
from cse_tracker.core.locking import lock_unchanged

LOGGED_FIELDS = ["rating", "sampled", "applicable", "basis"]
STATE_FIELDS = ["state", "confirmed_at", "confirmed_by"]
WRITTEN_FIELDS = [*LOGGED_FIELDS, "carried_from"]


class AnnexWriter:
    """Writes the included years of one staged annex. Call inside a transaction.

    ``confirm_at`` None leaves the years in progress.
    """

    def __init__(
        self,
        certification: Certification,
        staged: StagedImport,
        confirm_at: datetime | None,
        by: User,
    ) -> None:
        self.certification = certification
        self.organisation = certification.organisation
        self.existing = staged.existing
        self.plan = staged.plan
        self.confirm_at = confirm_at
        self.by = by
        self.batch = uuid.uuid4()
        self.nodes = {
            node.ref: node
            for node in certification.standard.nodes.filter(organisation=None)
            | certification.standard.nodes.filter(organisation=self.organisation)
        }
        self.assessments: dict[int, Assessment] = {}
        self.created: dict[tuple[str, int], Result] = {}
        self.drafts: list[EventDraft] = []

    def write(self) -> dict[str, Any]:
        """Write everything; return, as JSON can keep it, what undo has to know."""
        sub_elements = self._write_sub_elements(self.plan.new_sub_elements)
        moved = self._move_existing()
        new = self._write_assessments()
        changed: list[dict[str, Any]] = []
        for year in self.plan.years:
            self._write_created(year)
            changed += self._write_changed(year)
        record_events(
            self.drafts,
            by=self.by,
            verb=BROUGHT_IN,
            organisation=self.organisation,
            batch=self.batch,
        )
        return {
            "sub_elements": [[node.pk, node.statement] for node in sub_elements],
            "assessments": [[each.pk, each.version] for each in new],
            "finding_sets": [each.finding_set_id for each in new],
            "created": [[each.pk, each.version] for each in self.created.values()],
            "changed": changed,
            "moved": moved,
        }

    def _write_sub_elements(self, lines: Iterable[Line]) -> list[StandardNode]:
        made = StandardNode.objects.bulk_create(
            self._sub_element(line) for line in lines
        )
        self.nodes |= {node.ref: node for node in made}
        for node in made:
            self._log(node, {"statement": ("", node.statement)}, node_id=node.pk)
        return made

    def _sub_element(self, line: Line) -> StandardNode:
        statement = line.text or f"Sub-element {line.ref}"
        return StandardNode(
            standard=self.certification.standard,
            organisation=self.organisation,
            parent=self.nodes[line.ref.rpartition(".")[0]],
            kind=Kind.SUB_ELEMENT.value,
            ref=line.ref,
            title=title_of(statement),
            statement=statement,
        )

    def _move_existing(self) -> list[dict[str, Any]]:
        """Hold the assessments that exist; a planned one is in progress now, or confirmed."""
        years = {
            planned.existing.assessment_id: planned
            for planned in self.plan.years
            if planned.existing
        }
        held = Assessment.objects.select_for_update(of=("self",)).filter(pk__in=years)
        trace: list[dict[str, Any]] = []
        moved: list[Assessment] = []
        for assessment in held.order_by("pk"):
            assessment.check_open()
            self.assessments[assessment.year] = assessment
            before = assessment.state
            self._settle(assessment, years[assessment.pk])
            if assessment.state != before:
                assessment.version += 1
                moved.append(assessment)
                self._log(assessment, {"state": (before, assessment.state)}, assessment)
                trace.append(
                    {
                        "id": assessment.pk,
                        "version": assessment.version,
                        "state": before,
                    }
                )
        Assessment.objects.bulk_update(moved, [*STATE_FIELDS, "version"])
        return trace

    def _settle(self, assessment: Assessment, planned: PlannedYear) -> None:
        if self.confirm_at is not None and planned.counts.rated:
            assessment.state = Assessment.State.CONFIRMED
            assessment.confirmed_at = self.confirm_at
            assessment.confirmed_by = self.by
        elif assessment.state == Assessment.State.PLANNED:
            assessment.state = Assessment.State.IN_PROGRESS

    def _write_assessments(self) -> list[Assessment]:
        new = [planned for planned in self.plan.years if planned.existing is None]
        sets = FindingSet.objects.bulk_create(
            FindingSet(organisation=self.organisation) for _ in new
        )
        rows = [self._assessment(*pair) for pair in zip(new, sets, strict=True)]
        made = Assessment.objects.bulk_create(rows)
        for assessment in made:
            self.assessments[assessment.year] = assessment
            self._log(assessment, {"state": ("", assessment.state)}, assessment)
        return made

    def _assessment(self, planned: PlannedYear, finding_set: FindingSet) -> Assessment:
        year = planned.year
        assessment = Assessment(
            organisation=self.organisation,
            certification=self.certification,
            finding_set=finding_set,
            slug=free_slug(self.certification, year.year, planned.kind),
            year=year.year,
            kind=planned.kind,
            visit_code=year.visit_code,
        )
        self._settle(assessment, planned)
        return assessment

    def _write_created(self, planned: PlannedYear) -> None:
        """Older years come first, so that a carried rating finds its source."""
        year = planned.year.year
        made = Result.objects.bulk_create(
            self._fill(Result(**self._identity(result, year)), result)
            for result in planned.created
        )
        for result in made:
            self.created[result.node.ref, year] = result
            if changes := _differences(Result(), result):
                self._log(result, changes, result.assessment, result.node_id)

    def _identity(self, planned: PlannedResult, year: int) -> dict[str, Any]:
        return {
            "organisation": self.organisation,
            "assessment": self.assessments[year],
            "node": self.nodes[planned.ref],
        }

    def _write_changed(self, planned: PlannedYear) -> list[dict[str, Any]]:
        wanted = {each.before.id: each for each in planned.changed if each.before}
        if not wanted:
            return []
        assessment = self.assessments[planned.year.year]
        seen = {pk: each.before.version for pk, each in wanted.items() if each.before}
        rows = lock_unchanged(assessment.results.select_related("node"), seen, {})
        trace = []
        for row in rows:
            before = {name: getattr(row, name) for name in LOGGED_FIELDS}
            before["carried_from_id"] = row.carried_from_id
            old = Result(**before)
            self._fill(row, wanted[row.pk])
            row.version += 1
            row.assessment = assessment
            self._log(row, _differences(old, row), assessment, row.node_id)
            trace.append({"id": row.pk, "version": row.version, "before": before})
        Result.objects.bulk_update(rows, [*WRITTEN_FIELDS, "version"])
        return trace

    def _fill(self, row: Result, planned: PlannedResult) -> Result:
        row.rating = planned.rating.value if planned.rating else ""
        row.sampled = planned.sampled
        row.applicable = planned.applicable
        row.basis = planned.basis.value
        row.carried_from_id = self._source_id(planned)
        return row

    def _source_id(self, planned: PlannedResult) -> int | None:
        if planned.source_year is None:
            return None
        made = self.created.get((planned.ref, planned.source_year))
        if made is not None:
            return made.pk
        return self.existing[planned.source_year].results[planned.ref].id

    def _log(
        self,
        target: Model,
        changes: Changes,
        assessment: Assessment | None = None,
        node_id: int | None = None,
    ) -> None:
        assessment_id = assessment.pk if assessment else None
        self.drafts.append(EventDraft(target, changes, assessment_id, node_id))


def _differences(before: Result, after: Result) -> Changes:
    return changes_to(before, {name: getattr(after, name) for name in LOGGED_FIELDS})
