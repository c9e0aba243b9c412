"""The plan as a table for a spreadsheet, an action in each row."""

from collections.abc import Iterable, Sequence

from actions.models import Action
from cse_tracker.core.tables.writing import Table, Value

HEAD = [
    *("Number", "Action", "What done looks like", "Elements", "Owner", "Service"),
    *("Due date", "Status", "Notes"),
]
TEXT_WIDTH = 50


def plan_table(rows: Iterable[tuple[Action, Sequence[str]]]) -> Table:
    """Each action with the refs of the elements that it is about."""
    return Table(
        name="Action plan",
        head=HEAD,
        rows=[_row(action, refs) for action, refs in rows],
        widths={1: TEXT_WIDTH, 2: TEXT_WIDTH, 4: 25, 8: TEXT_WIDTH},
    )


def _row(action: Action, refs: Sequence[str]) -> list[Value]:
    return [
        action.number,
        action.title,
        action.done_looks_like,
        ", ".join(refs),
        action.owner_label,
        str(action.service) if action.service else "",
        # Sorts as text, and no spreadsheet takes the month for the day.
        action.due_on.isoformat() if action.due_on else "",
        Action.Status(action.status).label,
        action.notes,
    ]
