"""A table as plain cells, whatever file it came from. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True, slots=True)
class Uncalculated:
    """A formula that the file holds without the value it gives."""

    formula: str


CellValue = str | int | float | bool | date | Uncalculated | None
Row = tuple[CellValue, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. Row 1 stands first; blank cells are None; blank ends are cut off."""

    name: str
    rows: tuple[Row, ...]
    is_hidden: bool = False

    def numbered_rows(self) -> Iterator[tuple[int, Row]]:
        """The rows that hold something, each with its number as the program shows it."""
        return ((number, row) for number, row in enumerate(self.rows, 1) if row)


def trimmed(row: Row) -> Row:
    """The row without the blank cells at its end."""
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return row[:end]


def cell_at(row: Row, column: int) -> CellValue:
    """The cell in ``column`` (from 1), None beyond the end of the row."""
    return row[column - 1] if 0 < column <= len(row) else None


def cell_text(value: CellValue) -> str:
    """The cell as a person reads it, for messages and comparisons; blank is empty."""
    if value is None:
        return ""
    if isinstance(value, Uncalculated):
        return value.formula
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    return str(value)


def column_letter(column: int) -> str:
    """``1`` as ``A``, ``28`` as ``AB``."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
