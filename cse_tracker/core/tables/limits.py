"""How large a table file may be. An annex has about 100 rows; these leave room for ten years
of hand-made additions and still bound memory and time."""

MAX_FILE_BYTES = 10 * 1024 * 1024
MAX_UNPACKED_BYTES = 24 * 1024 * 1024
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
