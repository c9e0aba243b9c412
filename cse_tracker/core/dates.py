"""Dates as people here write them. The clock is an argument; only edges read it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def local_day(moment: datetime) -> date:
    """The day in the United Kingdom on which an aware moment falls."""
    return moment.astimezone(LONDON).date()


def long_date(day: date | datetime) -> str:
    """Day, month in words and year: 3 March 2026. A moment is taken in UK time."""
    plain = local_day(day) if isinstance(day, datetime) else day
    return f"{plain.day} {plain:%B %Y}"
