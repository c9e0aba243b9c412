"""The summary's numbers as charts. The table beside each has the same ones. Pure."""

from collections.abc import Mapping, Sequence

from actions.summary import Age, Month, Tally
from cse_tracker.core.charts import Column, LyingBar, Svg, columns, lying_bars

# More than these make a chart that nobody reads; the table has them all.
BARS_SHOWN = 10
BESIDE = "The table beside it has the same numbers and leads to the actions."


def parts_chart(parts: Sequence[tuple[str, Tally]], *, name: str, title: str) -> Svg:
    """Open actions of each part of the plan, the overdue ones marked; the last may be the rest."""
    shown, rest = parts[:BARS_SHOWN], parts[BARS_SHOWN:]
    bars = [_bar(label, tally.open, tally.overdue) for label, tally in shown]
    if rest:
        open_count = sum(tally.open for _, tally in rest)
        overdue = sum(tally.overdue for _, tally in rest)
        bars.append(_bar(f"{len(rest)} more", open_count, overdue))
    return lying_bars(
        bars,
        name=name,
        title=title,
        description=f"A bar for each, its overdue part hatched. {BESIDE}",
    )


def months_chart(closed: Mapping[Month, int], *, name: str) -> Svg:
    """Closed actions, month by month."""
    entries = [
        Column(
            f"{month.first_day:%b}",
            count,
            below=str(month.year) if _needs_year(place, month) else "",
        )
        for place, (month, count) in enumerate(closed.items())
    ]
    return columns(
        entries,
        name=name,
        title="Actions closed per month",
        description=f"A column for each of the last 12 months. {BESIDE}",
    )


def ages_chart(by_age: Mapping[Age, int], *, name: str) -> Svg:
    """Open actions by how long they have been open."""
    return lying_bars(
        [LyingBar(age.label, count) for age, count in by_age.items()],
        name=name,
        title="Open actions by age",
        description=f"A bar for each age, the youngest first. {BESIDE}",
    )


def _needs_year(place: int, month: Month) -> bool:
    """Below January, and below the first month unless January comes right after it."""
    return month.number == 1 or (place == 0 and month.number < 12)


def _bar(label: str, open_count: int, overdue: int) -> LyingBar:
    words = f"({overdue} overdue)" if overdue else ""
    return LyingBar(label, open_count, overdue, words)
