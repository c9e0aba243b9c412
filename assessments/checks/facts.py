"""What checks look at: an organisation's record as plain data. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from assessments.cycle import Cycle, CycleRules
from assessments.entering import KnownRating
from assessments.ratings import Rating
from assessments.tree import Kind, Node, Tree


class Said(NamedTuple):
    """What one assessment says of one node."""

    rating: Rating | None = None
    sampled: bool = False
    applicable: bool = True
    # Meant to be sampled at a visit that is still to come.
    planned: bool = False
    # Whether somebody gave a reason for a change that nobody examined.
    has_reason: bool = False
    # Of a carried rating: the year it was copied from, and what that year says now.
    source_year: int | None = None
    source_rating: Rating | None = None

    @property
    def is_carried(self) -> bool:
        return self.source_year is not None

    @property
    def must_be_put_right(self) -> bool:
        return self.rating is not None and self.rating.must_be_put_right()


class Point(NamedTuple):
    """One finding of the assessor's."""

    # It says why the element is not fully compliant.
    says_why: bool
    # It has a response, an action, or a reason why nothing is done.
    is_answered: bool


@dataclass(frozen=True, slots=True)
class YearFacts:
    """One assessment. ``key`` names it; ``results`` and ``points`` are by ref."""

    key: int
    year: int
    results: Mapping[str, Said]
    # None where no findings are known or owed, as in an annex that is being read.
    points: Mapping[str, Sequence[Point]] | None = None
    examines_everything: bool = False
    # A follow-up visit looks at what was open, and rates nothing else.
    is_follow_up: bool = False
    # Ratings and findings may still change.
    is_open: bool = False
    # Entering is over: an approver has it, or it is confirmed.
    is_handed_over: bool = False
    visit_starts_on: date | None = None

    @property
    def is_being_entered(self) -> bool:
        """Whether so little is rated that entering has only begun: what lacks is no news."""
        rated = sum(said.rating is not None for said in self.results.values())
        expected = sum(said.applicable for said in self.results.values())
        return self.is_open and not self.is_handed_over and rated * 2 < expected


@dataclass(frozen=True)
class RecordFacts:
    """Assessments of one certification, oldest first."""

    tree: Tree
    years: Sequence[YearFacts]
    today: date
    cycle: CycleRules | None = None

    def views(self) -> Iterator["YearView"]:
        """Each assessment beside what was known before it."""
        known: dict[str, KnownRating] = {}
        for position, facts in enumerate(self.years):
            yield YearView(self, position, dict(known))
            for ref, said in facts.results.items():
                if said.rating:
                    known[ref] = KnownRating(0, said.rating, facts.year)


@dataclass(frozen=True, slots=True)
class Spot:
    """One node in one assessment, with what surrounds it."""

    node: Node
    now: Said
    known: KnownRating | None
    # Examined at this visit, by itself or with the element that it is a part of.
    is_examined: bool
    # Of an element: what its sub-elements say in the same assessment.
    parts: tuple[Said, ...]
    # Its findings, with those of its parts or of the element that it is a part of.
    points: tuple[Point, ...] = ()
    own_points: tuple[Point, ...] = ()

    @property
    def ref(self) -> str:
        return self.node.ref

    @property
    def is_element(self) -> bool:
        return self.node.kind is Kind.ELEMENT


@dataclass(frozen=True)
class YearView:
    """One assessment of a record while it is checked."""

    record: RecordFacts
    position: int
    # The last known rating before it, by ref.
    known: Mapping[str, KnownRating] = field(repr=False)

    @property
    def facts(self) -> YearFacts:
        return self.record.years[self.position]

    @property
    def year(self) -> int:
        return self.facts.year

    @property
    def previous(self) -> YearFacts | None:
        return self.record.years[self.position - 1] if self.position else None

    @cached_property
    def is_being_entered(self) -> bool:
        return self.facts.is_being_entered

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """What applies, in reading order."""
        return tuple(self._spots())

    @cached_property
    def cycle_ending_here(self) -> Cycle | None:
        """The cycle whose last assessment this is, if the record has every year of it."""
        cycle = self.record.cycle.cycle_of(self.year) if self.record.cycle else None
        if cycle is None or any(each.year in cycle for each in self._later):
            return None
        on_record = {each.year for each in self.record.years}
        years = range(cycle.first_year, cycle.last_year + 1)
        return cycle if on_record.issuperset(years) else None

    def years_of(self, cycle: Cycle) -> list[YearFacts]:
        """The assessments of a cycle, oldest first."""
        return [each for each in self.record.years if each.year in cycle]

    @property
    def _later(self) -> Sequence[YearFacts]:
        return self.record.years[self.position + 1 :]

    def _spots(self) -> Iterator[Spot]:
        results = self.facts.results
        for node in self.record.tree.ratable:
            said = results.get(node.ref)
            if said is not None and said.applicable:
                yield self._spot(node, said)

    def _spot(self, node: Node, said: Said) -> Spot:
        results = self.facts.results
        children = [
            child.ref
            for child in self.record.tree.children(node)
            if child.ref in results
        ]
        whole = results.get(node.parent_ref)
        return Spot(
            node=node,
            now=said,
            known=self.known.get(node.ref),
            is_examined=(
                self.facts.examines_everything
                or said.sampled
                or bool(whole and whole.sampled)
            ),
            parts=tuple(results[ref] for ref in children),
            points=self._points(node.ref, node.parent_ref, *children),
            own_points=self._points(node.ref),
        )

    def _points(self, *refs: str) -> tuple[Point, ...]:
        points = self.facts.points or {}
        return tuple(point for ref in refs for point in points.get(ref, ()))
