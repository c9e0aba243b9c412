"""The page of all elements as data: what stands in each row, below which heading. No Django."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assessments.counts import RatingCounts, count_codes
from assessments.entering import KnownRating
from assessments.ratings import Basis, Rating
from assessments.self_assessment import Gap
from assessments.tree import Kind, Node, Tree


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
    planned: bool = False
    # Whether its visit examines all, as a full assessment does.
    examines_everything: bool = False

    @property
    def awaits_assessment(self) -> bool:
        """Whether it only carries a rating that its own visit examines."""
        return self.examines_everything and self.basis == Basis.CARRIED

    @property
    def fingerprint(self) -> str:
        """What the person saw, sent along with the form: version, rating, mark.

        A rating that awaits its assessment says so at the end.
        """
        seen = f"{self.version}:{self.rating}:{int(self.sampled)}"
        return f"{seen}:carried" if self.awaits_assessment else seen


@dataclass(frozen=True, slots=True)
class LastComment:
    """The newest comment of an assessor's about a node, cut to what a row can show."""

    text: str
    year: int


@dataclass(frozen=True, slots=True)
class FollowingAction:
    """An open action of an earlier assessment: "Action 2", "from 2025, still open"."""

    name: str
    url: str
    since: str


@dataclass(frozen=True)
class RowFacts:
    """What stands beside the ratings, by node id; a node without any is left out."""

    known: Mapping[int, KnownRating] = field(default_factory=dict)
    finding_counts: Mapping[int, int] = field(default_factory=dict)
    comments: Mapping[int, LastComment] = field(default_factory=dict)
    evidence_counts: Mapping[int, int] = field(default_factory=dict)
    # How the organisation rated itself this year.
    own: Mapping[int, Rating] = field(default_factory=dict)
    following: Mapping[int, Sequence[FollowingAction]] = field(default_factory=dict)


@dataclass
class GridRow:
    """One line of the page. ``rating``, ``sampled`` and ``reason`` are what its fields show."""

    node: Node
    result: StoredResult
    known: KnownRating | None
    finding_count: int
    comment: LastComment | None
    evidence_count: int
    own: Rating | None
    rating: str
    sampled: bool
    reason: str
    # Whether somebody says that a carried rating was assessed after all.
    assessed: bool = False
    error: str = ""
    # How much checks found here that nobody accepted.
    check_count: int = 0
    # What will be done, or is, about comments of earlier assessments.
    following: Sequence[FollowingAction] = ()
    # What somebody else saved meanwhile, in words; empty where nobody did.
    theirs: str = ""
    # Left out by the filter of the page, but still counted.
    is_hidden: bool = False

    @property
    def gap(self) -> Gap | None:
        """The organisation's own rating beside the stored one, where it rated itself."""
        stored = Rating(self.result.rating) if self.result.rating else None
        return Gap(self.own, stored) if self.own else None

    @property
    def is_sub_element(self) -> bool:
        return self.node.kind is Kind.SUB_ELEMENT

    @property
    def asks_for_reason(self) -> bool:
        return bool(self.reason or (self.error and not self.theirs))

    @property
    def differs_from_source(self) -> bool:
        """Whether a carried rating is no longer what the last known one says."""
        return self.result.basis == Basis.CARRIED and self.has_changed

    @property
    def has_changed(self) -> bool:
        """Whether this year's rating differs from the last known one."""
        stored = self.result.rating
        return bool(stored and self.known and self.known.rating.value != stored)


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
    def shown_rows(self) -> list[GridRow]:
        """The rows that the filter of the page leaves, also those below sub-headings."""
        return [row for row in self.all_rows() if not row.is_hidden]

    @property
    def counts(self) -> RatingCounts:
        """Ratings of the criterion's applicable elements, as stored."""
        return element_row_counts(self.all_rows())

    @property
    def sampled_count(self) -> int:
        return sampled_row_count(self.all_rows())

    @property
    def carried_count(self) -> int:
        return carried_row_count(self.all_rows())


def element_row_counts(rows: Iterable[GridRow]) -> RatingCounts:
    """Ratings of applicable elements among some rows, as stored."""
    return count_codes(
        row.result.rating
        for row in rows
        if row.result.applicable and not row.is_sub_element
    )


def sampled_row_count(rows: Iterable[GridRow]) -> int:
    """How many elements among some rows are marked as sampled, as stored."""
    return sum(row.result.sampled and not row.is_sub_element for row in rows)


def carried_row_count(rows: Iterable[GridRow]) -> int:
    """How many elements among some rows carry a rating that is still to be assessed."""
    return sum(row.result.awaits_assessment and not row.is_sub_element for row in rows)


def lay_out(
    tree: Tree, results: Iterable[StoredResult], facts: RowFacts
) -> list[GridSection]:
    """The rows below their headings, in reading order."""
    by_node = {result.node_id: result for result in results}
    sections = []
    for criterion in tree.criteria:
        section = GridSection(criterion)
        for sub_criterion in tree.children(criterion):
            rows = [
                _row(node, by_node[node.id], facts)
                for node in tree.within(sub_criterion)
                if node.id in by_node
            ]
            section.sub_sections.append(GridSection(sub_criterion, rows))
        sections.append(section)
    return sections


def _row(node: Node, result: StoredResult, facts: RowFacts) -> GridRow:
    return GridRow(
        node=node,
        result=result,
        known=facts.known.get(node.id),
        finding_count=facts.finding_counts.get(node.id, 0),
        comment=facts.comments.get(node.id),
        evidence_count=facts.evidence_counts.get(node.id, 0),
        own=facts.own.get(node.id),
        rating=result.rating,
        sampled=result.sampled,
        reason=result.reason,
        following=facts.following.get(node.id, ()),
    )
