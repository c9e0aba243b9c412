"""Rows of a table that belong together: cut by a page break or by the end of a line. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from assessments.importing.findings.growing_text import GrowingText
from assessments.importing.findings.kinds import TableKind
from assessments.importing.findings.sentences import (
    begins_in_mid_sentence,
    begins_with_a_point,
)
from cse_tracker.core.rich_text.tree import Block, Points
from cse_tracker.core.rich_text.units import units_of
from cse_tracker.core.texts import MAX_CHARACTERS

# Tables that come out of a PDF have a row for each line of print.
LINE_CHARACTERS = 90
SHARE_WITHOUT_REF = 0.5
ROWS_TO_JUDGE_BY = 6


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row of a table, cell by cell."""

    table: int
    line: int
    kind: TableKind | None
    ref: str
    element: str
    comment: str
    response: str
    # The cell is merged with the one above it.
    response_continues: bool = False
    comment_continues: bool = False
    # The heading of the table stands right above, for the second time or more.
    is_after_break: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether it names no element."""
        return not (self.ref or self.element)


@dataclass(frozen=True, slots=True)
class Point:
    """One finding: a row, or what was cut into several of them."""

    row: RawRow
    lines: tuple[int, ...]
    # It names no element of its own: it is about that of the point above.
    is_same_element: bool = False
    notes: tuple[str, ...] = ()


def is_cut_by_lines(rows: Sequence[RawRow]) -> bool:
    """Whether the table has a row for each line of print, so that most rows are no findings."""
    if len(rows) < ROWS_TO_JUDGE_BY:
        return False
    bare = sum(not row.ref for row in rows)
    lengths = [len(row.comment or row.response) for row in rows]
    return bare >= SHARE_WITHOUT_REF * len(rows) and median(lengths) <= LINE_CHARACTERS


def joined(rows: Iterable[RawRow]) -> list[Point]:
    """The findings that the rows of one document make, in order."""
    rows = list(rows)
    by_table: dict[int, list[RawRow]] = {}
    for row in rows:
        by_table.setdefault(row.table, []).append(row)
    cut = {table for table, found in by_table.items() if is_cut_by_lines(found)}
    points: list[_Growing] = []
    for row in rows:
        above = points[-1] if points else None
        if (
            above is not None
            and above.has_room_for(row)
            and _goes_on(above, row, by_line=row.table in cut)
        ):
            above.add(row)
        else:
            points.append(_Growing(row, is_first=above is None))
    return [point.whole() for point in points]


class _Growing:
    """A point to which rows are added."""

    def __init__(self, row: RawRow, *, is_first: bool) -> None:
        self.row = row
        self.lines = [row.line]
        self.elements = [row.element]
        self.comment = GrowingText(row.comment)
        self.response = GrowingText(row.response)
        self.is_same_element = row.is_bare and not is_first

    def has_room_for(self, row: RawRow) -> bool:
        """Whether both together are no longer than a cell may be."""
        return all(
            before.length + len(after) <= MAX_CHARACTERS
            for before, after in (
                (self.comment, row.comment),
                (self.response, row.response),
            )
        )

    def add(self, row: RawRow) -> None:
        self.lines.append(row.line)
        self.elements.append(row.element)
        self.comment.add(row.comment)
        self.response.add(row.response)

    def whole(self) -> Point:
        row = replace(
            self.row,
            element=" ".join(filter(None, self.elements)),
            comment=self.comment.written(),
            response=self.response.written(),
        )
        return Point(row, tuple(self.lines), self.is_same_element)


def _goes_on(above: _Growing, row: RawRow, *, by_line: bool) -> bool:
    """Whether the row is the rest of the one above."""
    if row.ref:
        # "1.3.4" over again on the next page, with the rest of the sentence.
        is_repeated = row.ref == above.row.ref and row.is_after_break
        return is_repeated and begins_in_mid_sentence(row.comment or row.response)
    if row.element and not _is_rest_of_element(above, row):
        return False
    if not row.comment or row.comment_continues:
        return True
    if _is_mid_sentence(above, row, is_cut=by_line or row.is_after_break):
        return True
    return _is_next_number(above, row) or (by_line and _is_next_line(row))


def _is_mid_sentence(above: _Growing, row: RawRow, *, is_cut: bool) -> bool:
    """Whether a sentence of the row above ends in this one; ``is_cut``: which may well be."""
    if begins_in_mid_sentence(row.comment) or not is_cut:
        return begins_in_mid_sentence(row.comment)
    if begins_in_mid_sentence(row.response) and above.response.breaks_off:
        return True
    is_broken = row.is_after_break and above.comment.breaks_off
    return is_broken and not begins_with_a_point(row.comment)


def _is_next_line(row: RawRow) -> bool:
    """Whether a line of print goes on with the comment above: a new point has its response."""
    if row.response_continues:
        return False
    return not row.response or not begins_with_a_point(row.comment)


def _is_rest_of_element(above: _Growing, row: RawRow) -> bool:
    return any(above.elements) and begins_in_mid_sentence(row.element)


def _is_next_number(above: _Growing, row: RawRow) -> bool:
    """Whether the row goes on with the numbers of the one above and has no response."""
    after = units_of(row.comment)
    if row.response or not above.comment.has_units or not after:
        return False
    return _first_number(after[0]) == (above.comment.last_number or 0) + 1


def _first_number(unit: Block) -> int | None:
    return unit.items[0].number if isinstance(unit, Points) else None
