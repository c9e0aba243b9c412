"""One thing that a paper prints otherwise than the data has it now. Pure."""

from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from cse_tracker.core.dates import long_date

# Where something stands on one side only.
ABSENT = "not there"
# As much of a text as is shown, from shortly before the first word that differs.
SHOWN, BEFORE = 160, 30


@dataclass(frozen=True)
class Difference:
    """Where in the paper, what it says there, and what the data says now."""

    place: str
    printed: str
    now: str


def difference_in_texts(place: str, printed: str, now: str) -> Difference:
    """Two texts that differ, each cut to what stands around the first change."""
    start = _first_difference(printed, now)
    return Difference(place, _from(printed, start), _from(now, start))


def day_in_words(kept: str | None) -> str:
    """A day as a snapshot keeps it, as people read it; empty for none."""
    return long_date(date.fromisoformat(kept)) if kept else ""


def _first_difference(was: str, now: str) -> int:
    same = takewhile(lambda pair: pair[0] == pair[1], zip(was, now, strict=False))
    return sum(1 for _ in same)


def _from(words: str, start: int) -> str:
    """The words from shortly before ``start``, cut between words."""
    if len(words) <= SHOWN:
        return words
    begin = words.rfind(" ", 0, max(start - BEFORE, 0)) + 1
    shown = words[begin : begin + SHOWN]
    if begin + SHOWN < len(words):
        shown = f"{shown.rpartition(' ')[0]} …"
    return f"… {shown}" if begin else shown
