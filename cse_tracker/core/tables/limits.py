"""How large a table file may be, and the count that stops a larger one while it is read.

An annex has about 100 rows; these leave room for years of hand-made additions and still
bound memory and time.
"""

from dataclasses import dataclass

from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.tables.sheets import Row

MAX_FILE_BYTES = 10 * 1024 * 1024
# Pictures included; and what is parsed, which at this size takes seconds at the worst.
MAX_UNPACKED_BYTES = 60 * 1024 * 1024
MAX_PARSED_BYTES = 8 * 1024 * 1024
MAX_SHEETS = 50
# Rows and cells that hold something.
MAX_ROWS = 5_000
MAX_CELLS = 100_000
MAX_COLUMNS = 200
# Places walked over, blank ones included: formatting alone can reach the last column.
MAX_PLACES = 1_000_000
MAX_CELL_CHARACTERS = 40_000
# The last row that the file format knows.
LAST_POSSIBLE_ROW = 1_048_576


def too_large(reason: str) -> str:
    """The refusal for a file that is larger than any annex."""
    return (
        f"This file {reason}. "
        "Copy the table you need into a new, smaller file and upload that."
    )


@dataclass
class Tally:
    """What was read so far. Raises RuleBroken as soon as it is too much."""

    numbered_rows: int = 0
    rows: int = 0
    cells: int = 0
    places: int = 0

    def count(self, row: Row, *, places: int) -> None:
        """Add the next row; ``places`` is its width with blank cells."""
        self.numbered_rows += 1
        self.places += places
        self.rows += bool(row)
        self.cells += sum(value is not None for value in row)
        if reason := self._excess(row):
            raise RuleBroken(too_large(reason))

    def _excess(self, row: Row) -> str:
        if self.rows > MAX_ROWS or self.numbered_rows > LAST_POSSIBLE_ROW:
            return f"has more than {MAX_ROWS:,} rows"
        if len(row) > MAX_COLUMNS or self.places > MAX_PLACES:
            return f"is wider than {MAX_COLUMNS} columns"
        if self.cells > MAX_CELLS:
            return f"has more than {MAX_CELLS:,} filled cells"
        if any(
            isinstance(value, str) and len(value) > MAX_CELL_CHARACTERS for value in row
        ):
            return f"has a cell with more than {MAX_CELL_CHARACTERS:,} characters"
        return ""
