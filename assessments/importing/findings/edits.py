"""What a person does with the rows of a preview: each edit gives the rows anew. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from assessments.importing.findings.rows import FindingRow, Rows, place_of
from assessments.importing.findings.sentences import begins_in_mid_sentence
from assessments.ratings import Rating
from cse_tracker.core.rich_text.units import (
    one_after_the_other,
    run_together,
    text_of,
    units_of,
)


class NoSuchRow(LookupError):
    """The row is not there (any more), or there is none above it."""


def moved(rows: Rows, key: int, *, by: int) -> Rows:
    """The row ``by`` places further down, or up if negative; at the ends it stays."""
    place = _place(rows, key)
    target = min(max(place + by, 0), len(rows) - 1)
    rest = [row for row in rows if row.key != key]
    rest.insert(target, rows[place])
    return tuple(rest)


def with_inclusion(rows: Rows, key: int, *, is_included: bool) -> Rows:
    """The row taken in or left out."""
    return _changed(rows, key, lambda row: replace(row, is_included=is_included))


def with_own_words(rows: Rows, key: int) -> Rows:
    """The row answered by its own words, and by no other row's."""
    return _changed(rows, key, lambda row: replace(row, answered_by=None))


def rewritten(rows: Rows, key: int, **values: object) -> Rows:
    """The row with what a person entered; its element is no guess any more."""

    def change(row: FindingRow) -> FindingRow:
        # What is entered are fields of the row; a compliance finding goes with a rating.
        new = replace(row, **values, is_guess=False)  # type: ignore[arg-type]
        if new.kind != "compliance":
            return replace(new, rating="")
        return replace(new, rating=new.rating or Rating.PARTIAL.value)

    return _changed(rows, key, change)


def merged_up(rows: Rows, key: int) -> Rows:
    """The row put at the end of the one above, which keeps its element and kind."""
    place = _place(rows, key)
    if place == 0:
        raise NoSuchRow
    above, row = rows[place - 1], rows[place]
    whole = replace(
        above,
        comment=_put_together(above.comment, row.comment),
        response=_put_together(above.response, row.response),
        answered_by=above.answered_by
        if row.response
        else above.answered_by or row.answered_by,
        is_included=above.is_included or row.is_included,
        lines=(*above.lines, *row.lines) if above.table == row.table else above.lines,
    )
    if whole.answered_by in {above.key, row.key}:
        whole = replace(whole, answered_by=None)
    rest = (*rows[: place - 1], whole, *rows[place + 1 :])
    return _pointing_anew(rest, old=key, new=above.key)


def split(rows: Rows, key: int, *, comment_at: int, response_at: int) -> Rows:
    """The row as two: the second begins at these paragraphs or points, counted from 0.

    The length of a text as place leaves all of it with the first. Raises ValueError if one of
    the two rows would say nothing.
    """
    place = _place(rows, key)
    row = rows[place]
    comments, responses = units_of(row.comment), units_of(row.response)
    first = replace(
        row,
        comment=text_of(comments[:comment_at]),
        response=text_of(responses[:response_at]),
    )
    second = replace(
        row,
        key=max(each.key for each in rows) + 1,
        comment=text_of(comments[comment_at:]),
        response=text_of(responses[response_at:]),
        answered_by=None,
        notes=(),
    )
    if not (first.comment or first.response) or not (second.comment or second.response):
        raise ValueError("One of the two rows would be empty")
    return (*rows[:place], first, second, *rows[place + 1 :])


def beginning_given(rows: Rows, key: int, *, to: int, column: str, units: int) -> Rows:
    """The first paragraphs or points of a cell put at the end of the same cell of row ``to``."""
    given, kept = _cut(rows, key, column, units)
    owned = rows[_place(rows, to)].text_in(column)
    return _given(rows, key, to, column, kept, _put_together(owned, given))


def end_given(rows: Rows, key: int, *, to: int, column: str, units: int) -> Rows:
    """All but the first paragraphs or points put before the same cell of row ``to``."""
    kept, given = _cut(rows, key, column, units)
    owned = rows[_place(rows, to)].text_in(column)
    return _given(rows, key, to, column, kept, _put_together(given, owned))


def _cut(rows: Rows, key: int, column: str, units: int) -> tuple[str, str]:
    parts = units_of(rows[_place(rows, key)].text_in(column))
    return text_of(parts[:units]), text_of(parts[units:])


def _given(  # from which row to which, and what each then says
    rows: Rows, key: int, to: int, column: str, kept: str, whole: str
) -> Rows:
    if key == to:
        raise NoSuchRow
    rows = _changed(rows, to, lambda each: each.with_text(column, whole))
    return _changed(rows, key, lambda each: each.with_text(column, kept))


def _put_together(first: str, second: str) -> str:
    if first and second and begins_in_mid_sentence(second):
        return run_together(first, second)
    return one_after_the_other(first, second)


def _changed(
    rows: Sequence[FindingRow], key: int, change: Callable[[FindingRow], FindingRow]
) -> Rows:
    place = _place(rows, key)
    return (*rows[:place], change(rows[place]), *rows[place + 1 :])


def _pointing_anew(rows: Sequence[FindingRow], *, old: int, new: int) -> Rows:
    """Rows that used the response of a row that is gone use that of its successor."""
    return tuple(
        replace(row, answered_by=new if row.key != new else None)
        if row.answered_by == old
        else row
        for row in rows
    )


def _place(rows: Sequence[FindingRow], key: int) -> int:
    place = place_of(rows, key)
    if place is None:
        raise NoSuchRow
    return place
