"""Dates as people write them into plans. Pure."""

import re
from calendar import month_abbr, month_name, monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cse_tracker.core.tables.sheets import CellValue

# Excel counts days from here; only these numbers are taken for dates (1982 to 2119).
_EXCEL_BEGINS = date(1899, 12, 30)
_EXCEL_DAYS = range(30_000, 80_001)
# Longer cells are sentences.
LONGEST = 40
_MONTHS = {
    name.casefold(): number
    for names in (month_name, month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
_GAP = r"[\s./,'’-]+"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = r"(?P<month>[a-z]{3,9})"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_BY = r"(?:(?:by|before|due)\s+)?"
_END = r"(?:(?:the\s+)?end\s+(?:of\s+)?)?"
_WHOLE = [
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[t\s]00:00(?::00)?)?",
    rf"{_BY}{_WEEKDAY}{_DAY}\s?[./-]\s?(?P<month>\d{{1,2}})\s?[./-]\s?{_YEAR}",
    rf"{_BY}{_WEEKDAY}{_DAY}(?:\s+of)?{_GAP}?{_MONTH}{_GAP}{_YEAR}",
    rf"{_BY}{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})",
]
_MONTH_ALONE = [
    rf"{_BY}{_END}{_MONTH}{_GAP}{_YEAR}",
    rf"{_BY}{_END}(?P<month>\d{{1,2}})\s?[/-]\s?(?P<year>\d{{4}})",
]


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date, and whether people should be told how their cell was read."""

    day: date
    is_worked_out: bool = False


def read_date_or_none(value: CellValue) -> ReadDate | None:
    """The date in the cell; of a month alone its last day. None if it holds no date."""
    match value:
        case datetime():
            return ReadDate(value.date())
        case date():
            return ReadDate(value)
        case int() if value in _EXCEL_DAYS:
            return ReadDate(_EXCEL_BEGINS + timedelta(days=value), is_worked_out=True)
        case str():
            return _in_text(" ".join(value.split()).casefold().rstrip("."))
    return None


def _in_text(text: str) -> ReadDate | None:
    if len(text) > LONGEST:
        return None
    for pattern in _WHOLE:
        if match := re.fullmatch(pattern, text):
            day = _date_or_none(match["year"], match["month"], int(match["day"]))
            return ReadDate(day) if day else None
    for pattern in _MONTH_ALONE:
        if match := re.fullmatch(pattern, text):
            day = _date_or_none(match["year"], match["month"], None)
            return ReadDate(day, is_worked_out=True) if day else None
    return None


def _date_or_none(year: str, month: str, day: int | None) -> date | None:
    """The day, the last of the month if None; None for one that no calendar has."""
    number = int(month) if month.isdigit() else _MONTHS.get(month, 0)
    full_year = int(year) + (2000 if len(year) == len("26") else 0)
    try:
        last = monthrange(full_year, number)[1]
        return date(full_year, number, last if day is None else day)
    except ValueError:
        return None
