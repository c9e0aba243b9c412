"""Element by year: what the progression page, the charts and the annex all draw. Pure.

"Changed" always means against the last *known* rating: a blank year hides nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assessments.counts import (
    RatingCounts,
    element_counts,
    sampled_element_count,
    sub_element_counts,
)
from assessments.ratings import Basis, Rating
from assessments.rows import ResultRow, YearColumn
from assessments.tree import Kind, Node, Tree


@dataclass(frozen=True, slots=True)
class Cell:
    """What one assessment says about one node. Equal cells look the same."""

    rating: Rating | None
    sampled: bool
    basis: Basis
    applicable: bool
    # Of a carried rating: the year it comes from, and whether that year says otherwise now.
    source_year: int | None
    differs_from_source: bool
    # Ranks gained (positive) or lost against the last known rating; 0 where unchanged or unknown.
    change: int

    @property
    def is_carried(self) -> bool:
        return self.basis is Basis.CARRIED


@dataclass(frozen=True, slots=True)
class ProgressionRow:
    """One node with a cell per year; None where the year has no result for it."""

    node: Node
    cells: tuple[Cell | None, ...]

    @property
    def is_element(self) -> bool:
        return self.node.kind is Kind.ELEMENT

    def last_known(self, upto: int) -> tuple[int, Rating] | None:
        """Position and rating of the last known rating at or before column ``upto``."""
        for position in range(upto, -1, -1):
            cell = self.cells[position]
            if cell and cell.rating:
                return position, cell.rating
        return None

    def has_changed(self) -> bool:
        """Whether any year differs from the last known rating before it."""
        return any(cell.change for cell in self.cells if cell)

    def latest_is(self, rating: Rating) -> bool:
        """Whether the newest column says ``rating``."""
        return bool(self.cells and self.cells[-1] and self.cells[-1].rating is rating)

    def was_never_sampled(self, years: Sequence[YearColumn]) -> bool:
        """Whether no review in ``years`` sampled it; years that examine everything don't count."""
        reviews = [
            cell
            for cell, year in zip(self.cells, years, strict=True)
            if not year.examines_everything
        ]
        return bool(reviews) and not any(cell and cell.sampled for cell in reviews)


@dataclass(frozen=True)
class SubCriterionSection:
    """A sub-criterion with the rows of its elements and their sub-elements."""

    node: Node
    rows: tuple[ProgressionRow, ...]


@dataclass(frozen=True)
class CriterionSection:
    """A criterion, with its counts and sampled totals per year at element level."""

    node: Node
    sub_criteria: tuple[SubCriterionSection, ...]
    counts: tuple[RatingCounts, ...]
    sampled: tuple[int, ...]

    @property
    def rows(self) -> Iterator[ProgressionRow]:
        for section in self.sub_criteria:
            yield from section.rows


@dataclass(frozen=True)
class Progression:
    """The whole table. ``counts`` and ``sampled`` are per year, at element level."""

    years: tuple[YearColumn, ...]
    sections: tuple[CriterionSection, ...]
    counts: tuple[RatingCounts, ...]
    sub_element_counts: tuple[RatingCounts, ...]
    sampled: tuple[int, ...]

    @cached_property
    def rows(self) -> tuple[ProgressionRow, ...]:
        return tuple(row for section in self.sections for row in section.rows)

    @property
    def element_rows(self) -> tuple[ProgressionRow, ...]:
        return tuple(row for row in self.rows if row.is_element)


def build_progression(
    tree: Tree, years: Sequence[YearColumn], rows: Iterable[ResultRow]
) -> Progression:
    """Lay results out as a table: nodes in reading order, ``years`` as given (oldest first).

    Sub-elements appear where any of the years has a result for them.
    """
    by_year: dict[int, dict[int, ResultRow]] = {
        year.assessment_id: {} for year in years
    }
    for row in rows:
        by_year[row.assessment_id][row.node_id] = row
    columns = [by_year[year.assessment_id] for year in years]
    sections = tuple(_criterion_section(tree, node, columns) for node in tree.criteria)
    return Progression(
        years=tuple(years),
        sections=sections,
        counts=tuple(element_counts(column.values(), tree) for column in columns),
        sub_element_counts=tuple(
            sub_element_counts(column.values(), tree) for column in columns
        ),
        sampled=tuple(
            sampled_element_count(column.values(), tree) for column in columns
        ),
    )


Column = dict[int, ResultRow]


def _criterion_section(
    tree: Tree, criterion: Node, columns: list[Column]
) -> CriterionSection:
    inside = {node.id for node in tree.within(criterion)}
    shares = [
        [row for row in column.values() if row.node_id in inside] for column in columns
    ]
    return CriterionSection(
        node=criterion,
        sub_criteria=tuple(
            SubCriterionSection(
                sub_criterion, tuple(_rows_within(tree.within(sub_criterion), columns))
            )
            for sub_criterion in tree.children(criterion)
        ),
        counts=tuple(element_counts(share, tree) for share in shares),
        sampled=tuple(sampled_element_count(share, tree) for share in shares),
    )


def _rows_within(
    nodes: Iterable[Node], columns: list[Column]
) -> Iterator[ProgressionRow]:
    for node in nodes:
        results = [column.get(node.id) for column in columns]
        if node.kind is Kind.ELEMENT or any(results):
            yield ProgressionRow(node, tuple(_cells(results)))


def _cells(results: list[ResultRow | None]) -> Iterator[Cell | None]:
    known: Rating | None = None
    for row in results:
        if row is None:
            yield None
            continue
        rating = Rating(row.rating) if row.rating else None
        yield Cell(
            rating=rating,
            sampled=row.sampled,
            basis=Basis(row.basis),
            applicable=row.applicable,
            source_year=row.source_year,
            differs_from_source=row.source_rating is not None
            and row.source_rating != row.rating,
            change=rating.rank - known.rank if rating and known else 0,
        )
        known = rating or known
