"""Reading a whole plan: from sheets of cells to actions, notes and problems. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from actions.importing.actions import read_action_or_none
from actions.importing.cells import ReadAs, RowCells
from actions.importing.columns import Column
from actions.importing.layout import Layout, find_plan_or_none, find_progress_or_none
from actions.importing.problems import PlanProblem
from actions.importing.progress import with_progress
from actions.importing.rows import PlanReading, PlanRow, plain_title
from actions.importing.words import (
    NOTE_LABELS,
    ORIGIN_LABELS,
    PRIORITY_LABELS,
    STATUS_LABELS,
)
from assessments.tree import Tree
from cse_tracker.core.importing.problems import CellAddress, Problem, problem
from cse_tracker.core.tables.sheets import Sheet, cell_at

_CODES = {
    Column.STATUS: STATUS_LABELS,
    Column.PRIORITY: PRIORITY_LABELS,
    Column.ORIGIN: ORIGIN_LABELS,
    Column.KIND: NOTE_LABELS,
}


@dataclass
class _Gathered:
    """What all sheets gave so far."""

    tree: Tree
    today: date
    rows: list[PlanRow] = field(default_factory=list)
    # Rows of actions and of notes, with what was found in them.
    cells: list[RowCells] = field(default_factory=list)
    notes: list[RowCells] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def take(self, sheet: Sheet) -> None:
        """Read one sheet, or say why not."""
        if sheet.is_hidden:
            self._leave_out(sheet, "It is hidden.")
        elif layout := find_plan_or_none(sheet):
            self._take_plan(sheet, layout)
        elif layout := find_progress_or_none(sheet):
            self.problems += _other_columns(sheet, layout, PlanProblem.COLUMN_NOT_READ)
            self.notes += [
                RowCells(sheet.name, number, row, layout)
                for number, row in layout.header.body(sheet)
            ]
        else:
            self._leave_out(sheet, "No row of it has the headings of a plan.")

    def _take_plan(self, sheet: Sheet, layout: Layout) -> None:
        self.problems += _other_columns(sheet, layout, PlanProblem.COLUMN_KEPT)
        for column, place in layout.columns.items():
            self.columns.setdefault(layout.heading(place), column.label)
        for number, row in layout.header.body(sheet):
            cells = RowCells(sheet.name, number, row, layout)
            action = read_action_or_none(cells, self.tree, self.today)
            self.rows += [action] if action else []
            self.cells.append(cells)

    def _leave_out(self, sheet: Sheet, why: str) -> None:
        if sheet.rows:
            where = CellAddress(sheet.name)
            self.problems.append(problem(PlanProblem.SHEET_NOT_READ, why, where))


def read_plan_or_none(
    sheets: Sequence[Sheet], tree: Tree, *, today: date
) -> PlanReading | None:
    """All that the plan says, None if no sheet has an action under a heading.

    ``tree`` holds the standard and the organisation's sub-elements. Every filled cell below a
    heading either has a meaning here or is named in a problem.
    """
    gathered = _Gathered(tree, today)
    for sheet in sheets:
        gathered.take(sheet)
    if not gathered.rows:
        return None
    rows = with_progress(gathered.rows, gathered.notes, today)
    everything = [*gathered.cells, *gathered.notes]
    found = [
        *gathered.problems,
        *(each for cells in everything for each in cells.problems),
        *_words_read_as([each for cells in everything for each in cells.read_as]),
        *_twice(rows),
    ]
    return PlanReading(tuple(rows), tuple(gathered.columns.items()), tuple(found))


def _other_columns(
    sheet: Sheet, layout: Layout, kind: PlanProblem
) -> Iterator[Problem]:
    """Columns without a meaning in which something stands below the heading."""
    width = max(len(row) for row in sheet.rows)
    taken = set(layout.columns.values())
    for place in range(1, width + 1):
        below = [cell_at(row, place) for _, row in layout.header.body(sheet)]
        filled = sum(value is not None for value in below)
        if place in taken or not filled:
            continue
        cells = "1 cell" if filled == 1 else f"{filled} cells"
        where = CellAddress(sheet.name, layout.header.number, place)
        yield problem(kind, f"{layout.name_of(place)}: {cells}.", where)


def _words_read_as(found: Sequence[ReadAs]) -> Iterator[Problem]:
    """Each word once, at its first cell."""
    groups: dict[tuple[Column, str, str], list[ReadAs]] = {}
    for each in found:
        key = (each.column, each.word.casefold(), each.said.code)
        groups.setdefault(key, []).append(each)
    for (column, word, code), members in groups.items():
        first = members[0]
        more = f" ({len(members)} rows)" if len(members) > 1 else ""
        computed = (
            " Whether it is overdue is computed from its due date."
            if column is Column.STATUS and word == "“overdue”"
            else ""
        )
        message = f"{first.word} is read as “{_CODES[column][code]}”{more}.{computed}"
        yield problem(PlanProblem.READ_AS, message, first.address, first.word)


def _twice(rows: Sequence[PlanRow]) -> Iterator[Problem]:
    """Numbers, and actions with their due date, that stand in the file more than once."""
    numbers: dict[int, PlanRow] = {}
    actions: dict[tuple[str, date | None], PlanRow] = {}
    for row in rows:
        if row.number is not None and numbers.setdefault(row.number, row) is not row:
            message = (
                f"{row.number} is the number of row {numbers[row.number].row} too."
            )
            yield problem(PlanProblem.NUMBER_TWICE, message, row.address, row.title)
        key = (plain_title(row.title), row.due_on)
        if actions.setdefault(key, row) is not row:
            message = f"“{row.title}” stands in row {actions[key].row} too."
            yield problem(PlanProblem.SAME_TWICE, message, row.address, row.title)
