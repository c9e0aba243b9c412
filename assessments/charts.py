"""Ratings over years as charts, for the progression page and for papers. Pure."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from assessments.counts import RatingCounts
from assessments.cycle import years_between
from assessments.ratings import Rating
from assessments.rows import YearColumn
from cse_tracker.core.charts import (
    Bar,
    Point,
    Series,
    Svg,
    line_chart,
    stacked_bars,
)

PLUS_COLOUR = "#12436d"
# What stands below the empty place of years without an assessment.
GAP = "…"
# Numbers stand on their segment with a contrast of 6:1 or more.
SERIES = (
    Series(Rating.PLUS.value, Rating.PLUS.label, PLUS_COLOUR, "#ffffff"),
    Series(Rating.COMPLIANT.value, Rating.COMPLIANT.label, "#28a197"),
    Series(Rating.PARTIAL.value, Rating.PARTIAL.label, "#f46a25", texture="hatched"),
    Series(Rating.NON.value, Rating.NON.label, "#801650", "#ffffff", texture="dotted"),
    Series("", "Not rated", "#ffffff", outline="#505a5f"),
)


def ratings_chart(
    years: Sequence[YearColumn], counts: Sequence[RatingCounts], *, name: str
) -> Svg:
    """Stacked bars of element-level ratings, a bar per year; ``name`` is unique on the page."""
    bars = [
        Bar(year.label, count.by_code() | {"": count.blank}) if count else Bar(GAP, {})
        for year, count in _with_gaps(years, counts)
    ]
    return stacked_bars(
        bars,
        SERIES,
        name=name,
        title=f"Elements by rating, {_span(years)}",
        description="One bar for each year. The table beside it has the same numbers."
        + _gaps_in_words(years),
    )


def plus_chart(
    years: Sequence[YearColumn], counts: Sequence[RatingCounts], *, name: str
) -> Svg:
    """The number of elements with Compliance Plus as a line over the years."""
    points = [
        Point(year.label, count.plus if count.rated else None)
        if count
        else Point(GAP, None)
        for year, count in _with_gaps(years, counts)
    ]
    return line_chart(
        points,
        name=name,
        title=f"Elements with Compliance Plus, {_span(years)}",
        description="One point for each year. The table beside it has the same numbers."
        + _gaps_in_words(years),
        colour=PLUS_COLOUR,
    )


def _with_gaps(
    years: Sequence[YearColumn], counts: Sequence[RatingCounts]
) -> Iterator[tuple[YearColumn, RatingCounts | None]]:
    """Each year with its counts; before one that follows no neighbour, the same without."""
    for place, (year, count) in enumerate(zip(years, counts, strict=True)):
        if place and year.year > years[place - 1].year + 1:
            yield year, None
        yield year, count


def _gaps_in_words(years: Sequence[YearColumn]) -> str:
    found = [years_between(one.year, next_.year) for one, next_ in pairwise(years)]
    gaps = [gap for gap in found if gap]
    return f" There is no assessment in {', '.join(gaps)}." if gaps else ""


def _span(years: Sequence[YearColumn]) -> str:
    if not years:
        return "no years yet"
    first, last = years[0].year, years[-1].year
    return f"{first} to {last}" if first != last else str(last)
