"""When somebody is reminded of a due date, and when of what is overdue. Days in, days out.

A reminder comes so many days before the due date, or on the last working day before that.
Where two fall on one day, only the later one is sent. What is overdue comes together, on the
first working day of the week.
"""

from datetime import date, timedelta

from cse_tracker.core.working_days import (
    Nation,
    is_working_day,
    working_day_on_or_before,
)

# Days before the due date, the earliest first.
DAYS_BEFORE = (30, 7, 1, 0)


def reminder_days(due_on: date, nation: Nation) -> dict[date, int]:
    """The days on which this due date is reminded of, each with its days before."""
    days = {}
    for before in DAYS_BEFORE:
        wanted = due_on - timedelta(days=before)
        days[working_day_on_or_before(wanted, nation)] = before
    return days


def reminder_due(
    due_on: date, *, known_since: date, today: date, nation: Nation
) -> int | None:
    """Which reminder is the newest that had to be sent by ``today``: its days before, or None.

    None before the first, once the due date has passed, and on a day when nobody works.
    One that fell on ``known_since`` or before is not sent: the date was only just agreed.
    """
    if today > due_on or not is_working_day(today, nation):
        return None
    past = [
        (day, before)
        for day, before in reminder_days(due_on, nation).items()
        if known_since < day <= today
    ]
    return max(past)[1] if past else None


def digest_week(today: date, nation: Nation) -> str | None:
    """The ISO week, such as "2026-W48", whose digest is due by ``today``.

    None before the first working day of the week, and on a day when nobody works.
    """
    if not is_working_day(today, nation):
        return None
    year, week, _ = today.isocalendar()
    return f"{year}-W{week:02d}"
