"""What an annex says that may be wrong, seen over all its rows. Pure."""

from collections.abc import Iterator, Sequence

from assessments.importing.annex import AnnexYear, Line
from assessments.importing.checked import doubts_within_a_year
from assessments.importing.problems import AnnexProblem
from assessments.tree import Tree
from cse_tracker.core.importing.problems import Problem, problem

STANDARD_BEGAN_IN = 2008


def doubts_about(
    lines: Sequence[Line], years: Sequence[AnnexYear], tree: Tree, *, this_year: int
) -> Iterator[Problem]:
    """Missing and blank ratings, parents unlike their sub-elements, years to come."""
    for year in years:
        if reason := _impossible(year.year, this_year):
            yield problem(
                AnnexProblem.IMPOSSIBLE_YEAR, reason, year.heading_at, year.label
            )
        elif year.has_ratings:
            yield from doubts_within_a_year(lines, year, tree)
        else:
            message = f"{year.year} has no rating."
            yield problem(AnnexProblem.EMPTY_YEAR, message, year.heading_at, year.label)
    yield from _missing(lines, tree)


def is_possible(year: int, this_year: int) -> bool:
    """Whether an assessment can have been made in ``year``."""
    return not _impossible(year, this_year)


def _impossible(year: int, this_year: int) -> str:
    if year > this_year:
        return f"{year} has not come yet."
    if year < STANDARD_BEGAN_IN:
        return f"{year} is before the standard, which began in {STANDARD_BEGAN_IN}."
    return ""


def _missing(lines: Sequence[Line], tree: Tree) -> Iterator[Problem]:
    found = {line.ref for line in lines}
    missing = [node.ref for node in tree.elements if node.ref not in found]
    if missing:
        message = (
            f"{len(missing)} of {len(tree.elements)} elements: {', '.join(missing)}."
        )
        yield problem(AnnexProblem.MISSING, message, None)
