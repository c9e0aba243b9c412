"""Numbers, lists and editions as the sentences of papers say them. Pure."""

from collections.abc import Sequence
from datetime import datetime

from cse_tracker.core.dates import long_date


def counted(number: int, singular: str, plural: str = "") -> str:
    """ "1 element", "2 elements", "no elements"."""
    return f"{number or 'no'} {singular if number == 1 else plural or singular + 's'}"


def listed(words: Sequence[str]) -> str:
    """ "one, two and three"; empty for none."""
    *most, last = words or [""]
    return f"{', '.join(most)} and {last}" if most else last


def edition(number: int, built: datetime, replaced: int | None) -> str:
    """Which paper this is, by what is known when it is built: not yet when it is issued."""
    of_earlier = f", to replace paper {replaced}" if replaced else ""
    return f"Paper {number}, built on {long_date(built)}{of_earlier}"
