"""The summary laid out for reading: each figure with the address of the actions it counts. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from actions.charts import ages_chart, months_chart, parts_chart
from actions.summary import NONE, PlanSummary, Tally
from cse_tracker.core.charts import Svg

# The list's filters to the address of the list so filtered.
LinkTo = Callable[..., str]


@dataclass(frozen=True)
class Figure:
    """A count, where the actions that it counts are listed, and what they are."""

    count: int
    url: str
    words: str


@dataclass(frozen=True)
class FigureRow:
    """One line of a table, or one count with its name."""

    name: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Part:
    """A chart, and the table beside it."""

    key: str
    title: str
    chart: Svg
    heads: tuple[str, ...]
    rows: tuple[FigureRow, ...]
    note: str = ""


def headline(
    summary: PlanSummary, link: LinkTo, *, soon_days: int, today: date
) -> list[FigureRow]:
    """The counts of the whole plan."""
    whole = summary.whole
    year = str(today.year)
    return [
        _single("Open", whole.open, link(status="open")),
        _single("Overdue", whole.overdue, link(overdue="on")),
        _single(f"Due in {soon_days} days", whole.due_soon, link(status="soon")),
        _single("Waiting to be checked", whole.waiting, link(status="done")),
        _single(f"Closed in {year}", whole.closed_this_year, link(closed=year)),
    ]


def parts_of(
    summary: PlanSummary,
    link: LinkTo,
    *,
    services: Mapping[str, str],
    criteria: Mapping[str, str],
    today: date,
) -> list[Part]:
    """By service, by criterion, per month and by age. ``services`` and ``criteria``: their names.

    A service is left out where nothing of it is or was in the plan, a criterion never.
    """
    busiest_first = sorted(
        (key for key in services if key in summary.by_service),
        key=lambda key: (-summary.by_service[key].open, services[key].casefold()),
    )
    refs = dict.fromkeys([*criteria, *sorted(summary.by_criterion.keys() - {NONE})])
    return [
        _by(
            "service",
            "By service",
            _named(busiest_first, services, summary.by_service, "No service"),
            link,
            today,
        ),
        _by(
            "criterion",
            "By criterion",
            _named(list(refs), criteria, summary.by_criterion, "No element"),
            link,
            today,
            note="An action counts once in each criterion whose elements it is about.",
        ),
        _closed(summary, link),
        _aged(summary, link),
    ]


def _single(name: str, count: int, url: str) -> FigureRow:
    return FigureRow(name, (Figure(count, url, name),))


def _named(
    keys: Sequence[str],
    names: Mapping[str, str],
    tallies: Mapping[str, Tally],
    none: str,
) -> list[tuple[str, str, Tally]]:
    """Key, name and tally of each; what belongs to none comes last."""
    found = [(key, names.get(key, key), tallies.get(key, Tally())) for key in keys]
    return [*found, (NONE, none, tallies[NONE])] if NONE in tallies else found


def _by(
    field: str,
    title: str,
    parts: Sequence[tuple[str, str, Tally]],
    link: LinkTo,
    today: date,
    *,
    note: str = "",
) -> Part:
    year = str(today.year)
    heads = ("Open", "Overdue", "To be checked", f"Closed in {year}")

    def row(key: str, name: str, tally: Tally) -> FigureRow:
        figures = (
            (tally.open, {"status": "open"}),
            (tally.overdue, {"overdue": "on"}),
            (tally.waiting, {"status": "done"}),
            (tally.closed_this_year, {"closed": year}),
        )
        return FigureRow(
            name,
            tuple(
                Figure(count, link(**{field: key}, **filters), f"{head}, {name}")
                for head, (count, filters) in zip(heads, figures, strict=True)
            ),
        )

    named = [(name, tally) for _, name, tally in parts]
    return Part(
        field,
        title,
        parts_chart(named, name=field, title=f"Open actions {title.lower()}"),
        heads,
        tuple(row(*part) for part in parts),
        note,
    )


def _closed(summary: PlanSummary, link: LinkTo) -> Part:
    months = summary.closed_by_month
    return Part(
        "closed",
        "Closed per month",
        months_chart(months, name="closed"),
        ("Closed",),
        tuple(
            _single(month.label, count, link(closed=month.key))
            for month, count in months.items()
        ),
    )


def _aged(summary: PlanSummary, link: LinkTo) -> Part:
    return Part(
        "age",
        "Age of open actions",
        ages_chart(summary.by_age, name="age"),
        ("Open",),
        tuple(
            _single(age.label, count, link(age=age.key))
            for age, count in summary.by_age.items()
        ),
        "Since the day it was planned, or its start date if that is earlier.",
    )
