"""The checks of the catalogue over what an annex says and what importing it would make. Pure.

So one cause has one number in the preview and afterwards.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from assessments.checks.facts import RecordFacts, Said, YearFacts
from assessments.checks.hits import Hit
from assessments.checks.running import run_checks
from assessments.cycle import CycleRules
from assessments.importing.annex import AnnexReading, AnnexYear, Line
from assessments.importing.problems import AnnexProblem
from assessments.tree import Kind, Node, Tree
from cse_tracker.core.importing.problems import Problem, problem

WITHIN_A_YEAR = {
    "CHK-201": AnnexProblem.SAMPLED_UNRATED,
    "CHK-202": AnnexProblem.BLANK,
    "CHK-207": AnnexProblem.PARENT_DIFFERS,
}
OVER_THE_YEARS = {
    "CHK-204": AnnexProblem.PARTIAL_CLOSED,
    "CHK-205": AnnexProblem.PLUS_LOST,
    "CHK-206": AnnexProblem.CHANGED_UNSAMPLED,
    "CHK-401": AnnexProblem.NEVER_SAMPLED,
    "CHK-402": AnnexProblem.PARTIAL_UNSEEN,
    "CHK-501": AnnexProblem.YEAR_BETWEEN,
}
# No check here asks for the day: a year to come is refused while it is read.
ANY_DAY = date.min


def doubts_within_a_year(
    lines: Sequence[Line], year: AnnexYear, tree: Tree
) -> Iterator[Problem]:
    """Missing ratings, and parents unlike their sub-elements, at their cells."""
    marks = {line.ref: line.mark_in(year.year) for line in lines}
    results = {
        ref: Said(mark.rating, mark.sampled, mark.applicable)
        for ref, mark in marks.items()
        if mark is not None
    }
    facts = YearFacts(year.year, year.year, results)
    record = RecordFacts(_with_parts(tree, lines), [facts], ANY_DAY)
    by_ref = {line.ref: line for line in lines}
    for hit in run_checks(record, numbers=WITHIN_A_YEAR):
        yield _at_its_cell(hit, WITHIN_A_YEAR[hit.number], by_ref[hit.ref])


def doubts_over_the_years(
    reading: AnnexReading,
    tree: Tree,
    years: Sequence[YearFacts],
    *,
    included: Iterable[AnnexYear],
    cycle: CycleRules | None,
) -> Iterator[Problem]:
    """What only comparing the years shows, at the cells of those that are brought in.

    ``years`` has all that the record would have, oldest first, named by their year.
    """
    record = RecordFacts(_with_parts(tree, reading.lines), years, ANY_DAY, cycle)
    headings = {year.year: year for year in included}
    for hit in run_checks(record, keys=headings, numbers=OVER_THE_YEARS):
        kind = OVER_THE_YEARS[hit.number]
        line = reading.by_ref.get(hit.ref)
        if not hit.ref:
            year = headings[hit.year]
            yield problem(kind, hit.message, year.heading_at, year.label)
        elif line and line.mark_in(hit.year):
            yield _at_its_cell(hit, kind, line)


def _at_its_cell(hit: Hit, kind: AnnexProblem, line: Line) -> Problem:
    mark = line.mark_in(hit.year)
    text = ""
    if mark and mark.rating:
        text = mark.rating.value
    elif mark and mark.sampled:
        text = "X"
    return problem(kind, hit.message, line.address(hit.year), text)


def _with_parts(tree: Tree, lines: Iterable[Line]) -> Tree:
    """The standard with the sub-elements that the file has and the organisation has not."""
    new = [line for line in lines if line.ref not in tree.by_ref]
    return tree.with_nodes(
        Node(-number, line.ref, Kind.of_ref(line.ref), line.text)
        for number, line in enumerate(new, 1)
    )
