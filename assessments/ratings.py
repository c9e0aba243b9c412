"""The four ratings of the standard, and how a rating came about. Pure."""

from enum import StrEnum
from typing import Self


class Rating(StrEnum):
    """How well an element is met, from best to worst. Codes as papers print them."""

    # The field's own name of the rating.
    label: str
    # A word for class names and keys.
    slug: str
    # 4 for Compliance Plus down to 1 for non-compliance: higher is better.
    rank: int

    # Plain attributes, not properties: a table asks each of its hundreds of cells. The
    # defaults are for type checkers only, which take ``Rating("CP")`` for making a member.
    def __new__(cls, code: str, label: str = "", slug: str = "", rank: int = 0) -> Self:
        rating = str.__new__(cls, code)
        rating._value_ = code
        rating.label, rating.slug, rating.rank = label, slug, rank
        return rating

    PLUS = "CP", "Compliance Plus", "plus", 4
    COMPLIANT = "C", "Compliant", "compliant", 3
    PARTIAL = "PC", "Partial compliance", "partial", 2
    NON = "NC", "Non-compliance", "non", 1

    @classmethod
    def of_rank(cls, rank: int) -> Self:
        """The rating of a rank from 4 (best) to 1."""
        return list(cls)[4 - rank]

    def must_be_put_right(self) -> bool:
        """Partial compliances and non-compliances ask for a response."""
        return self in {Rating.PARTIAL, Rating.NON}


RATING_CHOICES = [(rating.value, rating.label) for rating in Rating]


class Basis(StrEnum):
    """Why a result says what it says."""

    # Examined at this visit.
    ASSESSED = "assessed"
    # Copied unchanged from an earlier result.
    CARRIED = "carried"
    # Entered or imported without knowing whether it was examined.
    RECORDED = "recorded"

    @property
    def label(self) -> str:
        return {
            Basis.ASSESSED: "Assessed this year",
            Basis.CARRIED: "Carried forward",
            Basis.RECORDED: "Recorded",
        }[self]


BASIS_CHOICES = [(basis.value, basis.label) for basis in Basis]
