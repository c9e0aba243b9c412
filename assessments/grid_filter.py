"""Which rows the page of all elements shows. Counts stay those of all rows. Pure."""

from collections.abc import Iterable
from enum import StrEnum

from assessments.grid import GridRow, GridSection
from assessments.ratings import Rating

MUST_BE_PUT_RIGHT = {rating.value for rating in Rating if rating.must_be_put_right()}


class Show(StrEnum):
    """A choice of rows, as addresses name it."""

    ALL = "all"
    UNRATED = "not-rated"
    CHANGED = "changed"
    PARTIAL = "partial"
    TO_CHECK = "to-check"
    SAMPLED = "sampled"
    PLANNED = "planned"

    @property
    def words(self) -> str:
        return {
            Show.ALL: "All elements",
            Show.UNRATED: "Not rated yet",
            Show.CHANGED: "Changed since the last known rating",
            Show.PARTIAL: "Partial or non-compliance",
            Show.TO_CHECK: "With something to check",
            Show.SAMPLED: "Sampled",
            Show.PLANNED: "Planned to be sampled",
        }[self]


def narrow(
    sections: Iterable[GridSection], show: Show, criterion_ref: str = ""
) -> None:
    """Hide the rows that were not asked for; an empty ref means every criterion."""
    for section in sections:
        for row in section.all_rows():
            is_within = criterion_ref in {"", section.node.ref}
            row.is_hidden = not (is_within and _is_asked_for(row, show))


def _is_asked_for(row: GridRow, show: Show) -> bool:
    result = row.result
    return {
        Show.ALL: True,
        Show.UNRATED: result.applicable
        and (not result.rating or result.awaits_assessment),
        Show.CHANGED: row.has_changed,
        Show.PARTIAL: result.rating in MUST_BE_PUT_RIGHT,
        Show.TO_CHECK: row.check_count > 0,
        Show.SAMPLED: result.sampled,
        Show.PLANNED: result.planned,
    }[show]
