"""What the page of all elements sends: rows with what their sender had seen. No Django."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assessments.grid import GridRow, StoredResult
from assessments.ratings import RATING_CHOICES, Rating

RATING_CODES = frozenset({"", *(rating.value for rating in Rating)})
# Not a rating: each row gets the last known one of its own.
LAST_KNOWN = "known"
FILL_CHOICES = [*RATING_CHOICES, (LAST_KNOWN, "its last known rating")]


class FillScope(StrEnum):
    """Which rows of a criterion are set at once."""

    UNRATED = "not-rated"
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class PostedRow:
    """What came back for one result, and what its sender had seen."""

    result_id: int
    seen_version: int
    seen_rating: str
    seen_sampled: bool
    rating: str
    sampled: bool
    reason: str
    # At a visit that examines all, whether the rating was carried, and whether it stays so.
    seen_carried: bool = False
    stays_carried: bool = False

    @property
    def is_touched(self) -> bool:
        seen = (self.seen_rating, self.seen_sampled, self.seen_carried)
        return (self.rating, self.sampled, self.stays_carried) != seen

    @property
    def is_assessed_now(self) -> bool:
        return self.seen_carried and not self.stays_carried


@dataclass(frozen=True, slots=True)
class Fill:
    """One rating for a whole criterion."""

    criterion_ref: str
    rating: str
    scope: FillScope


def read_posted(
    post: Mapping[str, str], results: Sequence[StoredResult]
) -> list[PostedRow]:
    """The rows of this assessment that a form sent back; fields of other results are ignored.

    A rating that is none of the codes, or a fingerprint that cannot be read, raises ValueError:
    the page never sends one.
    """
    return [
        _posted(post, result.id) for result in results if f"seen-{result.id}" in post
    ]


def read_fill(post: Mapping[str, str]) -> Fill | None:
    """The criterion to be set at once, None where that was not asked for.

    Raises ValueError on what the page never offers.
    """
    ref = post.get("fill", "")
    if not ref:
        return None
    rating = post.get(f"fill-rating-{ref}", "")
    if rating not in {code for code, _ in FILL_CHOICES}:
        raise ValueError(f"{rating!r} is no rating")
    return Fill(ref, rating, FillScope(post.get(f"fill-scope-{ref}", "")))


def fill_rows(rows: Iterable[GridRow], fill: Fill) -> int:
    """Put the rating into the fields of the rows it is for, unsaved; return how many."""
    filled = 0
    for row in rows:
        rating = _rating_for(row, fill)
        is_carried = row.result.awaits_assessment and not row.assessed
        is_open = is_carried or not row.rating
        is_asked_for = fill.scope is FillScope.EVERYTHING or is_open
        is_news = rating and (is_carried or rating != row.rating)
        if row.result.applicable and is_asked_for and is_news:
            row.rating, row.assessed = rating, row.result.awaits_assessment
            filled += 1
    return filled


def put_back(rows: Mapping[int, GridRow], posted: Iterable[PostedRow]) -> None:
    """Show what a person entered in the rows' fields again."""
    for entered in posted:
        row = rows[entered.result_id]
        row.rating, row.sampled = entered.rating, entered.sampled
        row.reason, row.assessed = entered.reason, entered.is_assessed_now


def _rating_for(row: GridRow, fill: Fill) -> str:
    if fill.rating != LAST_KNOWN:
        return fill.rating
    return row.known.rating.value if row.known else ""


def _posted(post: Mapping[str, str], result_id: int) -> PostedRow:
    version, seen_rating, seen_sampled, *carried = post[f"seen-{result_id}"].split(":")
    rating = post.get(f"rating-{result_id}", "")
    if rating not in RATING_CODES:
        raise ValueError(f"{rating!r} is no rating")
    return PostedRow(
        result_id=result_id,
        seen_version=int(version),
        seen_rating=seen_rating,
        seen_sampled=seen_sampled == "1",
        rating=rating,
        sampled=f"sampled-{result_id}" in post,
        reason=post.get(f"reason-{result_id}", "").strip(),
        seen_carried=bool(carried),
        stays_carried=f"carried-{result_id}" in post
        or (
            bool(carried)
            and rating == seen_rating
            and f"assessed-{result_id}" not in post
        ),
    )
