"""Ratings that a document reports and the assessment does not have yet. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.importing.findings.rows import FindingRow
from assessments.ratings import Rating
from assessments.tree import ref_key


@dataclass(frozen=True, slots=True)
class ReportedRating:
    """An element's rating in the document, and in the assessment."""

    ref: str
    before: Rating | None
    after: Rating


def reported_ratings(rows: Iterable[FindingRow]) -> dict[str, Rating]:
    """The rating that the included rows of each element report, the worse of two."""
    found: dict[str, Rating] = {}
    for row in rows:
        if row.is_included and row.ref and row.rating:
            rating = Rating(row.rating)
            is_worse = rating is Rating.NON or row.ref not in found
            found[row.ref] = rating if is_worse else found[row.ref]
    return found


def ratings_to_record(
    rows: Iterable[FindingRow], current: Mapping[str, Rating | None]
) -> list[ReportedRating]:
    """Those that differ from the assessment's, in the order of the standard.

    ``current`` holds the elements that are rated there at all.
    """
    return [
        ReportedRating(ref, current[ref], rating)
        for ref, rating in sorted(
            reported_ratings(rows).items(), key=lambda each: _order(each[0])
        )
        if ref in current and current[ref] is not rating
    ]


def _order(ref: str) -> tuple[int, ...]:
    return ref_key(ref) if ref[:1].isdigit() else ()
