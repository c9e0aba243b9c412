"""All that a progression annex says, read once and kept with the paper. Pure."""

from dataclasses import dataclass
from typing import Any

from assessments.comparison import Comparison, compare_elements
from assessments.progression import Cell, Progression
from assessments.ratings import Basis
from reports.about import AssessmentFacts, snapshot_about


@dataclass(frozen=True, kw_only=True)
class AnnexFacts(AssessmentFacts):
    """The facts of one annex. The assessment it is about is the progression's last year."""

    progression: Progression

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
        **snapshot_about(facts),
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
