"""Which column of a table holds what, by the words in its heading. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assessments.importing.refs import read_ref_or_none
from cse_tracker.core.rich_text.words import plain_words
from cse_tracker.core.text_tables.tables import Cells

# A heading is short; whatever is longer is content.
MAX_HEADING_CHARACTERS = 60
ROWS_THAT_MAY_HEAD = 4


class ColumnRole(StrEnum):
    """What a column holds."""

    REF = "ref"
    ELEMENT = "element"
    COMMENT = "comment"
    RESPONSE = "response"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    ColumnRole.REF: "ref",
    ColumnRole.ELEMENT: "element",
    ColumnRole.COMMENT: "comment",
    ColumnRole.RESPONSE: "response",
}
# The first that matches counts: "Element ref" is a ref, "Assessor's feedback" a comment.
_NAMED = [
    (ColumnRole.REF, r"\bref(?:erence)?s?\b|^(?:no|number|#)\.?$"),
    (ColumnRole.RESPONSE, r"\brespon[sd]|\bour (?:answer|reply)|\bactions?\b"),
    (ColumnRole.COMMENT, r"comment|finding|observation|feedback|improvement|\bissue"),
    (
        ColumnRole.COMMENT,
        r"partial(?:ly)? complian|non.?complian|strength|good practice",
    ),
    (
        ColumnRole.ELEMENT,
        r"\belements?\b|\bcriteri|\bstatement|\brequirement|\bstandard\b",
    ),
    (ColumnRole.RESPONSE, r"recommend"),
]
_ROLES = [(role, re.compile(pattern, re.I)) for role, pattern in _NAMED]
_WITHOUT_HEADING = {
    2: (ColumnRole.REF, ColumnRole.COMMENT),
    3: (ColumnRole.REF, ColumnRole.COMMENT, ColumnRole.RESPONSE),
    4: (ColumnRole.REF, ColumnRole.ELEMENT, ColumnRole.COMMENT, ColumnRole.RESPONSE),
}


@dataclass(frozen=True, slots=True)
class Columns:
    """The place of each column that is read, from 0, and the headings as they stand."""

    places: dict[ColumnRole, int]
    headings: tuple[str, ...]

    def text(self, cells: Cells, role: ColumnRole) -> str:
        """What the row says in the column."""
        place = self.places.get(role)
        if place is None or place >= len(cells):
            return ""
        return cells[place].text

    def heading_of(self, role: ColumnRole) -> str:
        """The heading of the column, empty where there is none."""
        place = self.places.get(role)
        return self.headings[place] if place is not None else ""

    def continues(self, cells: Cells, role: ColumnRole) -> bool:
        """Whether the cell is merged with the one above."""
        place = self.places.get(role)
        return place is not None and place < len(cells) and cells[place].continues

    def is_repeated_in(self, cells: Cells) -> bool:
        """Whether the row is the heading over again."""
        words = tuple(_plain(cell.text) for cell in cells)
        return bool(any(self.headings)) and words == self.headings[: len(words)]

    def without_headings(self, cells: Cells) -> Cells:
        """The row without headings that got into it, as at a page break of a PDF."""
        headings = (*self.headings, *[""] * (len(cells) - len(self.headings)))
        pairs = list(zip(cells, headings, strict=False))
        if not any(heading and _plain(cell.text) == heading for cell, heading in pairs):
            return cells
        return tuple(
            replace(cell, text=_without(cell.text, heading)) for cell, heading in pairs
        )

    @property
    def unread(self) -> list[str]:
        """Headings of columns that nothing is read from."""
        return [
            heading
            for place, heading in enumerate(self.headings)
            if heading and place not in self.places.values()
        ]


def role_of_or_none(text: str) -> ColumnRole | None:
    """What a heading says its column holds."""
    words = _plain(text)
    if not words or len(words) > MAX_HEADING_CHARACTERS:
        return None
    return next((role for role, pattern in _ROLES if pattern.search(words)), None)


def heading_or_none(rows: Sequence[Cells]) -> tuple[int, Columns] | None:
    """The place of the heading row among the first rows, and its columns."""
    for place, cells in enumerate(rows[:ROWS_THAT_MAY_HEAD]):
        columns = columns_or_none(cells)
        if columns is not None:
            return place, columns
    return None


def columns_or_none(cells: Cells) -> Columns | None:
    """The columns, if the row is a heading: it names a column of comments and another one."""
    filled = [cell.text for cell in cells if cell.text]
    if any(len(_plain(text)) > MAX_HEADING_CHARACTERS for text in filled):
        return None
    places: dict[ColumnRole, int] = {}
    for place, cell in enumerate(cells):
        role = role_of_or_none(cell.text)
        if role is not None:
            places.setdefault(role, place)
    if ColumnRole.COMMENT not in places and len(places) > 1:
        _take_recommendations(cells, places)
    if ColumnRole.COMMENT not in places or len(places) < min(2, len(filled)):
        return None
    return Columns(places, tuple(_plain(cell.text) for cell in cells))


def guessed_or_none(rows: Sequence[Cells]) -> Columns | None:
    """The columns of a table without a heading whose first one holds refs."""
    width = max(map(len, rows), default=0)
    roles = _WITHOUT_HEADING.get(width)
    refs = sum(bool(cells) and _is_element_ref(cells[0].text) for cells in rows)
    if roles is None or not refs:
        return None
    return Columns({role: place for place, role in enumerate(roles)}, ("",) * width)


def _take_recommendations(cells: Cells, places: dict[ColumnRole, int]) -> None:
    """Beside responses, a column of recommendations holds what the assessor recommends."""
    for place, cell in enumerate(cells):
        if place not in places.values() and "recommend" in cell.text.lower():
            places[ColumnRole.COMMENT] = place


def _is_element_ref(text: str) -> bool:
    found = read_ref_or_none(text)
    return found is not None and found.depth > 1


def _without(text: str, heading: str) -> str:
    if not heading:
        return text
    words = r"\W+".join(map(re.escape, re.findall(r"\w+", heading)))
    return re.sub(rf"^\W*{words}[\s*:.]*", "", text, count=1, flags=re.I)


def _plain(text: str) -> str:
    # The beginning tells enough: what is longer is no heading.
    return plain_words(text[: 2 * MAX_HEADING_CHARACTERS]).strip(" :.").lower()
