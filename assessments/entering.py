"""What an entered rating means: its basis, and when a reason is owed. Pure."""

from dataclasses import dataclass

from assessments.ratings import Basis, Rating


@dataclass(frozen=True, slots=True)
class KnownRating:
    """The last known rating of a node before an assessment, and the result that said it."""

    result_id: int
    rating: Rating
    year: int
    # The year that found it where ``year`` only carried it; copies of copies keep it.
    found_year: int | None = None

    @property
    def origin_year(self) -> int:
        """The year in which somebody assessed or recorded it."""
        return self.found_year or self.year


def basis_of(
    rating: Rating | None,
    *,
    sampled: bool,
    examines_everything: bool,
    known: KnownRating | None,
    stays_carried: bool = False,
) -> Basis:
    """Why a result entered so says what it says.

    An assessment that examines everything assesses every rated node, but for one that repeats
    the last known rating and ``stays_carried``. In a review a sampled node was assessed; an
    unsampled one that repeats the last known rating is carried; any other was recorded without
    our knowing whether it was examined.
    """
    repeats = bool(rating and known and known.rating is rating)
    if not sampled and repeats and (stays_carried or not examines_everything):
        return Basis.CARRIED
    if sampled or (examines_everything and rating):
        return Basis.ASSESSED
    return Basis.RECORDED


def needs_reason(
    rating: Rating | None,
    *,
    sampled: bool,
    examines_everything: bool,
    known: KnownRating | None,
) -> bool:
    """Whether this is a rating that changed though nobody examined it."""
    if sampled or examines_everything or rating is None or known is None:
        return False
    return rating is not known.rating
