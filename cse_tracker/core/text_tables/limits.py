"""How much text somebody may bring in at once."""

from collections.abc import Sequence

from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.text_tables.tables import TextTable
from cse_tracker.core.texts import MAX_CHARACTERS

MAX_FILE_BYTES = 10 * 1024 * 1024
# Pictures included; and what is parsed.
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
MAX_PARSED_BYTES = 12 * 1024 * 1024
MAX_PASTED_CHARACTERS = 3_000_000
MAX_PASTED_TAGS = 60_000
MAX_TABLES = 200
MAX_ROWS = 2_000
MAX_COLUMNS = 30
MAX_CELL_CHARACTERS = MAX_CHARACTERS
NO_TABLE = (
    "There is no table in it. The comments have to stand in a table with a heading such as "
    "“Assessor comments” over their column."
)
TOO_MUCH = "This holds too much. Copy the tables with the comments into a new document and use that."
LONG_CELL = (
    f"A cell has more than {MAX_CELL_CHARACTERS:,} characters. "
    "Divide it into several rows and bring it in again."
)


def check_amount(tables: Sequence[TextTable]) -> Sequence[TextTable]:
    """The tables again. Raises RuleBroken if there is none, or too much in them."""
    if not tables:
        raise RuleBroken(NO_TABLE)
    if len(tables) > MAX_TABLES or sum(len(each.rows) for each in tables) > MAX_ROWS:
        raise RuleBroken(TOO_MUCH)
    cells = (cell for table in tables for row in table.rows for cell in row)
    if any(len(cell.text) > MAX_CELL_CHARACTERS for cell in cells):
        raise RuleBroken(LONG_CELL)
    return tables
