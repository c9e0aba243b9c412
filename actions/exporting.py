"""The plan as tables for a spreadsheet, such that bringing them in again loses nothing."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Prefetch

from actions.importing.columns import Column
from actions.models import Action, ActionNote, ActionQuerySet
from actions.readings import origin_of
from cse_tracker.core.dates import local_day
from cse_tracker.core.tables.writing import Table, Value
from evidence.models import EvidenceItem

PLAN_COLUMNS = [
    *(Column.NUMBER, Column.TITLE, Column.DONE_LOOKS_LIKE, Column.REFS),
    *(Column.OWNER, Column.SERVICE, Column.PRIORITY, Column.STARTS_ON),
    *(Column.DUE_ON, Column.STATUS, Column.ORIGIN, Column.RESOURCE_NOTE),
    *(Column.EVIDENCE, Column.ADDED_ON, Column.DONE_ON, Column.FINISHED_ON),
    Column.WITHDRAWN_ON,
]
HEAD = [column.label for column in PLAN_COLUMNS]
PROGRESS_HEAD = ["Action number", "Day", "Who", "Kind", "Text"]
TEXT_WIDTH = 50
WIDE = {
    Column.TITLE: TEXT_WIDTH,
    Column.DONE_LOOKS_LIKE: TEXT_WIDTH,
    Column.OWNER: 25,
    Column.RESOURCE_NOTE: TEXT_WIDTH,
    Column.EVIDENCE: 30,
}


def with_all_said(actions: ActionQuerySet) -> ActionQuerySet:
    """These actions with their notes, the oldest first, and their evidence."""
    notes = ActionNote.objects.select_related("by").order_by("day", "pk")
    items = EvidenceItem.objects.current().order_by("number")
    return actions.prefetch_related(
        Prefetch("notes", queryset=notes), Prefetch("evidence", queryset=items)
    )


def plan_table(rows: Iterable[tuple[Action, Sequence[str]]]) -> Table:
    """Each action of ``with_all_said``, with the refs of the elements it is about."""
    return Table(
        name="Action plan",
        head=HEAD,
        rows=[_row(action, refs) for action, refs in rows],
        widths={PLAN_COLUMNS.index(column): width for column, width in WIDE.items()},
    )


def progress_table(actions: Iterable[Action]) -> Table:
    """What was said about each action of ``with_all_said``, a note in each row."""
    return Table(
        name="Progress",
        head=PROGRESS_HEAD,
        rows=[
            [
                action.number,
                note.day.isoformat(),
                note.author,
                ActionNote.Kind(note.kind).label,
                note.text,
            ]
            for action in actions
            for note in action.notes.all()
        ],
        widths={2: 25, 3: 22, 4: 80},
    )


def _row(action: Action, refs: Sequence[str]) -> list[Value]:
    said: dict[Column, Value] = {
        Column.NUMBER: action.number,
        Column.TITLE: action.title,
        Column.DONE_LOOKS_LIKE: action.done_looks_like,
        Column.REFS: ", ".join(refs),
        Column.OWNER: action.owner_label,
        Column.SERVICE: str(action.service) if action.service else "",
        Column.PRIORITY: Action.Priority(action.priority).label,
        Column.STARTS_ON: _iso(action.starts_on),
        Column.DUE_ON: _iso(action.due_on),
        Column.STATUS: Action.Status(action.status).label,
        Column.ORIGIN: origin_of(action),
        Column.RESOURCE_NOTE: action.resource_note,
        Column.EVIDENCE: "\n".join(item.title for item in action.evidence.all()),
        Column.ADDED_ON: _day(action.created_at),
        Column.DONE_ON: _day(action.claimed_at),
        Column.FINISHED_ON: _day(action.finished_at),
        Column.WITHDRAWN_ON: _day(action.withdrawn_at),
    }
    return [said[column] for column in PLAN_COLUMNS]


def _day(moment: datetime | None) -> str:
    return _iso(local_day(moment) if moment else None)


def _iso(day: date | None) -> str:
    """Sorts as text, and no spreadsheet takes the month for the day."""
    return day.isoformat() if day else ""
