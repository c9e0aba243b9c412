"""The plan as a table for a spreadsheet, an action in each row."""

from collections.abc import Iterable, Sequence
from datetime import date

from actions.models import Action
from actions.readings import origin_of
from cse_tracker.core.tables.writing import Table, Value

HEAD = [
    *("Number", "Action", "What done looks like", "Elements", "Owner", "Service"),
    *("Priority", "Start date", "Due date", "Status", "Comes from", "What it needs"),
]
TEXT_WIDTH = 50


def plan_table(rows: Iterable[tuple[Action, Sequence[str]]]) -> Table:
    """Each action, with its findings loaded, and the refs of the elements it is about."""
    return Table(
        name="Action plan",
        head=HEAD,
        rows=[_row(action, refs) for action, refs in rows],
        widths={1: TEXT_WIDTH, 2: TEXT_WIDTH, 4: 25, 11: TEXT_WIDTH},
    )


def _row(action: Action, refs: Sequence[str]) -> list[Value]:
    return [
        action.number,
        action.title,
        action.done_looks_like,
        ", ".join(refs),
        action.owner_label,
        str(action.service) if action.service else "",
        Action.Priority(action.priority).label,
        _iso(action.starts_on),
        _iso(action.due_on),
        Action.Status(action.status).label,
        origin_of(action),
        action.resource_note,
    ]


def _iso(day: date | None) -> str:
    """Sorts as text, and no spreadsheet takes the month for the day."""
    return day.isoformat() if day else ""
