"""What the page that starts the next assessment shows: the proposal, what is carried, what is open."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actions.follow_ups import ClosedUnseen, closed_unseen_since
from actions.models import Action
from actions.readings import with_findings
from assessments.cycle import NextVisit, PastVisit, propose_next
from assessments.entering import KnownRating
from assessments.models import Assessment, Finding
from assessments.readings import known_ratings_before
from assessments.standard_tree import tree_for
from assessments.tree import Kind, Node


@dataclass(frozen=True)
class OpenPartial:
    """A partial or non-compliance with what was said about it last and what is being done."""

    node: Node
    known: KnownRating
    # The newest findings that say why, with the assessment that raised them.
    findings: list[Finding]
    raised_in: Assessment | None
    actions: list[Action]
    # Closed actions on it that no visit has looked at.
    closed: list[ClosedUnseen]


@dataclass(frozen=True)
class NextYear:
    """Everything that follows from a confirmed assessment."""

    proposed: NextVisit
    # Year that assessed or recorded them to how many elements' ratings, newest first.
    carried: list[tuple[int, int]]
    # Node id and words of each sub-element that the previous assessment tracked.
    sub_elements: list[tuple[int, str]]
    partials: list[OpenPartial]
    # Unfinished actions that answer none of the partials.
    other_actions: list[Action]

    @property
    def carried_count(self) -> int:
        return sum(count for _, count in self.carried)


def collect_next_year(previous: Assessment) -> NextYear:
    """Read what the next assessment begins with: a handful of queries."""
    certification = previous.certification
    proposed = propose_next(certification.cycle_rules, _past_visits(previous))
    tree = tree_for(previous.organisation, certification.standard)
    known = known_ratings_before(
        Assessment(certification=certification, year=previous.year + 1)
    )
    applying = previous.results.filter(applicable=True)
    node_ids = set(applying.values_list("node_id", flat=True))
    tracked = [node for node in tree.ratable if node.id in node_ids]
    actions = _unfinished_actions(previous)
    partials = _open_partials(previous, tracked, known, actions)
    taken = {action for partial in partials for action in partial.actions}
    return NextYear(
        proposed=proposed,
        carried=_carried(tracked, known),
        sub_elements=[
            (node.id, _in_words(node, known.get(node.id)))
            for node in tracked
            if node.kind is Kind.SUB_ELEMENT
        ],
        partials=partials,
        other_actions=[action for action in actions if action not in taken],
    )


def _past_visits(previous: Assessment) -> list[PastVisit]:
    """The visits up to this one, oldest first; follow-up visits only where there are no others."""
    visits = [*Assessment.objects.before(previous), previous]
    regular = [each for each in visits if each.kind != Assessment.Kind.FOLLOW_UP]
    return [
        PastVisit(each.year, each.kind, each.visit_code) for each in regular or visits
    ]


def _carried(
    tracked: Sequence[Node], known: Mapping[int, KnownRating]
) -> list[tuple[int, int]]:
    years = Counter(
        known[node.id].origin_year
        for node in tracked
        if node.id in known and node.kind is Kind.ELEMENT
    )
    return sorted(years.items(), reverse=True)


def _open_partials(
    previous: Assessment,
    tracked: Sequence[Node],
    known: Mapping[int, KnownRating],
    actions: Sequence[Action],
) -> list[OpenPartial]:
    """Partials and non-compliances in reading order."""
    nodes = [
        node
        for node in tracked
        if node.id in known and known[node.id].rating.must_be_put_right()
    ]
    said = _findings_about(nodes, previous)
    earlier = [*Assessment.objects.before(previous), previous]
    closed = closed_unseen_since(known, earlier)
    return [
        OpenPartial(
            node=node,
            known=known[node.id],
            raised_in=said[node.id][0] if node.id in said else None,
            findings=said[node.id][1] if node.id in said else [],
            actions=_answering(actions, node),
            closed=[each for each in closed if each.ref == node.ref],
        )
        for node in nodes
    ]


def _in_words(node: Node, known: KnownRating | None) -> str:
    rating = f"{known.rating.label} in {known.origin_year}" if known else "not rated"
    return f"{node.ref} {node.title} ({rating})"


def _unfinished_actions(previous: Assessment) -> list[Action]:
    actions = with_findings(
        Action.objects.of(previous.organisation)
        .outstanding()
        .with_people()
        .by_urgency()
    )
    found = list(actions)
    for action in found:
        action.organisation = previous.organisation
    return found


def _answering(actions: Sequence[Action], node: Node) -> list[Action]:
    return [
        action
        for action in actions
        if any(finding.node_id == node.id for finding in action.findings.all())
    ]


def _findings_about(
    nodes: Sequence[Node], previous: Assessment
) -> dict[int, tuple[Assessment, list[Finding]]]:
    """Node id to the newest assessment that said why it is not compliant, and what it said."""
    assessments = [*Assessment.objects.before(previous), previous]
    by_set = {each.finding_set_id: each for each in assessments}
    found: dict[int, dict[int, list[Finding]]] = {}
    standing = Finding.objects.standing().filter(
        finding_set__in=list(by_set),
        node__in=[node.id for node in nodes],
        kind=Finding.Kind.COMPLIANCE,
    )
    for finding in standing:
        by_assessment = found.setdefault(finding.node_id or 0, {})
        by_assessment.setdefault(finding.finding_set_id, []).append(finding)
    newest = {
        node_id: max(sets, key=lambda each: by_set[each].place)
        for node_id, sets in found.items()
    }
    return {
        node_id: (by_set[set_id], found[node_id][set_id])
        for node_id, set_id in newest.items()
    }
