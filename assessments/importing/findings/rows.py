"""One row of a findings import: what it says, about which element, where it stood. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

# Stands in place of a ref for a comment about no element.
GENERAL = "general"
COMMENT, RESPONSE = COLUMNS = ("comment", "response")


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A comment and its response, as they would be brought in."""

    # Names the row as long as the import lasts.
    key: int
    # A ref of the standard, GENERAL, or empty where nothing could be found.
    ref: str
    # As ``Finding.Kind`` has it; "PC" or "NC" goes with a compliance finding.
    kind: str
    rating: str
    comment: str
    response: str
    # The row whose responses answer this one too.
    answered_by: int | None = None
    is_included: bool = True
    # Where it stands in the document: table and rows, from 1.
    table: int = 0
    lines: tuple[int, ...] = ()
    # What reading found out or did, as sentences.
    notes: tuple[str, ...] = ()
    # The element is a guess from the words, which a person should look at.
    is_guess: bool = False

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        if not self.lines:
            return f"Table {self.table}"
        first, last = self.lines[0], self.lines[-1]
        rows = f"row {first}" if first == last else f"rows {first} to {last}"
        return f"Table {self.table}, {rows}"

    def text_in(self, column: str) -> str:
        """The "comment" or the "response"."""
        return self.comment if column == COMMENT else self.response

    def with_text(self, column: str, text: str) -> "FindingRow":
        """The row with another text in the column."""
        if column == COMMENT:
            return replace(self, comment=text)
        return replace(self, response=text)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "FindingRow":
        """The row as ``to_json`` kept it."""
        known = {each.name for each in fields(cls)}
        values = {name: value for name, value in data.items() if name in known}
        for name in ("lines", "notes"):
            values[name] = tuple(values[name])
        return cls(**values)


Rows = tuple[FindingRow, ...]


def rows_from_json(data: Iterable[dict[str, Any]]) -> Rows:
    return tuple(FindingRow.from_json(each) for each in data)


def rows_to_json(rows: Iterable[FindingRow]) -> list[dict[str, Any]]:
    return [row.to_json() for row in rows]


def place_of(rows: Sequence[FindingRow], key: int) -> int | None:
    """Where the row with the key stands, from 0."""
    return next((place for place, row in enumerate(rows) if row.key == key), None)
