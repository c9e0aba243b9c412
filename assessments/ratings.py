"""The four ratings of the standard, and how a rating came about. Pure."""

from enum import StrEnum


class Rating(StrEnum):
    """How well an element is met, from best to worst. Codes as papers print them."""

    PLUS = "CP"
    COMPLIANT = "C"
    PARTIAL = "PC"
    NON = "NC"

    @property
    def label(self) -> str:
        """The field's own name of the rating."""
        return _LABELS[self]

    @property
    def slug(self) -> str:
        """A word for class names and keys."""
        return self.name.lower()

    @property
    def rank(self) -> int:
        """4 for Compliance Plus down to 1 for non-compliance: higher is better."""
        return _RANKS[self]

    @classmethod
    def of_rank(cls, rank: int) -> "Rating":
        """The rating of a rank from 4 (best) to 1."""
        return list(cls)[4 - rank]

    def must_be_put_right(self) -> bool:
        """Partial compliances and non-compliances ask for a response."""
        return self in {Rating.PARTIAL, Rating.NON}


_LABELS = {
    Rating.PLUS: "Compliance Plus",
    Rating.COMPLIANT: "Compliant",
    Rating.PARTIAL: "Partial compliance",
    Rating.NON: "Non-compliance",
}
_RANKS = {Rating.PLUS: 4, Rating.COMPLIANT: 3, Rating.PARTIAL: 2, Rating.NON: 1}

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
