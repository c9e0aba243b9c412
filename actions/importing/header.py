"""The headings of a plan, in one row or in two of which the upper one heads groups. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from actions.importing.columns import (
    HEADING_CHARACTERS,
    Candidate,
    Column,
    candidates,
)
from cse_tracker.core.tables.sheets import CellValue, Row, Sheet, cell_at, cell_text

# A heading alone could be any text; two of them are a table.
MIN_COLUMNS = 2


@dataclass(frozen=True)
class Header:
    """Where the headings stand. Columns count from 1."""

    # Of the lower row, where there are two.
    number: int
    lower: Row
    # Empty where there is only one.
    upper: Row = ()

    def cell(self, place: int) -> CellValue:
        """The heading of the column: the lower one, else the one that spans both rows."""
        own = cell_at(self.lower, place)
        return cell_at(self.upper, place) if own is None else own

    def meanings(self) -> dict[int, list[Candidate]]:
        """By column, what its heading may mean, alone or with that of its group."""
        width = max(len(self.lower), len(self.upper))
        return {place: self._meanings(place) for place in range(1, width + 1)}

    def body(self, sheet: Sheet) -> Iterator[tuple[int, Row]]:
        """The rows below that hold something and don't repeat a heading."""
        for number, row in sheet.numbered_rows():
            if number > self.number and row not in (self.lower, self.upper):
                yield number, row

    def _meanings(self, place: int) -> list[Candidate]:
        heading, group = cell_text(self.cell(place)), cell_text(self._group(place))
        return (
            candidates(heading)
            or candidates(f"{heading} {group}")
            or candidates(f"{group} {heading}")
        )

    def _group(self, place: int) -> CellValue:
        """What stands over the column; a program keeps it in the first cell that it spans."""
        return next((value for value in self.upper[:place][::-1] if value), None)


def header_at(sheet: Sheet, number: int) -> Header:
    """The headings in this row, with those in the row above or below that belong to them."""
    row = sheet.rows[number - 1]
    above = sheet.rows[number - 2] if number > 1 else ()
    below = sheet.rows[number] if number < len(sheet.rows) else ()
    alone = Header(number, row)
    if _goes_on(Header(number + 1, below, row)):
        return Header(number + 1, below, row)
    grouped = Header(number, row, above)
    is_more = _known(grouped) > _known(alone)
    return grouped if is_more and _is_short(above) else alone


def _goes_on(header: Header) -> bool:
    """Whether the lower row heads columns too, rather than being the first action."""
    filled = [place for place, value in enumerate(header.lower, 1) if value is not None]
    meanings = header.meanings()
    known = [place for place in filled if meanings[place]]
    acts = any(
        Column.TITLE in _columns(candidates(cell_at(header.upper, place)))
        for place in filled
    )
    return (
        header.lower != header.upper
        and _is_short(header.lower)
        and len(known) >= MIN_COLUMNS
        and (known == filled or not acts)
    )


def _known(header: Header) -> int:
    return len(
        {each for found in header.meanings().values() for each in _columns(found)}
    )


def _columns(found: list[Candidate]) -> set[Column]:
    return {each.column for each in found}


def _is_short(row: Row) -> bool:
    return all(
        isinstance(value, str) and len(value) <= HEADING_CHARACTERS
        for value in row
        if value is not None
    )
