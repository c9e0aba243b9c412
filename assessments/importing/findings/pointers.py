"""Responses that only point to another row's: "Response as above". Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assessments.importing.findings.rows import FindingRow, Rows
from assessments.response_references import pointer_in


def with_pointers(rows: Sequence[FindingRow]) -> Rows:
    """The rows, each whose response points to another one's tied to that row."""
    return tuple(
        replace(row, answered_by=pointed_at_or_none(rows, place))
        if row.answered_by is None
        else row
        for place, row in enumerate(rows)
    )


def pointed_at_or_none(rows: Sequence[FindingRow], place: int) -> int | None:
    """The key of the row that the response at ``place`` points to: of its ref, or above."""
    pointer = pointer_in(rows[place].response)
    if pointer is None:
        return None
    others = [*reversed(rows[:place]), *rows[place + 1 :]]
    if not pointer.ref:
        others = others[:place]
    answering = (
        row
        for row in others
        if row.response
        and pointer_in(row.response) is None
        and (not pointer.ref or row.ref == pointer.ref)
    )
    found = next(answering, None)
    return found.key if found else None


def answering_or_none(
    by_key: Mapping[int, FindingRow], row: FindingRow
) -> FindingRow | None:
    """The row whose own response answers ``row`` too, if that is brought in."""
    seen = {row.key}
    while row.answered_by is not None and row.answered_by not in seen:
        seen.add(row.answered_by)
        found = by_key.get(row.answered_by)
        if found is None or not found.is_included:
            return None
        if found.answered_by is None:
            return found if found.response else None
        row = found
    return None
