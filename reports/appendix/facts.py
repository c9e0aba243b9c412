"""All that an appendix says, read once and kept with the paper. Pure."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from assessments.ratings import Rating
from reports.about import AssessmentFacts, snapshot_about
from reports.options import PaperOptions


@dataclass(frozen=True)
class Answer:
    """A response as it is printed: the words themselves, also where only a pointer was typed.

    ``refs`` are the other elements that it answers.
    """

    text: str
    is_agreed: bool
    refs: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlannedAction:
    """An action that answers a point. ``owner`` and ``service`` may be empty."""

    number: int
    title: str
    owner: str
    service: str
    due_on: date | None
    status: str


@dataclass(frozen=True)
class Point:
    """One finding. ``comment`` may be empty; ``decision`` is "act", "no_action" or "undecided"."""

    finding_id: int
    comment: str
    answers: tuple[Answer, ...] = ()
    decision: str = ""
    reason: str = ""
    actions: tuple[PlannedAction, ...] = ()


@dataclass(frozen=True)
class Subject:
    """An element, or (``ref`` empty) none, with the points about it.

    ``carried_from`` names the earlier assessment whose points these are, where the element
    was not examined this time.
    """

    ref: str
    title: str
    statement: str
    rating: Rating | None
    points: tuple[Point, ...]
    carried_from: str = ""

    @property
    def must_be_put_right(self) -> bool:
        return self.rating is not None and self.rating.must_be_put_right()

    @property
    def is_element(self) -> bool:
        """Whether it counts as an element; sub-elements and what is general don't."""
        return self.ref.count(".") == 2  # criterion, sub-criterion, element


@dataclass(frozen=True, kw_only=True)
class AppendixFacts(AssessmentFacts):
    """The facts of one appendix, without what it was not ordered with."""

    options: PaperOptions
    partials: tuple[Subject, ...]
    improvements: tuple[Subject, ...]

    @property
    def number_rated(self) -> dict[Rating, int]:
        """How many elements have each of the ratings that must be put right."""
        return {
            rating: sum(s.is_element and s.rating is rating for s in self.partials)
            for rating in (Rating.PARTIAL, Rating.NON)
        }


def number_of_points(subjects: Sequence[Subject]) -> int:
    return sum(len(subject.points) for subject in subjects)


def snapshot(facts: AppendixFacts) -> dict[str, Any]:
    """The facts as plain JSON: kept with the paper, and compared to see whether it is stale."""
    return {
        **snapshot_about(facts),
        "partials": _as_json(facts.partials),
        # Printed without their ratings: a changed one leaves the paper true.
        "improvements": _as_json([replace(s, rating=None) for s in facts.improvements]),
    }


def _as_json(subjects: Sequence[Subject]) -> Any:
    """As it is when it was written as JSON and read again."""
    listed = [asdict(subject) for subject in subjects]
    return json.loads(json.dumps(listed, default=date.isoformat))
