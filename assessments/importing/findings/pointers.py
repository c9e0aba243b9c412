"""Responses that only point to another row's: "Response as above". Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assessments.importing.findings.rows import FindingRow, Rows
from assessments.response_references import pointer_in


def with_pointers(rows: Sequence[FindingRow]) -> Rows:
    """The rows, each whose response points to another one's tied to that row."""
    return tuple(
        row
        if found is None or row.answered_by is not None
        else replace(row, answered_by=found)
        for row, found in zip(rows, pointed_at(rows), strict=True)
    )


def pointed_at(rows: Sequence[FindingRow]) -> Iterator[int | None]:
    """For each row the key of the one that its response points to: of its ref, or above.

    Of several the nearest above, else the first below. Each response is read once.
    """
    pointers = [pointer_in(row.response) for row in rows]
    first: dict[str, int] = {}
    for row, pointer in zip(rows, pointers, strict=True):
        if row.response and pointer is None:
            first.setdefault(row.ref, row.key)
    above: dict[str, int] = {}
    nearest: int | None = None
    for row, pointer in zip(rows, pointers, strict=True):
        if pointer is None:
            yield None
            if row.response:
                above[row.ref] = nearest = row.key
        elif pointer.ref:
            yield above.get(pointer.ref, first.get(pointer.ref))
        else:
            yield nearest


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
