"""What an approver should know before an assessment is locked. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assessments.counts import RatingCounts, count_codes
from assessments.grid import StoredResult
from assessments.ratings import Basis, Rating
from assessments.tree import Kind, Tree


@dataclass(frozen=True)
class OpenPoint:
    """Something that stays open: in words, and the refs it is about, in reading order."""

    words: str
    refs: tuple[str, ...]


def element_totals(results: Sequence[StoredResult], tree: Tree) -> RatingCounts:
    """Ratings of applicable elements, as they would be locked."""
    elements = {node.id for node in tree.elements}
    return count_codes(
        result.rating
        for result in results
        if result.applicable and result.node_id in elements
    )


def open_points(
    results: Sequence[StoredResult],
    tree: Tree,
    finding_counts: Mapping[int, int],
    *,
    examines_everything: bool,
) -> list[OpenPoint]:
    """The points that are open, those without any ref left out."""
    by_node = {result.node_id: result for result in results}
    elements = {node.id for node in tree.nodes if node.kind is Kind.ELEMENT}

    def point(words: str, is_open: Callable[[StoredResult], bool]) -> OpenPoint:
        return OpenPoint(
            words,
            tuple(
                node.ref
                for node in tree.ratable
                if node.id in by_node and is_open(by_node[node.id])
            ),
        )

    points = [
        point(
            "Not rated",
            lambda each: (
                each.node_id in elements
                and each.applicable
                and not each.rating
                and not each.sampled
            ),
        ),
        point("Sampled, but not rated", lambda each: each.sampled and not each.rating),
        point(
            "Partial or non-compliance without a comment",
            lambda each: (
                each.node_id in elements
                and _must_be_put_right(each)
                and not finding_counts.get(each.node_id)
            ),
        ),
        point(
            "Carried forward, though this visit examines everything",
            lambda each: examines_everything and each.basis == Basis.CARRIED,
        ),
        point(
            "Recorded without a sample and without a reason",
            lambda each: (
                each.basis == Basis.RECORDED and bool(each.rating) and not each.reason
            ),
        ),
    ]
    return [each for each in points if each.refs]


def _must_be_put_right(result: StoredResult) -> bool:
    return bool(result.rating) and Rating(result.rating).must_be_put_right()
