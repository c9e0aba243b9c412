"""Reading a sheet of dated notes, each with the number of its action. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from actions.importing.actions import name_in
from actions.importing.cells import RowCells
from actions.importing.columns import Column
from actions.importing.dates import read_date_or_none
from actions.importing.problems import PlanProblem
from actions.importing.rows import PlanNote, PlanRow
from actions.importing.words import read_kind_or_none
from cse_tracker.core.dates import long_date


def with_progress(
    rows: Sequence[PlanRow], lines: Sequence[RowCells], today: date
) -> list[PlanRow]:
    """The actions with the notes on them; of two with one number the first has them."""
    notes: dict[int, list[PlanNote]] = {
        row.number: [] for row in rows if row.number is not None
    }
    for cells in lines:
        for number, note in _note(cells, notes, today):
            notes[number].append(note)
    return list(_given_out(rows, notes))


def _given_out(
    rows: Sequence[PlanRow], notes: dict[int, list[PlanNote]]
) -> Iterator[PlanRow]:
    for row in rows:
        more = notes.pop(row.number, []) if row.number is not None else []
        yield replace(row, notes=(*row.notes, *more))


def _note(
    cells: RowCells, notes: dict[int, list[PlanNote]], today: date
) -> Iterator[tuple[int, PlanNote]]:
    number = cells.number_or_none()
    text = cells.text(Column.TEXT)
    if not text:
        message = "This row has no words in it."
        cells.tell(PlanProblem.ROW_NOT_READ, message, Column.TEXT)
        return
    if number is None or number not in notes:
        message = f"No action of the file has the number {cells.quoted(Column.NUMBER)}."
        cells.tell(PlanProblem.NOTE_WITHOUT_ACTION, message, Column.NUMBER)
        return
    kind = cells.code(
        Column.KIND, read_kind_or_none, PlanProblem.OTHER_KIND, otherwise="progress"
    )
    who = name_in(cells, Column.WHO)
    yield number, PlanNote(kind, text, _day(cells, today), who)


def _day(cells: RowCells, today: date) -> date | None:
    read = read_date_or_none(cells.value(Column.DAY))
    if read is None:
        is_blank = not cells.text(Column.DAY)
        said = f"{cells.quoted(Column.DAY)} is not a date."
        message = "No day is given." if is_blank else said
        cells.tell(PlanProblem.NOTE_DAY, message, Column.DAY)
        return None
    if read.day > today:
        message = f"{long_date(read.day)} is in the future."
        cells.tell(PlanProblem.NOTE_DAY, message, Column.DAY)
        return None
    return read.day
