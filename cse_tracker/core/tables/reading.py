"""From an uploaded table file to sheets, whichever of the accepted kinds it is."""

from typing import Any

from django.core.files import File

from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.tables.delimited import read_delimited
from cse_tracker.core.tables.limits import MAX_FILE_BYTES
from cse_tracker.core.tables.sheets import Sheet
from cse_tracker.core.tables.xlsx import read_xlsx
from cse_tracker.core.uploads import UploadedKind, check_upload

TABLE_KINDS = frozenset({UploadedKind.XLSX, UploadedKind.CSV})
NOTHING_IN_IT = "This file has no filled cells. Choose the file that holds the table."


def read_tables(file: "File[Any]") -> list[Sheet]:
    """The sheets of an .xlsx or .csv file. Raises RuleBroken with words for the person."""
    kind = check_upload(file, allowed=TABLE_KINDS, max_bytes=MAX_FILE_BYTES)
    data = bytes(file.read())
    if kind is UploadedKind.XLSX:
        sheets = read_xlsx(data)
    else:
        # Without a name, so that nobody is sent to a sheet that the file doesn't have.
        sheets = [read_delimited(data, name="")]
    if not any(sheet.rows for sheet in sheets):
        raise RuleBroken(NOTHING_IN_IT)
    return sheets
