"""Counts of a progression laid out for reading: the newest year, and criterion by year. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assessments.counts import RatingCounts
from assessments.progression import CriterionSection, Progression
from assessments.ratings import Rating
from assessments.rows import YearColumn

NOT_RATED = "Not rated"
SAMPLED = "Sampled"
# An initial or full assessment marks nothing, because it examines everything.
EVERYTHING = "all"


@dataclass(frozen=True, slots=True)
class LatestCount:
    """One number of the newest year. ``change`` says in words what became of the year before's."""

    label: str
    slug: str
    count: int
    change: str


@dataclass(frozen=True, slots=True)
class CountRow:
    """One line of a table of counts: a number per year, as text."""

    label: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountGroup:
    """The lines of one criterion, or of all."""

    name: str
    rows: tuple[CountRow, ...]


def latest_counts(progression: Progression) -> list[LatestCount]:
    """The newest year's elements by rating; non-compliance and blanks only where there are any."""
    last = progression.counts[-1]
    before = progression.counts[-2] if len(progression.counts) > 1 else None
    label = progression.years[-2].label if before else ""
    shown = [r for r in Rating if r is not Rating.NON or _any_of(r, progression.counts)]
    ratings = [
        LatestCount(
            rating.label,
            rating.slug,
            last.of(rating),
            _change(before.of(rating), last.of(rating), label) if before else "",
        )
        for rating in shown
    ]
    blank = [LatestCount(NOT_RATED, "blank", last.blank, "")] if last.blank else []
    return [*ratings, *blank]


def year_rows(progression: Progression) -> list[CountRow]:
    """A line for each year: its elements by rating, not rated, and sampled."""
    return [
        CountRow(
            " ".join(filter(None, [year.label, year.visit_code])),
            (*map(str, counts.by_code().values()), str(counts.blank), sampled),
        )
        for year, counts, sampled in zip(
            progression.years,
            progression.counts,
            sampled_in_words(progression, progression.years),
            strict=True,
        )
    ]


def element_groups(progression: Progression) -> list[CountGroup]:
    """Elements by rating, and how many were sampled: all criteria, then each."""
    parts: list[tuple[str, Progression | CriterionSection]] = [
        ("All criteria", progression),
        *((str(section.node), section) for section in progression.sections),
    ]
    used = _lines_used(progression.counts)
    return [
        CountGroup(
            name,
            (
                *_lines(part.counts, used),
                CountRow(SAMPLED, sampled_in_words(part, progression.years)),
            ),
        )
        for name, part in parts
    ]


def sub_element_groups(progression: Progression) -> list[CountGroup]:
    """Sub-elements by rating: all criteria, then each that has some."""
    parts = [
        ("All criteria", progression.sub_element_counts),
        *((str(s.node), s.sub_element_counts) for s in progression.sections),
    ]
    used = _lines_used(progression.sub_element_counts)
    return [
        CountGroup(name, tuple(_lines(counts, used)))
        for name, counts in parts
        if any(each.total for each in counts)
    ]


@lru_cache(maxsize=4096)
def codes_in_words(counts: RatingCounts) -> tuple[str, ...]:
    """Short lines for one year: "3 CP", "7 C"; what is nought is left out."""
    lines = [f"{counts.of(r)} {r.value}" for r in Rating if counts.of(r)]
    return (*lines, *([f"{counts.blank} not rated"] if counts.blank else []))


def sampled_in_words(
    part: Progression | CriterionSection, years: Sequence[YearColumn]
) -> tuple[str, ...]:
    """For each year how many elements were sampled: a number, or that all were examined.

    A full assessment examined all that it does not carry from an earlier year.
    """
    return tuple(
        str(sampled)
        if not year.examines_everything
        else str(counts.rated - carried)
        if carried
        else EVERYTHING
        for year, counts, sampled, carried in zip(
            years, part.counts, part.sampled, part.carried, strict=True
        )
    )


def _lines_used(counts: Sequence[RatingCounts]) -> list[Rating | None]:
    """Ratings that any year has, and None where any has blanks."""
    used: list[Rating | None] = [r for r in Rating if _any_of(r, counts)]
    return [*used, None] if any(each.blank for each in counts) else used


def _lines(
    counts: Sequence[RatingCounts], used: Sequence[Rating | None]
) -> Iterator[CountRow]:
    for rating in used:
        yield CountRow(
            rating.label if rating else NOT_RATED,
            tuple(str(each.of(rating) if rating else each.blank) for each in counts),
        )


def _any_of(rating: Rating, counts: Sequence[RatingCounts]) -> bool:
    return any(each.of(rating) for each in counts)


def _change(before: int, now: int, label: str) -> str:
    if now == before:
        return f"as in {label}"
    return f"{abs(now - before)} {'more' if now > before else 'fewer'} than in {label}"
