"""What one cell of an annex says: sampled or not, and which rating. Pure."""

import re
from dataclasses import dataclass
from functools import lru_cache

from assessments.ratings import Rating
from cse_tracker.core.tables.sheets import CellValue, Uncalculated, cell_text

# Written without spaces and punctuation, in lower case. Source: the domain page, "Ratings".
_SPELLINGS = {
    Rating.PLUS: (
        "cp",
        "c+",
        "complianceplus",
        "compliantplus",
        "compliance+",
        "compliant+",
    ),
    Rating.COMPLIANT: (
        "c",
        "compliant",
        "compliance",
        "fullycompliant",
        "fullcompliance",
        "full",
    ),
    Rating.PARTIAL: (
        "pc",
        "partial",
        "partiallycompliant",
        "partialcompliant",
        "partialcompliance",
    ),
    Rating.NON: ("nc", "noncompliant", "noncompliance", "notcompliant"),
}
RATINGS_BY_SPELLING = {
    spelling: rating
    for rating, spellings in _SPELLINGS.items()
    for spelling in spellings
}
NOT_APPLICABLE = {"na", "notapplicable"}
# The longest spelling has half as many; the rest leaves room for spaces and brackets.
LONGEST_MARK = 60
# Spaces of every kind, dashes, and the brackets and stops people put around the X.
_PUNCTUATION = re.compile(r"[\s\-\u2010-\u2015()\[\].,:;/_]+")

_YES = {"x", "yes", "y", "1", "true", "sampled", "\u2713", "\u2714"}
_NO = {"", "no", "n", "0", "false", "notsampled"}


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands for a node in one year. A blank cell is the default."""

    sampled: bool = False
    rating: Rating | None = None
    applicable: bool = True

    @property
    def is_blank(self) -> bool:
        return self == Mark()


def read_mark_or_none(value: CellValue) -> Mark | None:
    """The cell as a mark, None if it can't be read.

    An X in front of the rating or behind it says the element was sampled; it may stand alone.
    """
    if value is None:
        return Mark()
    if isinstance(value, str) and len(value) <= LONGEST_MARK:
        return _read_text_or_none(value)
    return None


# An annex repeats a dozen different cells some hundred times.
@lru_cache(maxsize=512)
def _read_text_or_none(text: str) -> Mark | None:
    squashed = _squash(text)
    if squashed in NOT_APPLICABLE:
        return Mark(applicable=False)
    sampled, spelling = _split_sampled(squashed)
    if not spelling:
        # Punctuation alone, such as a dash, is not a blank cell.
        return Mark(sampled=True) if sampled else None
    rating = RATINGS_BY_SPELLING.get(spelling)
    return Mark(sampled=sampled, rating=rating) if rating else None


def read_sampled_or_none(value: CellValue) -> bool | None:
    """A cell of a column that only says whether the element was sampled; None if unreadable."""
    if isinstance(value, Uncalculated):
        return None
    squashed = _squash(value)
    if squashed in _YES:
        return True
    return False if squashed in _NO else None


def _squash(value: CellValue) -> str:
    return _PUNCTUATION.sub("", cell_text(value)).casefold().replace("\u00d7", "x")


def _split_sampled(squashed: str) -> tuple[bool, str]:
    if squashed.startswith("x"):
        return True, squashed[1:]
    if squashed.endswith("x"):
        return True, squashed[:-1]
    return False, squashed
