"""Which elements a progression shows: those that changed, fall short, excel, were not sampled.

A row is never shown without its whole: an element comes with its sub-elements, and counts stay
those of all elements. Pure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from assessments.progression import (
    CriterionSection,
    Progression,
    ProgressionRow,
    SubCriterionSection,
)
from assessments.ratings import Rating
from assessments.rows import YearColumn


class Show(StrEnum):
    """A choice of elements, as addresses name it."""

    ALL = "all"
    CHANGED = "changed"
    PARTIAL = "partial"
    PLUS = "plus"
    UNSAMPLED = "not-sampled"

    def words(self, latest: str) -> str:
        """The choice in words; ``latest`` names the newest year."""
        return {
            Show.ALL: "All elements",
            Show.CHANGED: "Rating changed in any year",
            Show.PARTIAL: f"Partial or non-compliance in {latest}",
            Show.PLUS: f"Compliance Plus in {latest}",
            Show.UNSAMPLED: "Never sampled in these years",
        }[self]


def narrowed(
    progression: Progression, show: Show, criterion_ref: str = ""
) -> tuple[CriterionSection, ...]:
    """The criteria with only the elements to show; an empty ref means every criterion.

    Criteria and sub-criteria without any are left out.
    """
    sections = [
        _narrowed_criterion(section, show, progression.years)
        for section in progression.sections
        if criterion_ref in {"", section.node.ref}
    ]
    return tuple(section for section in sections if section.sub_criteria)


def element_count(sections: Sequence[CriterionSection]) -> int:
    """How many elements these sections show."""
    return sum(row.is_element for section in sections for row in section.rows)


def _narrowed_criterion(
    section: CriterionSection, show: Show, years: Sequence[YearColumn]
) -> CriterionSection:
    if show is Show.ALL:
        return section
    narrowed_parts = [
        SubCriterionSection(
            part.node,
            tuple(
                row
                for group in _groups(part.rows)
                if _is_shown(group, show, years)
                for row in group
            ),
        )
        for part in section.sub_criteria
    ]
    return replace(
        section, sub_criteria=tuple(part for part in narrowed_parts if part.rows)
    )


def _groups(rows: Sequence[ProgressionRow]) -> Iterator[list[ProgressionRow]]:
    """Each element with its sub-elements."""
    group: list[ProgressionRow] = []
    for row in rows:
        if row.is_element and group:
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _is_shown(
    group: Sequence[ProgressionRow], show: Show, years: Sequence[YearColumn]
) -> bool:
    match show:
        case Show.CHANGED:
            return any(row.has_changed() for row in group)
        case Show.PARTIAL:
            return any(
                row.latest_is(rating)
                for row in group
                for rating in Rating
                if rating.must_be_put_right()
            )
        case Show.PLUS:
            return any(row.latest_is(Rating.PLUS) for row in group)
        case Show.UNSAMPLED:
            return group[0].was_never_sampled(years) and not any(
                cell and cell.sampled for row in group for cell in row.cells
            )
        case Show.ALL:
            return True
