"""What a plan says, row by row, as it is staged. Pure."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from actions.importing.columns import DATES
from cse_tracker.core.importing.problems import CellAddress, Problem


@dataclass(frozen=True, slots=True)
class PlanNote:
    """One dated note. ``day`` None is the day of the import, ``who`` empty where nobody says."""

    kind: str
    text: str
    day: date | None = None
    who: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a cell says that has no place of its own in an action."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """One action. Codes are the models'; empty and None where the file says nothing.

    ``origin`` may also be ``words.ANSWERS_COMMENT``: only a link can tell which comment.
    """

    sheet: str
    row: int
    title: str
    number: int | None = None
    done_looks_like: str = ""
    refs: tuple[str, ...] = ()
    owner: str = ""
    service: str = ""
    priority: str = "medium"
    origin: str = "alone"
    starts_on: date | None = None
    due_on: date | None = None
    status: str = "not_started"
    resource_note: str = ""
    evidence: tuple[str, ...] = ()
    added_on: date | None = None
    done_on: date | None = None
    finished_on: date | None = None
    withdrawn_on: date | None = None
    notes: tuple[PlanNote, ...] = ()
    kept: tuple[Kept, ...] = ()

    @property
    def address(self) -> CellAddress:
        return CellAddress(self.sheet, self.row)


@dataclass(frozen=True)
class PlanReading:
    """All that a file says, with what is wrong in it."""

    rows: tuple[PlanRow, ...]
    # Heading in the file to what it was taken for.
    columns: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]

    def to_json(self) -> dict[str, Any]:
        """As ``ImportRun.staged`` keeps it; problems are kept beside it."""
        return {
            "rows": [_row_to_json(row) for row in self.rows],
            "columns": [list(column) for column in self.columns],
        }

    @classmethod
    def from_json(
        cls, staged: dict[str, Any], problems: Sequence[dict[str, Any]]
    ) -> "PlanReading":
        """The reading as ``to_json`` and ``Problem.to_json`` kept it."""
        return cls(
            rows=tuple(_row_from_json(row) for row in staged["rows"]),
            columns=tuple((heading, label) for heading, label in staged["columns"]),
            problems=tuple(Problem.from_json(each) for each in problems),
        )


_DEFAULTS = {field.name: field.default for field in fields(PlanRow)}


def plain(words: str) -> str:
    """The words as they are compared: small letters, single blanks."""
    return " ".join(words.casefold().split())


def plain_title(title: str) -> str:
    """The words of a title as they are compared: without signs, where it has any words."""
    return " ".join(re.findall(r"\w+", title.casefold())) or plain(title)


def _row_to_json(row: PlanRow) -> dict[str, Any]:
    """Without what is as it would be anyway."""
    values = ((name, getattr(row, name)) for name in _DEFAULTS)
    said = {name: value for name, value in values if value != _DEFAULTS[name]}
    for name in ("notes", "kept"):
        if name in said:
            said[name] = [asdict(each) for each in said[name]]
    for name in DATES:
        if name in said:
            said[name] = said[name].isoformat()
    for note in said.get("notes", ()):
        note["day"] = note["day"].isoformat() if note["day"] else None
    return said


def _row_from_json(data: dict[str, Any]) -> PlanRow:
    said = dict(data)
    for name in DATES:
        if name in said:
            said[name] = date.fromisoformat(said[name])
    said["refs"] = tuple(said.get("refs", ()))
    said["evidence"] = tuple(said.get("evidence", ()))
    said["kept"] = tuple(Kept(**each) for each in said.get("kept", ()))
    said["notes"] = tuple(_note_from_json(each) for each in said.get("notes", ()))
    return PlanRow(**said)


def _note_from_json(data: dict[str, Any]) -> PlanNote:
    day = date.fromisoformat(data["day"]) if data["day"] else None
    return PlanNote(data["kind"], data["text"], day, data["who"])
