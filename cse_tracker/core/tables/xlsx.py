"""Reading .xlsx: values only, in bounded memory and time. Nothing in the file is executed."""

import re
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from cse_tracker.core.archives import DAMAGED, ZIP_ERRORS, open_archive
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.tables import limits
from cse_tracker.core.tables.limits import Tally, too_large
from cse_tracker.core.tables.sheets import (
    CellValue,
    Row,
    Sheet,
    Uncalculated,
    trimmed,
)

# openpyxl trusts a file's structure, so damage surfaces as whatever its code stumbles over.
# Refused entities and document types (defusedxml) are ValueErrors.
READ_ERRORS = (
    *ZIP_ERRORS,
    # Broken XML, whichever of the two parsers that openpyxl takes where it finds them.
    SyntaxError,
    InvalidFileException,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    AssertionError,
)
PICTURES = "xl/media/"
STREAMED = ("xl/worksheets/", "xl/sharedStrings.xml")
# Parts that openpyxl takes into memory whole.
MAX_WHOLE_PART_BYTES = 2 * 1024 * 1024
FORMULA = re.compile(rb"<(\w+:)?f[\s>/]")


def read_xlsx(data: bytes) -> list[Sheet]:
    """The worksheets in order, hidden ones marked. Raises RuleBroken with words for the person.

    A formula gives the value the file holds for it; without one the cell is Uncalculated.
    """
    try:
        archive = open_archive(BytesIO(data), max_total_bytes=limits.MAX_UNPACKED_BYTES)
        _check_parts(archive)
        return [_read_sheet(archive, worksheet) for worksheet in _worksheets(data)]
    except READ_ERRORS as problem:
        raise RuleBroken(DAMAGED) from problem


def _check_parts(archive: ZipFile) -> None:
    """Pictures are never read; everything else costs time, and most of it memory."""
    parsed = [
        each for each in archive.infolist() if not each.filename.startswith(PICTURES)
    ]
    whole = [each for each in parsed if not each.filename.startswith(STREAMED)]
    if sum(each.file_size for each in parsed) > limits.MAX_PARSED_BYTES:
        raise RuleBroken(too_large("holds more than a table of this kind does"))
    if any(each.file_size > MAX_WHOLE_PART_BYTES for each in whole):
        raise RuleBroken(too_large("holds too much formatting"))


def _worksheets(data: bytes) -> list[Any]:
    workbook = load_workbook(
        BytesIO(data), read_only=True, data_only=True, keep_links=False
    )
    if len(workbook.worksheets) > limits.MAX_SHEETS:
        raise RuleBroken(too_large(f"has more than {limits.MAX_SHEETS} sheets"))
    return list(workbook.worksheets)


def _read_sheet(archive: ZipFile, worksheet: Any) -> Sheet:
    # Some programs write a wrong size, and openpyxl would stop there.
    worksheet.reset_dimensions()
    rows: list[Row] = []
    tally = Tally()
    for values in worksheet.iter_rows(values_only=True):
        row = trimmed(tuple(_plain(value) for value in values))
        tally.count(row, places=len(values))
        rows.append(row)
    _mark_uncalculated(rows, archive.read(worksheet._worksheet_path))
    while rows and not rows[-1]:
        rows.pop()
    return Sheet(worksheet.title, tuple(rows), worksheet.sheet_state != "visible")


def _plain(value: object) -> CellValue:
    match value:
        case None | bool() | int() | date():
            return value
        case float():
            return int(value) if value.is_integer() else value
        case str():
            return value if value.strip() else None
        case _:  # times and durations
            return str(value)


def _mark_uncalculated(rows: list[Row], part: bytes) -> None:
    """Put Uncalculated where a formula stands without its value.

    openpyxl gives the same None for such a cell, for a blank one and for a formula that
    gives an empty text (``t="str"``), so the sheet is looked through once more.
    """
    if not FORMULA.search(part):
        return
    for _, element in iterparse(BytesIO(part)):
        if element.tag == f"{{{SHEET_MAIN_NS}}}c" and _lacks_value(element):
            row, column = coordinate_to_tuple(element.get("r"))
            formula = element.findtext(f"{{{SHEET_MAIN_NS}}}f") or ""
            rows[row - 1] = _with_cell(
                rows[row - 1], column, Uncalculated(f"={formula}")
            )
        elif element.tag == f"{{{SHEET_MAIN_NS}}}row":
            element.clear()


def _lacks_value(cell: Any) -> bool:
    has_formula = cell.find(f"{{{SHEET_MAIN_NS}}}f") is not None
    has_value = bool(cell.findtext(f"{{{SHEET_MAIN_NS}}}v")) or cell.get("t") == "str"
    return has_formula and not has_value


def _with_cell(row: Row, column: int, value: CellValue) -> Row:
    padded = [*row, *[None] * (column - len(row))]
    padded[column - 1] = value
    return tuple(padded)
