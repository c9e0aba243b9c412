"""Element by year: what the progression page, the charts and the annex all draw. Pure.

"Changed" always means against the last *known* rating: a blank year hides nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeVar

from assessments.counts import (
    RatingCounts,
    carried_element_count,
    element_counts,
    sampled_element_count,
    sub_element_counts,
)
from assessments.ratings import Basis, Rating
from assessments.rows import ResultRow, YearColumn
from assessments.tree import Kind, Node, Tree


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """What one assessment says about one node.

    Cells that look the same are one object, so that what is drawn of them can be kept by it.
    """

    rating: Rating | None
    sampled: bool
    basis: Basis
    applicable: bool
    # Of a carried rating: the year it was copied from, and whether that year, or the one that
    # found it, says otherwise now; where it is not shown, it gives nothing away.
    source_year: int | None
    differs_from_source: bool
    # Ranks gained (positive) or lost against the last known rating; 0 where unchanged or unknown.
    change: int
    # Of a carried rating: the year that last found it rather than copying it.
    found_year: int | None = None

    @property
    def is_carried(self) -> bool:
        return self.basis is Basis.CARRIED

    @property
    def before(self) -> Rating | None:
        """Of a changed rating: the last known rating before it."""
        if not self.rating or not self.change:
            return None
        return Rating.of_rank(self.rating.rank - self.change)


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
        """Whether no review in ``years`` sampled it, though it could have.

        Years that examine everything, and years it doesn't apply in, don't count.
        """
        reviews = [
            cell
            for cell, year in zip(self.cells, years, strict=True)
            if not year.examines_everything and (cell is None or cell.applicable)
        ]
        return bool(reviews) and not any(cell and cell.sampled for cell in reviews)


@dataclass(frozen=True)
class SubCriterionSection:
    """A sub-criterion with the rows of its elements and their sub-elements."""

    node: Node
    rows: tuple[ProgressionRow, ...]


@dataclass(frozen=True)
class CriterionSection:
    """A criterion. ``counts``, ``sampled`` and ``carried`` are per year, at element level."""

    node: Node
    sub_criteria: tuple[SubCriterionSection, ...]
    counts: tuple[RatingCounts, ...]
    sub_element_counts: tuple[RatingCounts, ...]
    sampled: tuple[int, ...]
    carried: tuple[int, ...]

    @property
    def rows(self) -> Iterator[ProgressionRow]:
        for section in self.sub_criteria:
            yield from section.rows


@dataclass(frozen=True)
class Progression:
    """The whole table. ``counts``, ``sampled`` and ``carried`` are as in its sections."""

    years: tuple[YearColumn, ...]
    sections: tuple[CriterionSection, ...]
    counts: tuple[RatingCounts, ...]
    sub_element_counts: tuple[RatingCounts, ...]
    sampled: tuple[int, ...]
    carried: tuple[int, ...]

    @cached_property
    def rows(self) -> tuple[ProgressionRow, ...]:
        return tuple(row for section in self.sections for row in section.rows)

    @property
    def element_rows(self) -> tuple[ProgressionRow, ...]:
        return tuple(row for row in self.rows if row.is_element)


# By code; nothing has no rank.
RANKS = {"": 0, **{rating.value: rating.rank for rating in Rating}}
# One year's results by node id.
Column = dict[int, ResultRow]
# What one result says, without whose it is: the fields of ResultRow from the third on.
Said = tuple[str, bool, str, bool, int | None, str | None]


def build_progression(
    tree: Tree, years: Sequence[YearColumn], rows: Iterable[ResultRow]
) -> Progression:
    """Lay results out as a table: nodes in reading order, ``years`` as given (oldest first).

    Sub-elements appear where any of the years has a result for them. Results of other
    assessments are left out.
    """
    by_assessment: dict[int, Column] = {year.assessment_id: {} for year in years}
    for row in rows:
        if row.assessment_id in by_assessment:
            by_assessment[row.assessment_id][row.node_id] = row
    layout = _Layout(tree, years, list(by_assessment.values()))
    sections = tuple(layout.criterion_section(node) for node in tree.criteria)
    return Progression(
        years=tuple(years),
        sections=sections,
        counts=_sums([section.counts for section in sections], RatingCounts()),
        sub_element_counts=_sums(
            [section.sub_element_counts for section in sections], RatingCounts()
        ),
        sampled=_sums([section.sampled for section in sections], 0),
        carried=_sums([section.carried for section in sections], 0),
    )


@dataclass(frozen=True)
class _Layout:
    """The tree and the columns while a table is laid out."""

    tree: Tree
    years: Sequence[YearColumn]
    columns: Sequence[Column]

    def criterion_section(self, criterion: Node) -> CriterionSection:
        sub_criteria = tuple(
            SubCriterionSection(node, tuple(self._rows(node)))
            for node in self.tree.children(criterion)
        )
        rows = [row for section in sub_criteria for row in section.rows]
        elements = self._results_of(row.node for row in rows if row.is_element)
        parts = self._results_of(row.node for row in rows if not row.is_element)
        return CriterionSection(
            node=criterion,
            sub_criteria=sub_criteria,
            counts=tuple(element_counts(e, self.tree, criterion) for e in elements),
            sub_element_counts=tuple(sub_element_counts(p, self.tree) for p in parts),
            sampled=tuple(sampled_element_count(e, self.tree) for e in elements),
            carried=tuple(carried_element_count(e, self.tree) for e in elements),
        )

    def _results_of(self, nodes: Iterable[Node]) -> list[list[ResultRow]]:
        """Year by year, the results of these nodes."""
        ids = [node.id for node in nodes]
        return [
            [column[each] for each in ids if each in column] for column in self.columns
        ]

    def _rows(self, sub_criterion: Node) -> Iterator[ProgressionRow]:
        for element in self.tree.children(sub_criterion):
            yield self._row(element)
            for part in self.tree.children(element):
                if any(part.id in column for column in self.columns):
                    yield self._row(part)

    def _row(self, node: Node) -> ProgressionRow:
        results = [column.get(node.id) for column in self.columns]
        said = tuple([result and result[2:] for result in results])
        return ProgressionRow(node, _cells(said, self._numbers))

    @cached_property
    def _numbers(self) -> tuple[int, ...]:
        return tuple(column.year for column in self.years)


# Many nodes have the same past, and the same page is asked for again.
@lru_cache(maxsize=4096)
def _cells(
    results: tuple[Said | None, ...], years: tuple[int, ...]
) -> tuple[Cell | None, ...]:
    return tuple(_each_cell(results, years))


def _each_cell(
    results: tuple[Said | None, ...], years: tuple[int, ...]
) -> Iterator[Cell | None]:
    known = 0
    # Year to the year that found what stands in it; carried ratings can be copies of copies.
    found: dict[int, int] = {}
    codes: dict[int, str] = {}
    for result, year in zip(results, years, strict=True):
        if result is None:
            yield None
            continue
        code, sampled, basis, applicable, source, source_code = result
        rank = RANKS[code]
        change = rank - known if rank and known else 0
        origin = None if source is None else found.get(source, source)
        differs = source in found and (
            source_code != code or codes.get(origin or 0, code) != code
        )
        yield _cell((code, sampled, basis, applicable, source, differs, change, origin))
        found[year] = origin or year
        codes[year] = code
        known = rank or known


@lru_cache(maxsize=4096)
def _cell(
    said: tuple[str, bool, str, bool, int | None, bool, int, int | None],
) -> Cell:
    """The one cell that says all this; a table has few different ones."""
    code, sampled, basis, applicable, source, differs, change, origin = said
    return Cell(
        rating=Rating(code) if code else None,
        sampled=sampled,
        basis=Basis(basis),
        applicable=applicable,
        source_year=source,
        differs_from_source=differs,
        change=change,
        found_year=origin,
    )


Amount = TypeVar("Amount", int, RatingCounts)


def _sums(parts: Sequence[Sequence[Amount]], nothing: Amount) -> tuple[Amount, ...]:
    """Year by year, the sum over all criteria."""
    return tuple(sum(of_year, nothing) for of_year in zip(*parts, strict=True))
