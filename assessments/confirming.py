"""What an approver locks by confirming an assessment, in numbers. Pure."""

from collections.abc import Sequence

from assessments.counts import RatingCounts, count_codes
from assessments.grid import StoredResult
from assessments.tree import Tree


def element_totals(results: Sequence[StoredResult], tree: Tree) -> RatingCounts:
    """Ratings of applicable elements, as they would be locked."""
    elements = {node.id for node in tree.elements}
    return count_codes(
        result.rating
        for result in results
        if result.applicable and result.node_id in elements
    )
