"""All that an action plan says, read once and kept with the paper. Pure."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from itertools import chain
from typing import Any

from reports.options import PaperOptions


@dataclass(frozen=True)
class Progress:
    """The latest that was said of how an action goes on."""

    day: date
    text: str


@dataclass(frozen=True, kw_only=True)
class OpenAction:
    """An action that is still to be finished. ``refs`` are the elements that it is about.

    ``owner`` is empty where nobody is named: on purpose, or because it has none; ``moved`` says
    how often the due date was moved, and by how much.
    """

    number: int
    title: str
    refs: tuple[str, ...]
    owner: str
    service: str
    priority: str
    status: str
    has_owner: bool = True
    done_looks_like: str = ""
    starts_on: date | None = None
    due_on: date | None = None
    moved: str = ""
    is_overdue: bool = False
    is_due_soon: bool = False
    # Somebody said that it is done; another person looks.
    is_waiting: bool = False
    progress: Progress | None = None


@dataclass(frozen=True, kw_only=True)
class FinishedAction:
    """An action that was closed, or declined: then ``reason`` says why."""

    number: int
    title: str
    refs: tuple[str, ...]
    owner: str
    service: str
    finished_on: date
    has_owner: bool = True
    due_on: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class Group:
    """The open actions about one element, or (``ref`` empty) about none.

    ``criterion`` is its criterion with its ref, named with the standard where there are two.
    """

    ref: str
    title: str
    criterion: str
    actions: tuple[OpenAction, ...]


@dataclass(frozen=True, kw_only=True)
class PlanFacts:
    """The facts of one action plan, without what it was not ordered with.

    ``since`` is the day of the action plan issued before, None without one: then what was
    finished counts from ``counted_from`` on.
    """

    organisation: str
    # The one service it is about, empty for all.
    service: str
    as_at: date
    since: date | None
    counted_from: date
    options: PaperOptions
    # In the order of the standard; what is about no element is last.
    groups: tuple[Group, ...]
    closed_count: int
    declined_count: int
    closed: tuple[FinishedAction, ...] = ()
    declined: tuple[FinishedAction, ...] = ()
    language: str = "en-GB"

    @property
    def actions(self) -> tuple[OpenAction, ...]:
        """All that is open."""
        return tuple(chain.from_iterable(group.actions for group in self.groups))


def snapshot(facts: PlanFacts) -> dict[str, Any]:
    """The facts as plain JSON, as they are when they were written and read again."""
    listed = asdict(facts)
    del listed["options"], listed["language"]
    kept: dict[str, Any] = json.loads(json.dumps(listed, default=date.isoformat))
    return kept
