"""The page of all elements as data: what stands in each row, what was posted. No Django."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assessments.counts import RatingCounts, count_codes
from assessments.entering import KnownRating
from assessments.ratings import Rating
from assessments.tree import Kind, Node, Tree

RATING_CODES = frozenset({"", *(rating.value for rating in Rating)})


@dataclass(frozen=True, slots=True)
class StoredResult:
    """A result as it stands in the record now."""

    id: int
    version: int
    node_id: int
    rating: str
    sampled: bool
    applicable: bool
    basis: str
    reason: str

    @property
    def fingerprint(self) -> str:
        """What the person saw, sent along with the form: version, rating, mark."""
        return f"{self.version}:{self.rating}:{int(self.sampled)}"


@dataclass(frozen=True, slots=True)
class PostedRow:
    """What came back for one result, and what its sender had seen."""

    result_id: int
    seen_version: int
    seen_rating: str
    seen_sampled: bool
    rating: str
    sampled: bool
    reason: str

    @property
    def is_touched(self) -> bool:
        return (self.rating, self.sampled) != (self.seen_rating, self.seen_sampled)


@dataclass
class GridRow:
    """One line of the page. ``rating``, ``sampled`` and ``reason`` are what its fields show."""

    node: Node
    result: StoredResult
    known: KnownRating | None
    finding_count: int
    rating: str
    sampled: bool
    reason: str
    error: str = ""
    # What somebody else saved meanwhile, as code; None where nobody did.
    theirs: str | None = None

    @property
    def is_sub_element(self) -> bool:
        return self.node.kind is Kind.SUB_ELEMENT

    @property
    def asks_for_reason(self) -> bool:
        return bool(self.reason or self.error)


@dataclass
class GridSection:
    """A criterion or sub-criterion heading, with its rows."""

    node: Node
    rows: list[GridRow] = field(default_factory=list)
    sub_sections: list["GridSection"] = field(default_factory=list)

    def all_rows(self) -> Iterator[GridRow]:
        yield from self.rows
        for section in self.sub_sections:
            yield from section.rows

    @property
    def counts(self) -> RatingCounts:
        """Ratings of the criterion's applicable elements, as stored."""
        return element_row_counts(self.all_rows())

    @property
    def sampled_count(self) -> int:
        return sum(
            row.result.sampled and not row.is_sub_element for row in self.all_rows()
        )


def element_row_counts(rows: Iterable[GridRow]) -> RatingCounts:
    """Ratings of applicable elements among some rows, as stored."""
    return count_codes(
        row.result.rating
        for row in rows
        if row.result.applicable and not row.is_sub_element
    )


def lay_out(
    tree: Tree,
    results: Iterable[StoredResult],
    known: Mapping[int, KnownRating],
    finding_counts: Mapping[int, int],
) -> list[GridSection]:
    """The rows below their headings, in reading order."""
    by_node = {result.node_id: result for result in results}
    sections = []
    for criterion in tree.criteria:
        section = GridSection(criterion)
        for sub_criterion in tree.children(criterion):
            nodes = [node for node in tree.within(sub_criterion) if node.id in by_node]
            rows = [
                _row(
                    node,
                    by_node[node.id],
                    known.get(node.id),
                    finding_counts.get(node.id, 0),
                )
                for node in nodes
            ]
            section.sub_sections.append(GridSection(sub_criterion, rows))
        sections.append(section)
    return sections


def read_posted(
    post: Mapping[str, str], results: Sequence[StoredResult]
) -> list[PostedRow]:
    """The rows of this assessment that a form sent back; fields of other results are ignored.

    A rating that is none of the codes, or a fingerprint that cannot be read, raises ValueError:
    the page never sends one.
    """
    return [
        _posted(post, result.id) for result in results if f"seen-{result.id}" in post
    ]


def _row(
    node: Node, result: StoredResult, known: KnownRating | None, findings: int
) -> GridRow:
    return GridRow(
        node=node,
        result=result,
        known=known,
        finding_count=findings,
        rating=result.rating,
        sampled=result.sampled,
        reason=result.reason,
    )


def _posted(post: Mapping[str, str], result_id: int) -> PostedRow:
    version, seen_rating, seen_sampled = post[f"seen-{result_id}"].split(":")
    rating = post.get(f"rating-{result_id}", "")
    if rating not in RATING_CODES:
        raise ValueError(f"{rating!r} is no rating")
    return PostedRow(
        result_id=result_id,
        seen_version=int(version),
        seen_rating=seen_rating,
        seen_sampled=seen_sampled == "1",
        rating=rating,
        sampled=f"sampled-{result_id}" in post,
        reason=post.get(f"reason-{result_id}", "").strip(),
    )
