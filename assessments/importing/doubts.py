"""What an annex says that may be wrong, seen over all its rows. Pure."""

from collections.abc import Iterator, Sequence

from assessments.importing.annex import AnnexYear, Line
from assessments.importing.problems import ProblemKind, problem
from assessments.ratings import Rating
from assessments.tree import Kind, Tree
from cse_tracker.core.importing.problems import Problem

STANDARD_BEGAN_IN = 2008


def doubts_about(
    lines: Sequence[Line], years: Sequence[AnnexYear], tree: Tree, *, this_year: int
) -> Iterator[Problem]:
    """Missing and blank ratings, parents unlike their sub-elements, years to come."""
    for year in years:
        if reason := _impossible(year.year, this_year):
            yield problem(
                ProblemKind.IMPOSSIBLE_YEAR, reason, year.heading_at, year.label
            )
        elif year.has_ratings:
            yield from _unrated(lines, year.year)
            yield from _unlike_parents(lines, year.year)
        else:
            message = f"{year.year} has no rating."
            yield problem(ProblemKind.EMPTY_YEAR, message, year.heading_at, year.label)
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


def _unrated(lines: Sequence[Line], year: int) -> Iterator[Problem]:
    for line in lines:
        mark = line.mark_in(year)
        if mark is None or mark.rating or not mark.applicable:
            continue
        if mark.sampled:
            message = f"{line.ref} was sampled in {year}, but has no rating."
            yield problem(ProblemKind.SAMPLED_UNRATED, message, line.address(year), "X")
        elif line.kind is Kind.ELEMENT:
            message = f"{line.ref} has no rating in {year}."
            yield problem(ProblemKind.BLANK, message, line.address(year))


def _unlike_parents(lines: Sequence[Line], year: int) -> Iterator[Problem]:
    below: dict[str, list[Rating]] = {}
    for line in lines:
        mark = line.mark_in(year)
        if line.kind is Kind.SUB_ELEMENT and mark and mark.rating:
            below.setdefault(line.ref.rpartition(".")[0], []).append(mark.rating)
    for line in lines:
        mark = line.mark_in(year)
        if line.ref not in below or mark is None or mark.rating is None:
            continue
        worst = min(below[line.ref], key=lambda rating: rating.rank)
        if worst is not mark.rating:
            message = (
                f"{line.ref} is {mark.rating} in {year}; "
                f"the worst of its sub-elements is {worst}."
            )
            yield problem(
                ProblemKind.PARENT_DIFFERS,
                message,
                line.address(year),
                mark.rating.value,
            )


def _missing(lines: Sequence[Line], tree: Tree) -> Iterator[Problem]:
    found = {line.ref for line in lines}
    missing = [node.ref for node in tree.elements if node.ref not in found]
    if missing:
        message = (
            f"{len(missing)} of {len(tree.elements)} elements: {', '.join(missing)}."
        )
        yield problem(ProblemKind.MISSING, message, None)
