"""Writing tables as .xlsx and .csv. Nothing that is written can run as a formula."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.styles.numbers import FORMAT_DATE_YYYYMMDD2
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from cse_tracker.core.tables.formulas import FORMULA, protected

# What XML can't hold, and no workbook therefore.
IMPOSSIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
DEFAULT_WIDTH = 12
WRAPPED_FROM = 40
WRAPPED = Alignment(wrap_text=True, vertical="top")
BOLD = Font(bold=True)

# The first day that Excel and everybody else count alike: it knows a 29 February 1900.
EXCEL_DAYS_FROM = date(1900, 3, 1)

Value = str | int | date


@dataclass(frozen=True)
class Table:
    """One table: its name, its column heads with their widths in characters, its rows."""

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[Value]]
    # Column number, from 0, to a width other than the default.
    widths: dict[int, int]


def write_csv(table: Table) -> bytes:
    """The table as Excel opens it by a double click: UTF-8 with its mark, commas, CRLF.

    A day is written year first, so that no spreadsheet takes the month for the day. Text that would start a formula gets an apostrophe in front.
    """
    text = StringIO(newline="")
    writer = csv.writer(text)
    for row in (table.head, *table.rows):
        writer.writerow([_protected(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def write_xlsx(tables: Sequence[Table]) -> bytes:
    """The tables as sheets of one workbook, heads frozen and repeated in print.

    Text is typed as text, whatever it looks like, and a day as a date.
    """
    workbook = Workbook(write_only=True)
    for table in tables:
        _fill(workbook.create_sheet(table.name), table)
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def _protected(value: Value) -> Value:
    return protected(value) if isinstance(value, str) else value


def _fill(sheet: Worksheet, table: Table) -> None:
    """Write row by row, after what openpyxl wants to know before the first."""
    for column, name in enumerate(table.head):
        width = table.widths.get(column, max(DEFAULT_WIDTH, len(name) + 2))
        sheet.column_dimensions[get_column_letter(column + 1)].width = width
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.append([_head_cell(sheet, name) for name in table.head])
    for row in table.rows:
        sheet.append([_cell(sheet, value) for value in row])


def _head_cell(sheet: Worksheet, name: str) -> Cell:
    cell = _text_cell(sheet, name)
    cell.font = BOLD
    return cell


def _cell(sheet: Worksheet, value: Value) -> Cell | Value | None:
    """What openpyxl writes: the plain value where nothing has to be said of it."""
    if isinstance(value, int) or not value:
        return None if value == "" else value
    if isinstance(value, date):
        return _date_cell(sheet, value)
    text = IMPOSSIBLE.sub("", value)
    # openpyxl types a text as a formula that begins with "=", and "#N/A" as an error.
    is_typed = FORMULA.match(value) or text.startswith(("=", "#"))
    return _text_cell(sheet, value) if is_typed or len(value) >= WRAPPED_FROM else text


def _date_cell(sheet: Worksheet, day: date) -> Cell:
    if day < EXCEL_DAYS_FROM:
        return _text_cell(sheet, day.isoformat())
    cell: Cell = WriteOnlyCell(sheet, datetime.combine(day, time.min))
    cell.number_format = FORMAT_DATE_YYYYMMDD2
    return cell


def _text_cell(sheet: Worksheet, text: str) -> Cell:
    """A cell that holds this as text, whatever it looks like."""
    cell: Cell = WriteOnlyCell(sheet, IMPOSSIBLE.sub("", text))
    cell.data_type = "s"
    if FORMULA.match(text):
        # Stays text also once somebody edits the cell.
        cell.quotePrefix = True
    if len(text) >= WRAPPED_FROM:
        cell.alignment = WRAPPED
    return cell
