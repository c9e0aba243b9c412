"""Ratings that are not the last known ones, and what accounts for each. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.entering import KnownRating
from assessments.grid import StoredResult
from assessments.ratings import Basis, Rating
from assessments.tree import Node, Tree


@dataclass(frozen=True, slots=True)
class RatingChange:
    """A rating that is not the last known one, and what accounts for it."""

    node: Node
    result: StoredResult
    before: KnownRating
    # At this visit, itself or as a part of its element.
    is_examined: bool

    @property
    def after(self) -> Rating:
        return Rating(self.result.rating)

    @property
    def is_accounted_for(self) -> bool:
        """Whether it was examined, or somebody said why it changed."""
        return self.is_examined or bool(self.result.reason)


def rating_changes(
    results: Sequence[StoredResult], tree: Tree, known: Mapping[int, KnownRating]
) -> list[RatingChange]:
    """Each rating that changed against the last known one, in reading order.

    ``known`` is by node id. A blank rating is no change: the last known one still stands.
    """
    by_node = {result.node_id: result for result in results}
    examined = {each.node_id for each in results if each.basis == Basis.ASSESSED}
    return [
        RatingChange(
            node=node,
            result=by_node[node.id],
            before=known[node.id],
            is_examined=not examined.isdisjoint(
                {node.id, tree.by_ref[node.parent_ref].id}
            ),
        )
        for node in tree.ratable
        if node.id in by_node
        and node.id in known
        and by_node[node.id].rating not in {"", known[node.id].rating.value}
    ]
