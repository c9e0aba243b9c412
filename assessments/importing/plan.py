"""What importing an annex would do: per year, which results it makes and which it changes. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from assessments.checks.facts import Said, YearFacts
from assessments.counts import RatingCounts, count_codes
from assessments.cycle import CycleRules
from assessments.entering import KnownRating, basis_of
from assessments.importing.annex import AnnexReading, AnnexYear, Line
from assessments.importing.checked import doubts_over_the_years
from assessments.importing.doubts import is_possible
from assessments.importing.marks import Mark
from assessments.importing.problems import AnnexProblem
from assessments.importing.wording import differs, offered_wording
from assessments.ratings import Basis, Rating
from assessments.tree import Kind, Tree, ref_key
from cse_tracker.core.importing.problems import CellAddress, Problem, problem

FULL_KINDS = frozenset({"initial", "full"})


@dataclass(frozen=True, slots=True)
class YearChoice:
    """What the person decided about one year of the file."""

    include: bool
    # The kind of assessment, as the model names it. An initial or full one examines everything.
    kind: str


@dataclass(frozen=True, slots=True)
class ExistingResult:
    """A result the organisation has already."""

    id: int
    version: int
    rating: Rating | None
    sampled: bool
    applicable: bool


@dataclass(frozen=True, slots=True)
class ExistingYear:
    """An assessment the organisation has already for a year of the file, or for another."""

    assessment_id: int
    kind: str
    is_open: bool
    results: Mapping[str, ExistingResult]


@dataclass(frozen=True, slots=True)
class PlannedResult:
    """One result as the import would leave it. ``before`` is what stands there now, if any."""

    ref: str
    rating: Rating | None
    sampled: bool
    applicable: bool
    basis: Basis
    # The year it is carried from, None unless carried.
    source_year: int | None
    before: ExistingResult | None = None


@dataclass(frozen=True)
class PlannedYear:
    """One year of the file with what would become of it."""

    year: AnnexYear
    kind: str
    existing: ExistingYear | None
    # New results and changed ones; what stays as it is, is not here.
    results: tuple[PlannedResult, ...]
    unchanged_count: int
    # At element level, as they would stand afterwards.
    counts: RatingCounts
    sampled_count: int
    sub_element_count: int

    @property
    def created(self) -> list[PlannedResult]:
        return [result for result in self.results if result.before is None]

    @property
    def changed(self) -> list[PlannedResult]:
        return [result for result in self.results if result.before is not None]


@dataclass(frozen=True)
class ImportPlan:
    """All included years, oldest first, with what only comparing them shows."""

    years: tuple[PlannedYear, ...]
    new_sub_elements: tuple[Line, ...]
    problems: tuple[Problem, ...]


def proposed_choice(
    year: AnnexYear, existing: ExistingYear | None, *, this_year: int
) -> YearChoice:
    """What to propose for a year: an existing assessment keeps its kind.

    A year without any X examined everything; with one it was a review. A year that can't be,
    has no rating or is confirmed already is left out.
    """
    has_sense = year.has_ratings and is_possible(year.year, this_year)
    is_locked = existing is not None and not existing.is_open
    if existing is not None:
        kind = existing.kind
    elif year.has_samples:
        kind = "review"
    else:
        kind = "initial" if year.is_called_initial else "full"
    return YearChoice(include=has_sense and not is_locked, kind=kind)


def plan_import(
    reading: AnnexReading,
    tree: Tree,
    *,
    choices: Mapping[int, YearChoice],
    existing: Mapping[int, ExistingYear],
    cycle: CycleRules | None = None,
) -> ImportPlan:
    """What committing with these choices would do, given the organisation's record.

    ``tree`` holds the standard and the organisation's sub-elements. Years that the file does
    not include still count as what was known before.
    """
    planner = _Planner(reading, tree, existing)
    included = {year.year: year for year in reading.years if choices[year.year].include}
    planned = []
    for number in sorted({*included, *existing}):
        if number in included:
            planned.append(planner.plan(included[number], choices[number].kind))
        else:
            planner.remember(number, existing[number])
    refs = {result.ref for year in planned for result in year.created}
    new = [
        line for line in reading.sub_elements if line.ref in refs - tree.by_ref.keys()
    ]
    doubts = doubts_over_the_years(
        reading, tree, planner.facts, included=included.values(), cycle=cycle
    )
    found = [*doubts, *_reworded(reading, tree), *_drifted(reading, tree)]
    return ImportPlan(tuple(planned), tuple(new), tuple(found))


def _reworded(reading: AnnexReading, tree: Tree) -> Iterator[Problem]:
    """Sub-elements that the organisation has, but not in the file's words."""
    for line in reading.sub_elements:
        node = tree.by_ref.get(line.ref)
        if node and line.text and line.text.split() != node.statement.split():
            message = f'{line.ref} is "{node.statement}" in your standard.'
            address = CellAddress(line.sheet, line.row)
            yield problem(AnnexProblem.OTHER_WORDS, message, address, line.text)


def _drifted(reading: AnnexReading, tree: Tree) -> Iterator[Problem]:
    """Elements in an adopted wording that the file has otherwise."""
    for offered in offered_wording(reading):
        node = tree.by_ref[offered.ref]
        if node.id in tree.adopted and differs(offered.words, node.words):
            message = f"{node.ref} does not say what the wording says that you adopted."
            yield problem(
                AnnexProblem.DRIFTED_WORDING,
                message,
                offered.address,
                offered.words.statement,
            )


@dataclass
class _Planner:
    """Goes through the years from the oldest on, knowing each node's last rating."""

    reading: AnnexReading
    tree: Tree
    existing: Mapping[int, ExistingYear]
    known: dict[str, KnownRating] = field(default_factory=dict)
    # What the record would say of each year so far.
    facts: list[YearFacts] = field(default_factory=list)

    def remember(self, year: int, existing: ExistingYear) -> None:
        """Take a year that is not imported as known."""
        after = {
            ref: _untouched(ref, result) for ref, result in existing.results.items()
        }
        self._learn(after, year, existing.kind)

    def plan(self, year: AnnexYear, kind: str) -> PlannedYear:
        existing = self.existing.get(year.year)
        before = existing.results if existing else {}
        after = {ref: _untouched(ref, result) for ref, result in before.items()}
        for ref, mark in self._marks(year.year, is_new=existing is None):
            after[ref] = self._planned(ref, mark, year.year, kind, before.get(ref))
        self._learn(after, year.year, kind)
        touched = sorted(
            (result for result in after.values() if _is_change(result)),
            key=lambda result: ref_key(result.ref),
        )
        return PlannedYear(
            year=year,
            kind=kind,
            existing=existing,
            results=tuple(touched),
            unchanged_count=len(after) - len(touched),
            counts=_element_counts(after, self.tree),
            sampled_count=sum(
                result.sampled and Kind.of_ref(ref) is Kind.ELEMENT
                for ref, result in after.items()
            ),
            sub_element_count=sum(
                result.rating is not None and Kind.of_ref(ref) is Kind.SUB_ELEMENT
                for ref, result in after.items()
            ),
        )

    def _marks(self, year: int, *, is_new: bool) -> Iterator[tuple[str, Mark]]:
        """What the file says, and a blank for each other element of a new assessment.

        A blank cell says nothing about a sub-element, nor against a rating that is there.
        """
        marks = {line.ref: line.mark_in(year) or Mark() for line in self.reading.lines}
        if is_new:
            marks = {node.ref: Mark() for node in self.tree.elements} | marks
        for ref, mark in marks.items():
            if not mark.is_blank or (is_new and Kind.of_ref(ref) is Kind.ELEMENT):
                yield ref, mark

    def _planned(
        self, ref: str, mark: Mark, year: int, kind: str, before: ExistingResult | None
    ) -> PlannedResult:
        rating = mark.rating
        if rating is None and mark.applicable and before is not None:
            rating = before.rating
        known = self.known.get(ref)
        basis = basis_of(
            rating,
            sampled=mark.sampled,
            examines_everything=kind in FULL_KINDS,
            known=known,
        )
        source = known.year if known and basis is Basis.CARRIED else None
        return PlannedResult(
            ref, rating, mark.sampled, mark.applicable, basis, source, before
        )

    def _learn(self, after: Mapping[str, PlannedResult], year: int, kind: str) -> None:
        results = {ref: _said(result) for ref, result in after.items()}
        is_full = kind in FULL_KINDS
        self.facts.append(YearFacts(year, year, results, examines_everything=is_full))
        for ref, result in after.items():
            if result.rating is not None:
                # The result's id is looked up when the import is committed.
                self.known[ref] = KnownRating(0, result.rating, year)


def _said(result: PlannedResult) -> Said:
    return Said(
        rating=result.rating,
        sampled=result.sampled,
        applicable=result.applicable,
        source_year=result.source_year,
        source_rating=result.rating if result.source_year else None,
    )


def _untouched(ref: str, result: ExistingResult) -> PlannedResult:
    return PlannedResult(
        ref=ref,
        rating=result.rating,
        sampled=result.sampled,
        applicable=result.applicable,
        basis=Basis.RECORDED,
        source_year=None,
        before=result,
    )


def _is_change(result: PlannedResult) -> bool:
    before = result.before
    if before is None:
        return True
    return (result.rating, result.sampled, result.applicable) != (
        before.rating,
        before.sampled,
        before.applicable,
    )


def _element_counts(after: Mapping[str, PlannedResult], tree: Tree) -> RatingCounts:
    results = [after.get(node.ref) for node in tree.elements]
    return count_codes(
        result.rating.value if result and result.rating else ""
        for result in results
        if result is None or result.applicable
    )
