"""Writing staged findings and their responses: few queries, and a trace for undo."""

import uuid
from typing import Any

from django.db.models import Max, Model

from assessments.findings_import_readings import StagedFindings
from assessments.importing.findings.pointers import answering_or_none
from assessments.importing.findings.rows import FindingRow
from assessments.models import Finding, FindingResponse, Response
from cse_tracker.accounts.models import User
from cse_tracker.accounts.services.events import Changes, EventDraft, record_events
from cse_tracker.accounts.verbs import BROUGHT_IN


class FindingsWriter:
    """Writes the included rows of one preview. Call inside a transaction, assessment locked."""

    def __init__(self, staged: StagedFindings, batch: uuid.UUID, by: User) -> None:
        self.staged = staged
        self.by_key = {row.key: row for row in staged.rows}
        self.assessment = staged.assessment
        self.batch = batch
        self.by = by
        self.findings: dict[int, Finding] = {}
        self.drafts: list[EventDraft] = []

    def write(self) -> dict[str, Any]:
        """Write everything; return, as JSON can keep it, what undo has to know."""
        self._write_findings()
        responses = self._write_responses()
        links = self._write_links(responses)
        record_events(
            self.drafts,
            by=self.by,
            verb=BROUGHT_IN,
            organisation=self.assessment.organisation,
            batch=self.batch,
        )
        return {
            "findings": [[each.pk, each.version] for each in self.findings.values()],
            "responses": [[each.pk, each.version] for each in responses.values()],
            "links": [each.pk for each in links],
        }

    def _write_findings(self) -> None:
        """Each after those that its element has already."""
        orders = self._last_orders()
        rows: list[Finding] = []
        for row in self.staged.included:
            node_id = self._node_id(row)
            orders[node_id] = orders.get(node_id, 0) + 1
            rows.append(
                Finding(
                    organisation=self.assessment.organisation,
                    finding_set_id=self.assessment.finding_set_id,
                    node_id=node_id,
                    kind=row.kind,
                    comment=row.comment,
                    order=orders[node_id],
                )
            )
        made = Finding.objects.bulk_create(rows)
        self.findings = {
            row.key: finding
            for row, finding in zip(self.staged.included, made, strict=True)
        }
        for finding in made:
            changes = {"kind": ("", finding.kind), "comment": ("", finding.comment)}
            self._log(finding, changes, finding.node_id)

    def _write_responses(self) -> dict[int, Response]:
        """The responses of rows that have words of their own, by the key of the row."""
        own = [
            row
            for row in self.staged.included
            if row.response and self._answering(row) is None
        ]
        made = Response.objects.bulk_create(
            Response(organisation=self.assessment.organisation, text=row.response)
            for row in own
        )
        return {row.key: response for row, response in zip(own, made, strict=True)}

    def _write_links(self, responses: dict[int, Response]) -> list[FindingResponse]:
        links: list[FindingResponse] = []
        answered: dict[int, list[Finding]] = {key: [] for key in responses}
        for row in self.staged.included:
            owner = self._answering(row) or row
            if owner.key in responses:
                answered[owner.key].append(self.findings[row.key])
        for key, findings in answered.items():
            links += [self._link(responses[key], finding) for finding in findings]
            self._log_response(responses[key], findings)
        return FindingResponse.objects.bulk_create(links)

    def _answering(self, row: FindingRow) -> FindingRow | None:
        """The row whose response this one shares."""
        return answering_or_none(self.by_key, row)

    def _link(self, response: Response, finding: Finding) -> FindingResponse:
        return FindingResponse(
            organisation=self.assessment.organisation,
            finding=finding,
            response=response,
            order=1,
        )

    def _log_response(self, response: Response, findings: list[Finding]) -> None:
        """One event for each element concerned, so that each history shows it."""
        changes = {
            "text": ("", response.text),
            "findings": ([], sorted(finding.pk for finding in findings)),
        }
        for node_id in dict.fromkeys(finding.node_id for finding in findings):
            self._log(response, changes, node_id)

    def _log(self, target: Model, changes: Changes, node_id: int | None) -> None:
        self.drafts.append(EventDraft(target, changes, self.assessment.pk, node_id))

    def _node_id(self, row: FindingRow) -> int | None:
        node = self.staged.tree.by_ref.get(row.ref)
        return node.id if node else None

    def _last_orders(self) -> dict[int | None, int]:
        rows = (
            Finding.objects.filter(finding_set=self.assessment.finding_set_id)
            .values_list("node_id")
            .annotate(last=Max("order"))
        )
        return {node_id: last or 0 for node_id, last in rows}
