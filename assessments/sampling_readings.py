"""What is known before a visit that its sample can be planned from: two queries."""

from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass, field

from assessments.models import Assessment, Result
from assessments.models.assessment import reading_order
from assessments.ratings import Basis, Rating
from assessments.sampling import ElementStanding, PlannedVisit
from assessments.tree import Node, Tree


@dataclass
class NodePast:
    """What earlier visits said about one node, the last of them last."""

    rating: Rating | None = None
    rated_since: int | None = None
    sampled_in: int | None = None
    examined_in: int | None = None
    result_missing_in: int | None = None
    # The last assessment that had a result for it.
    assessment_id: int = 0

    def learn(self, year: int, code: str, *, sampled: bool, is_examined: bool) -> None:
        """Take in the next visit. A sample without a rating tells nothing of what was found."""
        if not code:
            self.result_missing_in = year if sampled else self.result_missing_in
            return
        if code != self.rating:
            self.rating, self.rated_since = Rating(code), year
        if sampled:
            self.sampled_in = year
        if is_examined:
            self.examined_in, self.result_missing_in = year, None


@dataclass
class _Record:
    """Every node's past, and the visits it comes from."""

    by_node: dict[int, NodePast] = field(default_factory=lambda: defaultdict(NodePast))
    latest_id: int = 0


def sampling_facts(
    assessment: Assessment, tree: Tree
) -> tuple[list[ElementStanding], PlannedVisit]:
    """Every element as it stood before this visit, and where the visit is in its cycle."""
    record = _record_before(assessment)
    own = dict(assessment.results.values_list("node_id", "applicable"))
    standings = [
        ElementStanding(
            node_id=element.id,
            ref=element.ref,
            applicable=own.get(element.id, False),
            rating=record.by_node[element.id].rating,
            rated_since=record.by_node[element.id].rated_since,
            sampled_in=record.by_node[element.id].sampled_in,
            examined_in=record.by_node[element.id].examined_in,
            result_missing_in=record.by_node[element.id].result_missing_in,
            open_refs=tuple(
                node.ref
                for node in [element, *tree.children(element)]
                if _is_open(node, element, own, record)
            ),
        )
        for element in tree.elements
    ]
    certification = assessment.certification
    visit = PlannedVisit(
        year=assessment.year,
        cycle=certification.cycle_rules.cycle_of(assessment.year),
        cycle_length=certification.cycle_years,
        share_percent=certification.sample_percent,
        follows_up=assessment.kind == Assessment.Kind.FOLLOW_UP,
    )
    return standings, visit


def _is_open(node: Node, element: Node, own: Container[int], record: _Record) -> bool:
    """Whether it is partial or worse; a clause only while somebody still tracks it."""
    past = record.by_node[node.id]
    is_tracked = (
        node is element or node.id in own or past.assessment_id == record.latest_id
    )
    return bool(past.rating and past.rating.must_be_put_right() and is_tracked)


def _record_before(assessment: Assessment) -> _Record:
    earlier = Assessment.objects.before(assessment).order_by()
    rows = (
        Result.objects.filter(assessment__in=earlier)
        .order_by(*reading_order("assessment__"))
        .values_list(
            "node_id",
            "assessment_id",
            "assessment__year",
            "rating",
            "sampled",
            "basis",
        )
    )
    record = _Record()
    for node_id, assessment_id, year, code, sampled, basis in rows:
        past = record.by_node[node_id]
        past.assessment_id = record.latest_id = assessment_id
        is_examined = basis == Basis.ASSESSED
        past.learn(year, code, sampled=sampled, is_examined=is_examined)
    return record
