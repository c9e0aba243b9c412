"""All that the page of one element shows, read in a handful of queries."""

from collections.abc import Iterable
from dataclasses import dataclass

from actions.follow_ups import StillOpen, still_open_by_node
from actions.models import Action
from actions.readings import actions_by_finding
from assessments.access import assessments_beside
from assessments.models import Assessment, Finding, Result
from assessments.ratings import Basis
from assessments.readings import note_found_years
from assessments.self_assessment import Gap
from assessments.tree import Kind, Node, Tree
from cse_tracker.accounts.models import Membership
from cse_tracker.accounts.permissions import Permission
from evidence.readings import Support, evidence_for


@dataclass(frozen=True)
class EarlierComments:
    """What assessors said of the element in an earlier year."""

    assessment: Assessment
    findings: list[Finding]


@dataclass(frozen=True)
class SubElement:
    """A clause of the element, with its result of this year; None where it is not tracked."""

    node: Node
    result: Result | None


@dataclass(frozen=True)
class ElementFacts:
    """One element in one assessment, with its past. ``history`` is newest first."""

    assessment: Assessment
    node: Node
    parent: Node
    sub_elements: list[SubElement]
    previous: Node | None
    following: Node | None
    history: list[Result]
    findings: list[Finding]
    # Finding id to the actions that answer it.
    actions: dict[int, list[Action]]
    # Open actions of earlier assessments, but for those that answer one of its findings.
    still_open: list[StillOpen]
    earlier: list[EarlierComments]
    evidence: list[Support]

    @property
    def gap(self) -> Gap | None:
        """The organisation's own rating of this year beside the assessor's, if it gave one."""
        if self.assessment.kind == Assessment.Kind.SELF:
            return None
        here = {result.assessment_id: result for result in self.history}
        own = next(
            (
                result.rating_or_none
                for result in self.history
                if result.assessment.kind == Assessment.Kind.SELF
                and result.assessment.year == self.assessment.year
                # What was only carried into it, the organisation did not rate.
                and result.basis != Basis.CARRIED
            ),
            None,
        )
        result = here.get(self.assessment.pk)
        return Gap(own, result.rating_or_none if result else None) if own else None

    @property
    def is_element(self) -> bool:
        return self.node.kind is Kind.ELEMENT

    @property
    def guidance(self) -> list[str]:
        """The guidance, one entry a bullet."""
        return self.node.guidance.splitlines()


def collect_element_facts(
    membership: Membership, assessment: Assessment, node: Node, tree: Tree
) -> ElementFacts:
    """Read everything about one element that this member may see."""
    beside = assessments_beside(membership, assessment)
    visible = {each.pk: each for each in beside}
    sees_findings = membership.may(Permission.READ_FINDINGS)
    sees_work = membership.may(Permission.READ)
    sees_others = membership.may(Permission.READ_ISSUED)
    # Comments of other years are the organisation's to show.
    asked = visible.values() if sees_work else [assessment]
    findings = _findings_of(node, asked) if sees_findings else {}
    here = findings.pop(assessment.finding_set_id, [])
    tracked = tracked_nodes(assessment)
    actions = _actions(here, membership) if sees_work else {}
    return ElementFacts(
        assessment=assessment,
        node=node,
        parent=tree.by_ref[node.parent_ref],
        sub_elements=[
            each
            for each in _sub_elements(node, assessment, tree)
            if sees_others or each.result
        ],
        previous=tree.previous_ratable(node, tracked),
        following=tree.next_ratable(node, tracked),
        history=_history(node, visible),
        findings=here,
        actions=actions,
        still_open=_still_open(assessment, node, actions) if sees_work else [],
        earlier=_earlier(findings, visible.values(), assessment),
        evidence=evidence_for(assessment, node) if sees_findings else [],
    )


def tracked_nodes(assessment: Assessment) -> set[int]:
    """Ids of what the assessment rates: a sub-element only where it is tracked this year."""
    return set(assessment.results.values_list("node_id", flat=True))


def _sub_elements(node: Node, assessment: Assessment, tree: Tree) -> list[SubElement]:
    children = [
        child for child in tree.children(node) if child.kind is Kind.SUB_ELEMENT
    ]
    if not children:
        return []
    results = assessment.results.filter(node__in=[child.id for child in children])
    by_node = {result.node_id: result for result in results}
    return [SubElement(child, by_node.get(child.id)) for child in children]


def _history(node: Node, visible: dict[int, Assessment]) -> list[Result]:
    results = Result.objects.filter(
        node=node.id, assessment__in=list(visible)
    ).select_related("carried_from__assessment")
    by_assessment = {result.assessment_id: result for result in results}
    for result in by_assessment.values():
        result.assessment = visible[result.assessment_id]
    note_found_years(by_assessment.values())
    newest_first = reversed(list(visible))
    return [by_assessment[pk] for pk in newest_first if pk in by_assessment]


def _findings_of(node: Node, visible: Iterable[Assessment]) -> dict[int, list[Finding]]:
    """Finding set to its standing findings about the node, in order."""
    grouped: dict[int, list[Finding]] = {}
    standing = (
        Finding.objects.standing()
        .with_responses()
        .filter(node=node.id, finding_set__in=[each.finding_set_id for each in visible])
    )
    for finding in standing:
        grouped.setdefault(finding.finding_set_id, []).append(finding)
    return grouped


def _actions(
    findings: list[Finding], membership: Membership
) -> dict[int, list[Action]]:
    if not findings:
        return {}
    return actions_by_finding(
        [finding.pk for finding in findings], membership.organisation
    )


def _still_open(
    assessment: Assessment, node: Node, shown: dict[int, list[Action]]
) -> list[StillOpen]:
    """What goes on from earlier assessments and does not stand at a finding of this one."""
    numbers = {action.number for actions in shown.values() for action in actions}
    found = still_open_by_node(assessment).get(node.id, [])
    return [each for each in found if each.action.number not in numbers]


def _earlier(
    findings: dict[int, list[Finding]],
    visible: Iterable[Assessment],
    assessment: Assessment,
) -> list[EarlierComments]:
    """Comments of earlier years, newest first."""
    return [
        EarlierComments(each, findings[each.finding_set_id])
        for each in reversed(list(visible))
        if each.finding_set_id in findings and each.year <= assessment.year
    ]
