"""Reading separated text (.csv) in the encodings and with the separators that Excel writes."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import islice

from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.tables.formulas import unprotected
from cse_tracker.core.tables.limits import Tally
from cse_tracker.core.tables.sheets import Row, Sheet, trimmed

SEPARATORS = ",;\t|"
ROWS_TO_JUDGE_BY = 200
NOT_TEXT = (
    "This file is not a text table. Open it in the program it was made with, "
    "save it as .xlsx or .csv, then upload that."
)
OPEN_QUOTE = (
    "A quotation mark in this file is opened and never closed, so its rows can't be told apart. "
    "Open it in Excel, save it as .xlsx, then upload that."
)


def read_delimited(data: bytes, *, name: str) -> Sheet:
    """The file as one sheet called ``name``; each filled cell is text.

    A record with line breaks inside quotation marks is one row, as in Excel. An apostrophe
    that keeps a text from being a formula is not part of it.
    Raises RuleBroken with words for the person.
    """
    text = decode(data)
    separator, text = _separator_of(text)
    rows: list[Row] = []
    tally = Tally()
    for record in _records(text, separator):
        row = trimmed(tuple(_value(cell) for cell in record))
        tally.count(row, places=len(record))
        rows.append(row)
    return Sheet(name, tuple(rows))


def decode(data: bytes) -> str:
    """The text. Tries the byte order mark, UTF-8, then Windows' Western European.

    Raises RuleBroken if it is none of them.
    """
    try:
        text = data.decode(_encoding_of(data))
    except UnicodeDecodeError as problem:
        raise RuleBroken(NOT_TEXT) from problem
    if "\0" in text:
        raise RuleBroken(NOT_TEXT)
    return text


def _encoding_of(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _separator_of(text: str) -> tuple[str, str]:
    """The separator, and the text without Excel's ``sep=;`` line.

    The separator that gives the largest even table wins; with a wrong one, rows break at the
    commas and semicolons of their sentences.
    """
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == len("sep=;"):
        return first.strip()[-1], rest
    return max(SEPARATORS, key=lambda separator: _evenness(text, separator)), text


def _evenness(text: str, separator: str) -> tuple[bool, int]:
    """Whether it cuts all records alike, as programs write them; then how many at most."""
    widths = Counter(
        len(record) for record in islice(_lenient(text, separator), ROWS_TO_JUDGE_BY)
    )
    cuts = max((rows * (width - 1) for width, rows in widths.items()), default=0)
    return len(widths) == 1 and cuts > 0, cuts


def _value(cell: str) -> str | None:
    return unprotected(cell) if cell.strip() else None


def _records(text: str, separator: str) -> Iterator[list[str]]:
    """The records; strict reading only to learn of a quotation mark that stays open."""
    strict = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from list(strict)
    except csv.Error as problem:
        if "unexpected end of data" in str(problem):
            raise RuleBroken(OPEN_QUOTE) from problem
        yield from _lenient(text, separator)


def _lenient(text: str, separator: str) -> Iterable[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=separator)
