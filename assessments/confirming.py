"""What an approver locks by confirming an assessment, in numbers. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.counts import RatingCounts, count_codes
from assessments.entering import KnownRating
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


@dataclass(frozen=True, slots=True)
class Carried:
    """The elements that a full assessment carries, by ref, and the years that they come from."""

    refs: tuple[str, ...]
    years: frozenset[int]

    def in_words(self, counts: RatingCounts) -> str:
        """``7 of 57 elements assessed, 50 carried from 2019``."""
        years = sorted(self.years)
        origin = str(years[0]) if len(years) == 1 else "earlier years"
        assessed = (
            f"{counts.rated - len(self.refs)} of {counts.total} elements assessed"
        )
        return f"{assessed}, {len(self.refs)} carried from {origin}"


def carried_elements(
    results: Sequence[StoredResult], tree: Tree, known: Mapping[int, KnownRating]
) -> Carried:
    """What a full assessment was to assess and did not; nothing at any other visit."""
    awaiting = {result.node_id for result in results if result.awaits_assessment}
    nodes = [node for node in tree.elements if node.id in awaiting]
    return Carried(
        refs=tuple(node.ref for node in nodes),
        years=frozenset(known[n.id].origin_year for n in nodes if n.id in known),
    )
