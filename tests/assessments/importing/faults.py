"""Faults planted in a drafted annex. Each says in which cell it must be reported."""

from collections.abc import Callable
from datetime import datetime

from assessments.importing.marks import Mark
from assessments.importing.problems import AnnexProblem
from tests.assessments.importing.annexes import Draft, Row

Fault = Callable[[Draft, str, int], None]


def _set(draft: Draft, ref: str, year: int, value: object) -> tuple[str, Row, int]:
    sheet, row = draft.row_of(ref)
    column = draft.rating_column(year)
    row.cells[column] = value
    return sheet, row, column


def unreadable_rating(draft: Draft, ref: str, year: int) -> None:
    sheet, row, column = _set(draft, ref, year, "Good")
    del draft.marks[ref][year]
    draft.expect(AnnexProblem.UNREADABLE, sheet, row, column)


def error_value(draft: Draft, ref: str, year: int) -> None:
    sheet, row, column = _set(draft, ref, year, "#REF!")
    del draft.marks[ref][year]
    draft.expect(AnnexProblem.UNREADABLE, sheet, row, column)


def blank_rating(draft: Draft, ref: str, year: int) -> None:
    sheet, row, column = _set(draft, ref, year, None)
    draft.marks[ref][year] = Mark()
    draft.expect(AnnexProblem.BLANK, sheet, row, column)


def ref_as_date(draft: Draft, ref: str, year: int) -> None:
    sheet, row = draft.row_of(ref)
    row.cells[draft.ref_column] = datetime(2003, 2, 1)  # noqa: DTZ001  (a spreadsheet's date)
    _lose(draft, ref)
    draft.expect(AnnexProblem.REF_AS_DATE, sheet, row, draft.ref_column)


def ref_lost(draft: Draft, ref: str, year: int) -> None:
    sheet, row = draft.row_of(ref)
    row.cells[draft.ref_column] = None
    _lose(draft, ref)
    first = min(column for column, value in row.cells.items() if value is not None)
    draft.expect(AnnexProblem.ROW_WITHOUT_REF, sheet, row, first)


def unknown_ref(draft: Draft, ref: str, year: int) -> None:
    sheet, row = draft.row_of(ref)
    row.cells[draft.ref_column] = f"8{ref[1:]}"
    _lose(draft, ref)
    draft.expect(AnnexProblem.UNKNOWN_REF, sheet, row, draft.ref_column)


def duplicate(draft: Draft, ref: str, year: int) -> None:
    sheet, row = draft.row_of(ref)
    words = {draft.ref_column: ref, draft.text_column: "The same rule, once more below"}
    again = Row("again", words, ref)
    rows = draft.sheets[sheet]
    rows.insert(rows.index(row) + 1, again)
    draft.expect(AnnexProblem.DUPLICATE_REF, sheet, again, draft.ref_column)


def misfiled(draft: Draft, ref: str, year: int) -> None:
    """Move the row to the first sub-criterion of another criterion."""
    sheet, row = draft.row_of(ref)
    target = "2.1" if ref[0] != "2" else "3.1"
    draft.sheets[sheet].remove(row)
    new_sheet, heading = next(
        found for found in draft.rows("sub-criterion") if found[1].ref == target
    )
    rows = draft.sheets[new_sheet]
    rows.insert(rows.index(heading) + 1, row)
    draft.expect(AnnexProblem.MISFILED, new_sheet, row, draft.ref_column)


def note_between(draft: Draft, ref: str, year: int) -> None:
    sheet, row = draft.row_of(ref)
    note = Row(
        "note", {draft.text_column: "Agreed at the spring meeting of the office"}
    )
    rows = draft.sheets[sheet]
    rows.insert(rows.index(row) + 1, note)
    draft.expect(AnnexProblem.ROW_NOT_READ, sheet, note, draft.text_column)


def wrong_total(draft: Draft, ref: str, year: int) -> None:
    """In the totals row of the element's criterion, if the annex has totals."""
    column = draft.rating_column(year)
    for sheet, row in draft.rows("totals")[int(ref[0]) - 1 :][:1]:
        row.cells[column] += 7
        draft.expect(AnnexProblem.WRONG_TOTAL, sheet, row, column)


def wrong_name(draft: Draft, ref: str, year: int) -> None:
    """The heading of the element's sub-criterion gets the name of another."""
    own = ref.rpartition(".")[0]
    other = "1.1" if own != "1.1" else "3.2"
    headings = {row.ref: (sheet, row) for sheet, row in draft.rows("sub-criterion")}
    sheet, row = headings[own]
    row.cells[draft.text_column] = {"1.1": "Who moors here", "3.2": "arriving On TIME"}[
        other
    ]
    draft.expect(AnnexProblem.WRONG_HEADING, sheet, row, draft.text_column)


def remark_column(draft: Draft, ref: str, year: int) -> None:
    sheet, row = draft.row_of(ref)
    header = next(row for name, row in draft.rows("header") if name == sheet)
    column = draft.width + 1
    header.cells[column] = "Owner"
    row.cells[column] = "Harbour master"
    draft.expect(AnnexProblem.COLUMN_NOT_READ, sheet, header, column)


def _lose(draft: Draft, ref: str) -> None:
    del draft.marks[ref]
    draft.missing.add(ref)


# Each may stand once in a file, at an element that was not sampled in any year.
FAULTS: dict[str, Fault] = {
    fault.__name__: fault
    for fault in (
        unreadable_rating,
        error_value,
        blank_rating,
        ref_as_date,
        ref_lost,
        unknown_ref,
        duplicate,
        misfiled,
        note_between,
        wrong_total,
        wrong_name,
        remark_column,
    )
}
