"""Putting together what an appendix says from what was read of the record."""

from collections.abc import Iterable, Iterator, Sequence

from actions.models import Action
from assessments.finding_readings import pointed_at
from assessments.models import Assessment, Finding, Response
from assessments.ratings import Rating
from assessments.response_references import pointer_in
from assessments.tree import Node, ref_key
from reports.appendix.facts import (
    Answer,
    AppendixFacts,
    PlannedAction,
    Point,
    Subject,
)
from reports.appendix_record import Record, is_carried_partial, read_record
from reports.facts import assessment_facts
from reports.models import Paper
from reports.options import PaperOptions

COMPLIANCE, IMPROVEMENT = Finding.Kind.COMPLIANCE, Finding.Kind.IMPROVEMENT


def kinds_printed(options: PaperOptions) -> list[Finding.Kind]:
    """Which findings an appendix prints."""
    return [COMPLIANCE, IMPROVEMENT] if options.with_improvements else [COMPLIANCE]


def collect_appendices(papers: Sequence[Paper]) -> dict[int, AppendixFacts]:
    """The facts of these appendices of one organisation, by paper id.

    The number of queries doesn't grow with the papers.
    """
    if not papers:
        return {}
    record = read_record(papers[0].organisation, papers)
    return {paper.pk: _facts(record, paper) for paper in papers}


def _facts(record: Record, paper: Paper) -> AppendixFacts:
    collector = _Collector(record, paper.its_assessment, paper.options)
    return AppendixFacts(
        **assessment_facts(paper.its_assessment),
        options=paper.options,
        partials=tuple(collector.partials()),
        improvements=tuple(collector.improvements())
        if paper.options.with_improvements
        else (),
    )


class _Collector:
    """Puts together the facts of one paper."""

    def __init__(
        self, record: Record, assessment: Assessment, options: PaperOptions
    ) -> None:
        self.record, self.assessment, self.options = record, assessment, options
        self.tree = record.trees[assessment.certification.standard_id]
        self.rows = {row.node_id: row for row in record.rows[assessment.pk]}
        self.findings = record.findings.get(assessment.finding_set_id, [])

    def partials(self) -> Iterator[Subject]:
        """What has to be put right, and what was said about it without being rated so."""
        own = _by_node(self.findings, COMPLIANCE)
        if None in own:
            yield self._subject(None, own[None], self.findings)
        for node in self.tree:
            if node.id in own:
                yield self._subject(node, own[node.id], self.findings)
            elif self._must_be_put_right(node) and not self._is_told_above(node):
                yield self._without_findings(node)

    def improvements(self) -> Iterator[Subject]:
        """Areas for improvement, those about no element first."""
        own = _by_node(self.findings, IMPROVEMENT)
        for node in (None, *self.tree):
            listed = own.get(node.id if node else None)
            if listed:
                yield self._subject(node, listed, self.findings)

    def _must_be_put_right(self, node: Node) -> bool:
        rating = self._rating(node)
        return rating is not None and rating.must_be_put_right()

    def _is_told_above(self, node: Node) -> bool:
        """A sub-element's element says why, if it is not fully met either."""
        parent = self.tree.by_ref[node.parent_ref]
        return parent.is_ratable and self._must_be_put_right(parent)

    def _without_findings(self, node: Node) -> Subject:
        """An element about which nothing was said now: carried forward, with what was said then."""
        if is_carried_partial(self.rows[node.id]):
            for earlier in reversed(self._earlier()):
                listed = self.record.findings.get(earlier.finding_set_id, [])
                said = _by_node(listed, COMPLIANCE).get(node.id)
                if said:
                    return self._subject(node, said, listed, carried_from=str(earlier))
        return self._subject(node, [], [])

    def _earlier(self) -> list[Assessment]:
        return [
            each
            for each in self.record.assessments
            if each.certification_id == self.assessment.certification_id
            and each.kind != Assessment.Kind.SELF
            and each.place < self.assessment.place
        ]

    def _rating(self, node: Node) -> Rating | None:
        row = self.rows.get(node.id)
        return Rating(row.rating) if row and row.rating else None

    def _subject(
        self,
        node: Node | None,
        findings: Iterable[Finding],
        said_then: list[Finding],
        carried_from: str = "",
    ) -> Subject:
        """``said_then`` is all that was said in that assessment: where pointers point."""
        return Subject(
            ref=node.ref if node else "",
            title=node.title if node else "",
            statement=node.statement if node else "",
            rating=self._rating(node) if node else None,
            points=tuple(self._point(each, node, said_then) for each in findings),
            carried_from=carried_from,
        )

    def _point(
        self, finding: Finding, node: Node | None, said_then: list[Finding]
    ) -> Point:
        decides, acts = self.options.with_decisions, self.options.with_actions
        actions = self.record.actions[finding.pk] if acts else []
        return Point(
            finding_id=finding.pk,
            comment=finding.comment,
            answers=tuple(self._answers(finding, node, said_then)),
            decision=finding.decision if decides else "",
            reason=finding.decision_reason if decides else "",
            actions=tuple(map(_planned, actions)),
        )

    def _answers(
        self, finding: Finding, node: Node | None, said_then: list[Finding]
    ) -> Iterator[Answer]:
        own = node.ref if node else ""
        for response in _written_out(finding, node, said_then):
            is_agreed = response.state == Response.State.AGREED
            if is_agreed or self.options.with_drafts:
                refs = {
                    link.finding.node.ref
                    for link in response.finding_links.all()
                    if link.finding.node
                    and link.finding.finding_set_id == finding.finding_set_id
                }
                others = tuple(sorted(refs - {own}, key=ref_key))
                yield Answer(response.text, is_agreed, others)


def _by_node(
    findings: Iterable[Finding], kind: Finding.Kind
) -> dict[int | None, list[Finding]]:
    found: dict[int | None, list[Finding]] = {}
    for finding in findings:
        if finding.kind == kind:
            found.setdefault(finding.node_id, []).append(finding)
    return found


def _written_out(
    finding: Finding, node: Node | None, said_then: list[Finding]
) -> list[Response]:
    """Its responses, each pointer ("as above") being the responses it points to, once."""
    found: dict[int, Response] = {}
    for response in finding.responses:
        meant = (
            pointed_at(said_then, response.text, node=node, pk=finding.pk)
            if pointer_in(response.text)
            else []
        )
        for each in [other for other, _ in meant] or [response]:
            found.setdefault(each.pk, each)
    return list(found.values())


def _planned(action: Action) -> PlannedAction:
    return PlannedAction(
        number=action.number,
        title=action.title,
        owner=action.owner_label,
        service=str(action.belongs_to or ""),
        due_on=action.due_on,
        status=action.get_status_display(),
    )
