"""Headings that name a year: 2014, "Y1 2015", "2015/16", "2016 sampled", a date. Pure."""

import re
from dataclasses import dataclass
from datetime import date

from cse_tracker.core.tables.sheets import CellValue

MAX_HEADING_CHARACTERS = 60
FIRST_YEAR, LAST_YEAR = 1990, 2199
_YEAR = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20|21)\d\d)(?:\.0)?(?:\s*[/\u2010-\u2015-]\s*(?P<end>\d{4}|\d\d))?(?![\d.])"
)
_VISIT_CODE = re.compile(r"\b(?:Y|RP|R|V)\s?\d{1,2}\b", re.IGNORECASE)
_SAMPLED = re.compile(r"\b(?:sampled?|sampling)\b", re.IGNORECASE)
_X = re.compile(r"\bx\b", re.IGNORECASE)
# A column of something else that was written in that year.
_OTHER = re.compile(
    r"\b(?:self|guidance|evidence|comments?|notes?|actions?|owner|response|date|due|target|progress)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class YearHeading:
    """A column heading that names a year."""

    year: int
    label: str
    visit_code: str = ""
    # The column says only whether elements were sampled.
    only_sampled: bool = False
    # "2015/16" names two years; ``year`` is the first.
    is_span: bool = False


def read_year_or_none(value: CellValue) -> YearHeading | None:
    """The heading as a year, None if it names none, several, or a column of something else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        is_year = FIRST_YEAR <= value <= LAST_YEAR
        return YearHeading(value, str(value)) if is_year else None
    if isinstance(value, date):
        return YearHeading(value.year, str(value.year))
    if isinstance(value, str) and len(value) <= MAX_HEADING_CHARACTERS:
        return _read_text(" ".join(value.split()))
    return None


def _read_text(label: str) -> YearHeading | None:
    years = list(_YEAR.finditer(label))
    if len(years) != 1 or _OTHER.search(label):
        return None
    year, end = int(years[0]["year"]), years[0]["end"]
    if end and int(end) % 100 != (year + 1) % 100:
        return None
    return YearHeading(
        year,
        label,
        visit_code=read_visit_code(label),
        only_sampled=is_sampled_heading(label) or _X.search(label) is not None,
        is_span=bool(end),
    )


def read_visit_code(label: str) -> str:
    """``Y1`` from "Y1 2015", empty where the heading carries no code."""
    match = _VISIT_CODE.search(label)
    return match[0].replace(" ", "").upper() if match else ""


def is_sampled_heading(label: str) -> bool:
    """Whether the heading says "Sampled": a column that holds no ratings."""
    return _SAMPLED.search(label) is not None and "rating" not in label.casefold()
