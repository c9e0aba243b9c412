"""All that a progression annex says, read once and kept with the paper. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from assessments.comparison import Comparison, compare_elements
from assessments.progression import Cell, Progression
from assessments.ratings import Basis


@dataclass(frozen=True)
class AnnexFacts:
    """The facts of one annex. The assessment it is about is the progression's last year."""

    organisation: str
    standard: str
    scope: str
    certification_body: str
    # As people name the assessment: "2026 review".
    assessment: str
    visit_code: str
    visit_starts_on: date | None
    visit_ends_on: date | None
    outcome: str
    is_confirmed: bool
    progression: Progression
    language: str = "en-GB"

    @property
    def latest(self) -> int:
        """The position of the assessment's own column."""
        return len(self.progression.years) - 1

    @property
    def comparison(self) -> Comparison | None:
        """Against the year before; None for the first year."""
        if not self.latest:
            return None
        return compare_elements(self.progression, self.latest - 1, self.latest)

    @property
    def span(self) -> str:
        """The years covered, in words."""
        first, last = self.progression.years[0], self.progression.years[-1]
        return (
            f"{first.year} to {last.year}"
            if first.year != last.year
            else str(last.year)
        )


def snapshot(facts: AnnexFacts) -> dict[str, Any]:
    """The facts as plain JSON: kept with the paper, and compared to see whether it is stale.

    The same facts always give equal snapshots.
    """
    progression = facts.progression
    return {
        "organisation": facts.organisation,
        "standard": facts.standard,
        "scope": facts.scope,
        "certification_body": facts.certification_body,
        "assessment": facts.assessment,
        "visit_code": facts.visit_code,
        "visit": [_day(facts.visit_starts_on), _day(facts.visit_ends_on)],
        "outcome": facts.outcome,
        "is_confirmed": facts.is_confirmed,
        "years": [
            {
                "label": year.label,
                "visit_code": year.visit_code,
                "examines_everything": year.examines_everything,
            }
            for year in progression.years
        ],
        "rows": {
            row.node.ref: {
                "title": row.node.title,
                "statement": row.node.statement,
                "cells": [_cell(cell) for cell in row.cells],
            }
            for row in progression.rows
        },
        "element_counts": [counts.by_code() for counts in progression.counts],
        "sampled": list(progression.sampled),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _cell(cell: Cell | None) -> list[Any] | None:
    """Rating, basis, sampled, and the year it was carried from: what the annex prints."""
    if cell is None:
        return None
    if not cell.applicable:
        return ["n/a"]
    carried = [cell.source_year, cell.differs_from_source]
    return [
        cell.rating.value if cell.rating else "",
        cell.basis.value,
        cell.sampled,
        *(carried if cell.basis is Basis.CARRIED else []),
    ]
