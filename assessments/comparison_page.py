"""Two years compared, as the page draws them: lists with their headings, warnings in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from assessments.comparison import Comparison, Movement, compare_elements
from assessments.forms.comparison import ComparisonForm
from assessments.progression import Progression, ProgressionRow
from assessments.progression_query import ProgressionQuery
from assessments.record import Record
from assessments.rows import YearColumn

# The check that tells the same of an assessment.
ACROSS_A_GAP = "CHK-501"


@dataclass(frozen=True, slots=True)
class MovementList:
    """Some movements under one heading. ``says`` is what a line adds: "was", "now" or nothing."""

    title: str
    movements: Sequence[Movement]
    says: str = ""


@dataclass(frozen=True, slots=True)
class Unmatched:
    """An element rated in one of the two years only. ``note`` says what the other year says."""

    row: ProgressionRow
    rating: str
    note: str


def comparison_context(record: Record, asked: Mapping[str, str]) -> dict[str, Any]:
    """All that the page shows; without ``found`` where there is nothing to compare."""
    slug = record.membership.organisation.slug
    chosen = str(record.certification.pk) if len(record.certifications) > 1 else ""
    whole = ProgressionQuery(certification=chosen).encoded()
    context: dict[str, Any] = {
        "record": record,
        "back_url": reverse("assessments:progression", args=[slug]) + whole,
    }
    progression = record.progression()
    if len(progression.years) < 2:
        return context
    form = ComparisonForm(asked, progression.years)
    context["form"] = form
    if form.is_valid():
        positions = form.cleaned_data["earlier"], form.cleaned_data["later"]
        context |= _found(progression, *positions)
    return context


def _found(progression: Progression, earlier: int, later: int) -> dict[str, Any]:
    found = compare_elements(progression, earlier, later)
    before, after = progression.years[earlier], progression.years[later]
    return {
        "found": found,
        "before": before,
        "after": after,
        "warnings": list(_warnings(found, before, after)),
        "plus_lists": [
            MovementList("New", found.new_plus, "was"),
            MovementList("Kept", found.retained_plus),
            MovementList("Lost", found.lost_plus, "now"),
        ],
        "partial_lists": [
            MovementList("New", found.new_partial, "was"),
            MovementList("Put right", found.closed_partial, "now"),
            MovementList("Still open", found.open_partial),
        ],
        "changes": [
            MovementList("Went up", found.up),
            MovementList("Went down", found.down),
        ],
        "newly_rated": [
            Unmatched(row, _rating_at(row, later), f"no rating known by {before.label}")
            for row in found.newly_rated
        ],
        "no_longer_rated": [
            _no_longer_rated(row, progression, earlier, later)
            for row in found.no_longer_rated
        ],
    }


def _warnings(
    found: Comparison, before: YearColumn, after: YearColumn
) -> Iterator[str]:
    if found.missing_years:
        years = ", ".join(map(str, found.missing_years))
        yield (
            f"There is no assessment for {years}, so a change between {before.label} and "
            f"{after.label} may have happened in any of these years ({ACROSS_A_GAP})."
        )
    if found.across_a_gap:
        listed = ", ".join(
            f"{move.row.node.ref} ({move.known_in})" for move in found.across_a_gap
        )
        yield (
            f"These elements were not rated in {before.label}, so they are compared with "
            f"the last rating known before it: {listed} ({ACROSS_A_GAP})."
        )
    open_years = [year.label for year in (before, after) if not year.is_confirmed]
    if open_years:
        yield f"{' and '.join(open_years)} not confirmed: ratings may still change."


def _rating_at(row: ProgressionRow, position: int) -> str:
    cell = row.cells[position]
    return cell.rating or "" if cell else ""


def _no_longer_rated(
    row: ProgressionRow, progression: Progression, earlier: int, later: int
) -> Unmatched:
    known = row.last_known(earlier)
    cell = row.cells[later]
    applies = cell is None or cell.applicable
    label = progression.years[later].label
    return Unmatched(
        row,
        known[1].value if known else "",
        f"not rated in {label}" if applies else f"does not apply in {label}",
    )
