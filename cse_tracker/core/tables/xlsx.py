"""Reading .xlsx: values only, in bounded memory and time. Nothing in the file is executed."""

from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from cse_tracker.core.archives import DAMAGED, ZIP_ERRORS, open_archive
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.tables import limits
from cse_tracker.core.tables.sheets import CellValue, Row, Sheet, Uncalculated, trimmed

# openpyxl trusts a file's structure, so damage surfaces as whatever its code stumbles over.
# Refused entities and document types (defusedxml) are ValueErrors.
READ_ERRORS = (
    *ZIP_ERRORS,
    ParseError,
    InvalidFileException,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    AssertionError,
)
# Parts that openpyxl takes into memory whole; sheets are streamed.
MAX_WHOLE_PART_BYTES = 4 * 1024 * 1024


def read_xlsx(data: bytes) -> list[Sheet]:
    """The worksheets in order, hidden ones marked. Raises RuleBroken with words for the person.

    A formula gives the value the file holds for it; without one the cell is Uncalculated.
    """
    try:
        archive = open_archive(BytesIO(data), max_total_bytes=limits.MAX_UNPACKED_BYTES)
        _check_parts(archive)
        return _read_workbook(data, has_formulas=_has_formulas(archive))
    except READ_ERRORS as problem:
        raise RuleBroken(DAMAGED) from problem


def _check_parts(archive: ZipFile) -> None:
    for member in archive.infolist():
        is_streamed = member.filename.startswith(("xl/worksheets/", "xl/media/"))
        is_shared_text = member.filename == "xl/sharedStrings.xml"
        if is_streamed or is_shared_text:
            continue
        if member.file_size > MAX_WHOLE_PART_BYTES:
            raise RuleBroken(_too_large("holds too much formatting"))


def _has_formulas(archive: ZipFile) -> bool:
    """Whether a second look for formulas without a value is worth its time."""
    sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
    return any(b"<f" in archive.read(name) for name in sheets if name.endswith(".xml"))


def _read_workbook(data: bytes, *, has_formulas: bool) -> list[Sheet]:
    values = _load(data, data_only=True)
    worksheets = _worksheets(values)
    if not has_formulas:
        return [_read_sheet(sheet, None) for sheet in worksheets]
    formulas = _worksheets(_load(data, data_only=False))
    return [
        _read_sheet(sheet, formula_sheet)
        for sheet, formula_sheet in zip(worksheets, formulas, strict=True)
    ]


def _load(data: bytes, *, data_only: bool) -> Any:
    return load_workbook(
        BytesIO(data), read_only=True, data_only=data_only, keep_links=False
    )


def _worksheets(workbook: Any) -> list[ReadOnlyWorksheet]:
    worksheets = list(workbook.worksheets)
    if len(worksheets) > limits.MAX_SHEETS:
        raise RuleBroken(_too_large(f"has more than {limits.MAX_SHEETS} sheets"))
    return worksheets


def _read_sheet(sheet: ReadOnlyWorksheet, formulas: ReadOnlyWorksheet | None) -> Sheet:
    rows = _read_rows(sheet)
    if formulas is not None:
        rows = [
            _with_uncalculated(row, formula_row)
            for row, formula_row in zip(rows, _read_rows(formulas), strict=False)
        ] or rows
    return Sheet(sheet.title, tuple(rows), is_hidden=sheet.sheet_state != "visible")
