"""The plan in numbers: what is open where, since when, and what was closed. Pure.

Whether an action is open or overdue is said by the row: the list asks the same conditions.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from assessments.due_dates import months_after

# Where people ask for what has none: no service, no element.
NONE = "none"
MONTHS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One action of the plan. Overdue, due soon and waiting are among the open ones."""

    is_open: bool
    is_overdue: bool = False
    is_due_soon: bool = False
    # Somebody said that it is done; another person looks.
    is_waiting: bool = False
    # The local day on which it was closed; None also for one that was declined.
    closed_on: date | None = None
    # The day on which it was planned, or began if that was earlier.
    began_on: date = date.min
    # As the address says it, empty for none.
    service: str = ""
    # Refs of the criteria of the elements that its findings are about, each once.
    criteria: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many actions of some part of the plan stand where."""

    open: int = 0
    overdue: int = 0
    due_soon: int = 0
    waiting: int = 0
    closed_this_year: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One month of the calendar, in an address "2026-03"."""

    year: int
    number: int

    @property
    def key(self) -> str:
        return f"{self.year}-{self.number:02d}"

    @property
    def label(self) -> str:
        return f"{self.first_day:%B %Y}"

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return months_after(self.first_day, 1) - timedelta(days=1)

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)


@dataclass(frozen=True, slots=True)
class Age:
    """How long an action has been open, from so many months to less than so many."""

    key: str
    label: str
    at_least: int
    # None: without end.
    under: int | None

    def bounds(self, today: date) -> tuple[date | None, date]:
        """What began after the first day (None: ever) and not after the second is so old."""
        after = None if self.under is None else months_after(today, -self.under)
        return after, months_after(today, -self.at_least)


AGES = (
    Age("under-1", "Under 1 month", 0, 1),
    Age("1-3", "1 to 3 months", 1, 3),
    Age("3-6", "3 to 6 months", 3, 6),
    Age("6-12", "6 to 12 months", 6, 12),
    Age("over-12", "12 months or more", 12, None),
)


@dataclass(frozen=True)
class PlanSummary:
    """The plan on a day. What has no service or no element stands under NONE."""

    whole: Tally
    by_service: Mapping[str, Tally]
    by_criterion: Mapping[str, Tally]
    # The last twelve months, this one last.
    closed_by_month: Mapping[Month, int]
    # Open ones only, the youngest first.
    by_age: Mapping[Age, int]


def summarise(rows: Collection[SummaryRow], *, today: date) -> PlanSummary:
    """Count the plan. An action counts once in its service, and once in each criterion."""
    closed = Counter(Month.of(row.closed_on) for row in rows if row.closed_on)
    ages = Counter(age_of(row.began_on, today) for row in rows if row.is_open)
    return PlanSummary(
        whole=_tally(rows, today),
        by_service=_tallies(((row.service or NONE, row) for row in rows), today),
        by_criterion=_tallies(
            ((ref, row) for row in rows for ref in row.criteria or {NONE}), today
        ),
        closed_by_month={month: closed[month] for month in last_months(today)},
        by_age={age: ages[age] for age in AGES},
    )


def last_months(today: date) -> list[Month]:
    """The last twelve months in their order, the one of ``today`` last."""
    first = today.replace(day=1)
    return [
        Month.of(months_after(first, -back)) for back in reversed(range(MONTHS_SHOWN))
    ]


def age_of(began_on: date, today: date) -> Age:
    """How old what began that day is; what has yet to begin is young."""
    return next(
        age
        for age in reversed(AGES)
        if not age.at_least or began_on <= age.bounds(today)[1]
    )


def _tallies(parts: Iterable[tuple[str, SummaryRow]], today: date) -> dict[str, Tally]:
    grouped: dict[str, list[SummaryRow]] = {}
    for key, row in parts:
        grouped.setdefault(key, []).append(row)
    return {key: _tally(rows, today) for key, rows in grouped.items()}


def _tally(rows: Collection[SummaryRow], today: date) -> Tally:
    return Tally(
        open=sum(row.is_open for row in rows),
        overdue=sum(row.is_overdue for row in rows),
        due_soon=sum(row.is_due_soon for row in rows),
        waiting=sum(row.is_waiting for row in rows),
        closed_this_year=sum(
            row.closed_on is not None and row.closed_on.year == today.year
            for row in rows
        ),
    )
