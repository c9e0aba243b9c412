"""The plan as tables for a spreadsheet, such that bringing them in again loses nothing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from actions.importing.columns import Column
from actions.models import Action, ActionEvidence, ActionNote
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


def plan_table(rows: Iterable[tuple[Action, Sequence[str]]]) -> Table:
    """Each action of ``with_findings``, with the refs of the elements it is about: one query."""
    shown = list(rows)
    evidence = _evidence_by_action([action for action, _ in shown])
    return Table(
        name="Action plan",
        head=HEAD,
        rows=[_row(action, refs, evidence[action.pk]) for action, refs in shown],
        widths={PLAN_COLUMNS.index(column): width for column, width in WIDE.items()},
    )


def progress_table(actions: Sequence[Action]) -> Table:
    """What was said about each action, the oldest first, a note in each row: one query."""
    notes: dict[int, list[ActionNote]] = defaultdict(list)
    said = ActionNote.objects.filter(action__in=actions).select_related("by")
    for note in said.order_by("day", "pk"):
        notes[note.action_id].append(note)
    return Table(
        name="Progress",
        head=PROGRESS_HEAD,
        rows=[
            [
                action.number,
                note.day,
                note.author,
                ActionNote.Kind(note.kind).label,
                note.text,
            ]
            for action in actions
            for note in notes[action.pk]
        ],
        widths={2: 25, 3: 22, 4: 80},
    )


# Both tables are joined here: for thousands of actions a prefetch takes four times as long.
def _evidence_by_action(actions: Sequence[Action]) -> dict[int, list[str]]:
    """The titles of the items in the library, by the action that they show to be done."""
    titles: dict[int, list[str]] = defaultdict(list)
    links = ActionEvidence.objects.filter(
        action__in=actions, item__in=EvidenceItem.objects.current()
    )
    named = links.order_by("item__number").values_list("action", "item__title")
    for action, title in named:
        titles[action].append(title)
    return titles


def _row(action: Action, refs: Sequence[str], evidence: Sequence[str]) -> list[Value]:
    said: dict[Column, Value] = {
        Column.NUMBER: action.number,
        Column.TITLE: action.title,
        Column.DONE_LOOKS_LIKE: action.done_looks_like,
        Column.REFS: ", ".join(refs),
        Column.OWNER: action.owner_label,
        Column.SERVICE: str(action.service) if action.service else "",
        Column.PRIORITY: Action.Priority(action.priority).label,
        Column.STARTS_ON: action.starts_on or "",
        Column.DUE_ON: action.due_on or "",
        Column.STATUS: Action.Status(action.status).label,
        Column.ORIGIN: origin_of(action),
        Column.RESOURCE_NOTE: action.resource_note,
        Column.EVIDENCE: "\n".join(evidence),
        Column.ADDED_ON: _day(action.created_at),
        Column.DONE_ON: _day(action.claimed_at),
        Column.FINISHED_ON: _day(action.finished_at),
        Column.WITHDRAWN_ON: _day(action.withdrawn_at),
    }
    return [said[column] for column in PLAN_COLUMNS]


def _day(moment: datetime | None) -> Value:
    return local_day(moment) if moment else ""
