"""Results as plain data: what the pure modules count, compare and draw. Pure."""

from dataclasses import dataclass
from typing import NamedTuple


class ResultRow(NamedTuple):
    """One result. ``rating`` is a code, empty where none was given."""

    assessment_id: int
    node_id: int
    rating: str
    sampled: bool
    basis: str
    applicable: bool
    # Year and rating of the result it was carried from, None unless carried.
    source_year: int | None = None
    source_rating: str | None = None


@dataclass(frozen=True, slots=True)
class YearColumn:
    """One assessment as a column of a progression. ``label`` is what stands above it."""

    assessment_id: int
    year: int
    label: str
    visit_code: str
    kind: str
    is_confirmed: bool
    # An initial or full assessment examines every element and marks none as sampled.
    examines_everything: bool
    url: str = ""
    # What names the assessment in addresses.
    slug: str = ""
