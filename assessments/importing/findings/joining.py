"""Rows of a table that belong together: cut by a page break or by the end of a line. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from assessments.importing.findings.kinds import TableKind
from assessments.importing.findings.sentences import (
    begins_in_mid_sentence,
    begins_with_a_point,
    ends_in_mid_sentence,
)
from cse_tracker.core.rich_text.tree import Block, Points
from cse_tracker.core.rich_text.units import (
    one_after_the_other,
    run_together,
    units_of,
)

# As many as ``text_tables.limits`` allows a cell, which is not pure.
MAX_JOINED_CHARACTERS = 20_000
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
    points: list[Point] = []
    for row in rows:
        above = points[-1] if points else None
        is_rest = (
            above is not None
            and _has_room(above.row, row)
            and _goes_on(above.row, row, by_line=row.table in cut)
        )
        if above and is_rest:
            points[-1] = _joined_to(above, row)
        else:
            is_same = above is not None and row.is_bare
            points.append(Point(row, (row.line,), is_same))
    return points


def _has_room(above: RawRow, row: RawRow) -> bool:
    """Whether both together are no longer than a cell may be."""
    return all(
        len(before) + len(after) <= MAX_JOINED_CHARACTERS
        for before, after in (
            (above.comment, row.comment),
            (above.response, row.response),
        )
    )


def _goes_on(above: RawRow, row: RawRow, *, by_line: bool) -> bool:
    """Whether the row is the rest of the one above."""
    if row.ref:
        # "1.3.4" over again on the next page, with the rest of the sentence.
        is_repeated = row.ref == above.ref and row.is_after_break
        return is_repeated and begins_in_mid_sentence(row.comment or row.response)
    if row.element and not _is_rest_of_element(above, row):
        return False
    if not row.comment or row.comment_continues:
        return True
    if _is_mid_sentence(above, row, is_cut=by_line or row.is_after_break):
        return True
    return _is_next_number(above, row) or (by_line and _is_next_line(row))


def _is_mid_sentence(above: RawRow, row: RawRow, *, is_cut: bool) -> bool:
    """Whether a sentence of the row above ends in this one; ``is_cut``: which may well be."""
    if begins_in_mid_sentence(row.comment) or not is_cut:
        return begins_in_mid_sentence(row.comment)
    if begins_in_mid_sentence(row.response) and ends_in_mid_sentence(above.response):
        return True
    is_broken = row.is_after_break and ends_in_mid_sentence(above.comment)
    return is_broken and not begins_with_a_point(row.comment)


def _is_next_line(row: RawRow) -> bool:
    """Whether a line of print goes on with the comment above: a new point has its response."""
    if row.response_continues:
        return False
    return not row.response or not begins_with_a_point(row.comment)


def _is_rest_of_element(above: RawRow, row: RawRow) -> bool:
    return bool(above.element) and begins_in_mid_sentence(row.element)


def _is_next_number(above: RawRow, row: RawRow) -> bool:
    """Whether the row goes on with the numbers of the one above and has no response."""
    before, after = units_of(above.comment), units_of(row.comment)
    if row.response or not before or not after:
        return False
    return _first_number(after[0]) == (_last_number(before[-1]) or 0) + 1


def _first_number(unit: Block) -> int | None:
    return unit.items[0].number if isinstance(unit, Points) else None


def _last_number(unit: Block) -> int | None:
    return unit.items[-1].number if isinstance(unit, Points) else None


def _joined_to(above: Point, row: RawRow) -> Point:
    before = above.row
    whole = replace(
        before,
        element=_sentence(before.element, row.element),
        comment=_text(before.comment, row.comment),
        response=_text(before.response, row.response),
    )
    return replace(above, row=whole, lines=(*above.lines, row.line))


def _sentence(before: str, after: str) -> str:
    return f"{before} {after}".strip()


def _text(before: str, after: str) -> str:
    """Both parts of a text, in one sentence where the first part breaks off."""
    if not before or not after:
        return before or after
    if begins_in_mid_sentence(after):
        return run_together(before, after)
    if ends_in_mid_sentence(before) and not begins_with_a_point(after):
        return run_together(before, after)
    return one_after_the_other(before, after)
