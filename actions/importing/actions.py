"""Reading the rows of a plan, an action in each. Pure."""

import re
from collections.abc import Iterator
from datetime import date

from actions.importing.cells import RowCells, quoted
from actions.importing.columns import Column
from actions.importing.problems import PlanProblem
from actions.importing.rows import PlanNote, PlanRow
from actions.importing.words import (
    IN_PROGRESS,
    STATUS_LABELS,
    read_origin_or_none,
    read_priority_or_none,
    read_status_or_none,
)
from assessments.importing.refs import is_turned_into_date
from assessments.tree import Tree
from cse_tracker.core.dates import long_date
from cse_tracker.core.importing.problems import CellAddress, problem
from cse_tracker.core.tables.sheets import Uncalculated, cell_text

TITLE_CHARACTERS = 200
NAME_CHARACTERS = 150
REFS_NAMED = 10
_REF = re.compile(r"(?<![\d.])\d{1,2}(?:\.\d{1,2}){1,5}(?![\d.]*\d)")
# A title between the rows of a plan rather than something to do.
_SECTION = re.compile(
    r"(?:sub-?\s?)?(?:criterion|section|theme|part)\s+(?:\d|[a-z]\s?(?:[:.)–—-]|$)).*",
    re.IGNORECASE | re.DOTALL,
)
_TOTAL = re.compile(r"(?:grand |sub-?\s?)?totals?:?", re.IGNORECASE)
# Beside numbers, all that a row of sums says.
_SUM_WORDS = frozenset(
    [
        "total",
        "totals",
        "subtotal",
        "subtotals",
        "sub",
        "grand",
        "overall",
        "number",
        "no",
        "of",
        "all",
        "the",
        "in",
        "action",
        "actions",
        "item",
        "items",
        "row",
        "rows",
        "task",
        "tasks",
    ]
)


def read_action_or_none(cells: RowCells, tree: Tree, today: date) -> PlanRow | None:
    """The action of one row, None where there is none; ``cells`` gathers the problems."""
    _tell_formulas(cells)
    if _is_sum(cells):
        first = next(iter(cells.filled()), Column.TITLE)
        cells.tell(PlanProblem.ROW_NOT_READ, "It is a sum, not an action.", first)
        return None
    if not cells.text(Column.TITLE) or _is_section(cells):
        _tell_not_read(cells)
        return None
    status = _status(cells)
    done_on, finished_on = _completion(cells, status, today)
    starts_on, due_on = _span(cells)
    return PlanRow(
        sheet=cells.sheet,
        row=cells.number,
        title=_title(cells),
        number=cells.action_number(),
        done_looks_like=cells.text(Column.DONE_LOOKS_LIKE),
        refs=tuple(dict.fromkeys(_refs(cells, tree))),
        owner=name_in(cells, Column.OWNER),
        service=name_in(cells, Column.SERVICE),
        priority=_priority(cells),
        origin=_origin(cells),
        starts_on=starts_on,
        due_on=due_on,
        status=status,
        resource_note=cells.text(Column.RESOURCE_NOTE),
        evidence=_lines(cells.text(Column.EVIDENCE)),
        added_on=past_date(cells, Column.ADDED_ON, today),
        done_on=done_on,
        finished_on=finished_on,
        withdrawn_on=past_date(cells, Column.WITHDRAWN_ON, today),
        notes=_notes(cells),
        # Last: reading the cells above fills it.
        kept=(*cells.kept, *cells.rest()),
    )


def past_date(cells: RowCells, column: Column, today: date) -> date | None:
    """The day of something that has happened; one in the future becomes today."""
    day = cells.date(column)
    if day is None or day <= today:
        return day
    message = f"{long_date(day)} is in the future."
    cells.tell(PlanProblem.FUTURE_DAY, message, column)
    return today


def name_in(cells: RowCells, column: Column) -> str:
    """The name of a person or a service, as long as ours may be."""
    name = cells.text(column)
    if len(name) <= NAME_CHARACTERS:
        return name
    message = f"This has more than {NAME_CHARACTERS} characters."
    cells.tell_and_keep(PlanProblem.TOO_LONG, message, column)
    return name[:NAME_CHARACTERS].strip()


def _tell_formulas(cells: RowCells) -> None:
    for place, value in enumerate(cells.cells, 1):
        if isinstance(value, Uncalculated):
            message = "The file holds this formula without the value it gives."
            where = CellAddress(cells.sheet, cells.number, place)
            found = problem(PlanProblem.NO_VALUE, message, where, value.formula)
            cells.problems.append(found)


def _is_sum(cells: RowCells) -> bool:
    """Whether the row totals others: it says so in place of a number, or nothing else."""
    if _TOTAL.fullmatch(cells.text(Column.NUMBER)):
        return True
    values = [each for each in cells.cells if not isinstance(each, Uncalculated)]
    words = re.findall(r"[^\W\d_]+", " ".join(map(cell_text, values)).casefold())
    return _SUM_WORDS.issuperset(words) and any("total" in word for word in words)


def _is_section(cells: RowCells) -> bool:
    is_alone = cells.filled() == [Column.TITLE]
    return is_alone and _SECTION.fullmatch(cells.text(Column.TITLE)) is not None


def _tell_not_read(cells: RowCells) -> None:
    """A lone cell is a heading or a remark; more than that was meant as an action."""
    filled = cells.filled()
    if not filled:
        for other in list(cells.rest())[:1]:
            message = f"{quoted(other.text)} stands in a row without an action."
            cells.tell(PlanProblem.ROW_NOT_READ, message, Column.TITLE)
        return
    kind = PlanProblem.NO_TITLE if len(filled) > 1 else PlanProblem.ROW_NOT_READ
    message = (
        "This row has no action in it."
        if kind is PlanProblem.NO_TITLE
        else f"{cells.quoted(filled[0])} stands alone in its row."
    )
    cells.tell(kind, message, filled[0])


def _title(cells: RowCells) -> str:
    title = cells.text(Column.TITLE)
    if len(title) <= TITLE_CHARACTERS:
        return title
    message = f"This has {len(title)} characters."
    cells.tell_and_keep(PlanProblem.LONG_TITLE, message, Column.TITLE)
    words, _, _ = title[: TITLE_CHARACTERS - 1].rpartition(" ")
    return f"{(words or title[: TITLE_CHARACTERS - 1]).rstrip()}…"


def _status(cells: RowCells) -> str:
    """What the file says; where it says nothing, what its days of completion say."""
    status = cells.code(
        Column.STATUS,
        read_status_or_none,
        PlanProblem.BAD_STATUS,
        otherwise="not_started",
    )
    if cells.text(Column.STATUS):
        return status
    for column, told in ((Column.FINISHED_ON, "closed"), (Column.DONE_ON, "done")):
        if cells.text(column):
            message = f"A day but no status: read as “{STATUS_LABELS[told]}”."
            cells.tell(PlanProblem.READ_AS, message, column)
            return told
    return status


def _priority(cells: RowCells) -> str:
    return cells.code(
        Column.PRIORITY,
        read_priority_or_none,
        PlanProblem.BAD_PRIORITY,
        otherwise="medium",
    )


def _origin(cells: RowCells) -> str:
    return cells.code(
        Column.ORIGIN,
        read_origin_or_none,
        PlanProblem.OTHER_SOURCE,
        otherwise="alone",
    )


def _completion(
    cells: RowCells, status: str, today: date
) -> tuple[date | None, date | None]:
    """When it was said to be done, and when it was closed or declined."""
    columns = (Column.DONE_ON, Column.FINISHED_ON)
    if status in IN_PROGRESS:
        for column in columns:
            if cells.text(column):
                message = f"The status is “{STATUS_LABELS[status]}”."
                cells.tell_and_keep(PlanProblem.NOT_FINISHED, message, column)
        return None, None
    done, finished = (past_date(cells, column, today) for column in columns)
    return (done or finished, None) if status == "done" else (done, finished or done)


def _span(cells: RowCells) -> tuple[date | None, date | None]:
    starts, due = cells.date(Column.STARTS_ON), cells.date(Column.DUE_ON)
    if starts is None or due is None or starts <= due:
        return starts, due
    message = f"{long_date(starts)} is after the due date, {long_date(due)}."
    cells.tell_and_keep(PlanProblem.WRONG_ORDER, message, Column.STARTS_ON)
    return None, due


def _refs(cells: RowCells, tree: Tree) -> Iterator[str]:
    """The refs of elements in the cell, whatever stands around them."""
    column = Column.REFS
    value = cells.value(column)
    if value is None:
        return
    if is_turned_into_date(value):
        message = f"{cells.quoted(column)} was a ref once."
        cells.tell_and_keep(PlanProblem.REF_AS_DATE, message, column)
        return
    unknown = []
    for match in _REF.findall(cell_text(value)):
        ref = ".".join(str(int(part)) for part in match.split("."))
        node = tree.by_ref.get(ref)
        if node and node.is_ratable:
            yield ref
        else:
            unknown.append(ref)
    if unknown:
        message = f"{', '.join(unknown[:REFS_NAMED])} is no element."
        cells.tell_and_keep(PlanProblem.UNKNOWN_REF, message, column)
    elif not _REF.search(cell_text(value)):
        message = f"{cells.quoted(column)} has no ref such as 1.3.4."
        cells.tell_and_keep(PlanProblem.UNKNOWN_REF, message, column)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def _notes(cells: RowCells) -> tuple[PlanNote, ...]:
    text = cells.text(Column.NOTES)
    return (PlanNote("progress", text),) if text else ()
