"""Counting ratings. Every function's name says its level; nothing else counts. Pure.

Elements that do not apply are left out everywhere. Sub-elements are never counted with
elements: the standard has 57 elements, and sub-elements are an organisation's own. An element
without a result is blank; a sub-element exists in a year only where it has a result.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assessments.ratings import Basis, Rating
from assessments.rows import ResultRow
from assessments.tree import Kind, Node, Tree

# In the order of RatingCounts' fields.
CODES = (*(rating.value for rating in Rating), "")


@dataclass(frozen=True, slots=True)
class RatingCounts:
    """How many nodes have each rating. ``blank`` nodes apply but have none."""

    plus: int = 0
    compliant: int = 0
    partial: int = 0
    non: int = 0
    blank: int = 0

    def __add__(self, other: "RatingCounts") -> "RatingCounts":
        return RatingCounts(
            self.plus + other.plus,
            self.compliant + other.compliant,
            self.partial + other.partial,
            self.non + other.non,
            self.blank + other.blank,
        )

    @property
    def rated(self) -> int:
        return self.plus + self.compliant + self.partial + self.non

    @property
    def total(self) -> int:
        return self.rated + self.blank

    def of(self, rating: Rating) -> int:
        """The count of one rating."""
        return int(getattr(self, rating.slug))

    def by_code(self) -> dict[str, int]:
        """Rating code to count, best first."""
        return {rating.value: self.of(rating) for rating in Rating}


def count_codes(codes: Iterable[str]) -> RatingCounts:
    """Count rating codes; an empty code is blank."""
    listed = list(codes)
    return RatingCounts(*map(listed.count, CODES)) if listed else RatingCounts()


def element_counts(
    rows: Collection[ResultRow], tree: Tree, within: Node | None = None
) -> RatingCounts:
    """Ratings of one assessment's applicable elements, or of those of one criterion."""
    said = {row.node_id: row for row in rows}
    found = [said.get(element.id) for element in tree.elements_within(within)]
    return count_codes([r.rating if r else "" for r in found if not r or r.applicable])


def sub_element_counts(rows: Iterable[ResultRow], tree: Tree) -> RatingCounts:
    """Ratings of one assessment's sub-elements."""
    return count_codes(
        row.rating
        for row in rows
        if row.applicable and _is_of(Kind.SUB_ELEMENT, row, tree)
    )


def sampled_element_count(rows: Iterable[ResultRow], tree: Tree) -> int:
    """How many elements carry an ``X`` in one assessment."""
    return len([r for r in rows if r.sampled and _is_of(Kind.ELEMENT, r, tree)])


def carried_element_count(rows: Iterable[ResultRow], tree: Tree) -> int:
    """How many elements carry the rating of an earlier assessment."""
    carried = [r for r in rows if r.basis == Basis.CARRIED and r.rating]
    return len([r for r in carried if _is_of(Kind.ELEMENT, r, tree)])


def share_percent(part: int, whole: int) -> Decimal:
    """``part`` of ``whole`` in percent, 0 to 100, to one decimal place; 0 of nothing is 0.

    Halves round up, as committees' own tables do.
    """
    if not whole:
        return Decimal("0.0")
    return (Decimal(part) * 100 / Decimal(whole)).quantize(
        Decimal("0.1"), ROUND_HALF_UP
    )


def _is_of(kind: Kind, row: ResultRow, tree: Tree) -> bool:
    node = tree.by_id.get(row.node_id)
    return node is not None and node.kind is kind
