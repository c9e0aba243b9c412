"""The cells of one row of a plan, each read once, with what is wrong in them. Pure."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from actions.importing.columns import Column
from actions.importing.dates import read_date_or_none
from actions.importing.layout import Layout
from actions.importing.problems import PlanProblem
from actions.importing.rows import Kept
from actions.importing.words import Said
from cse_tracker.core.dates import long_date
from cse_tracker.core.importing.problems import CellAddress, Problem, problem
from cse_tracker.core.tables.sheets import (
    CellValue,
    Row,
    Uncalculated,
    cell_at,
    cell_text,
)

# Years outside are told: most are typing errors.
LIKELY_YEARS = range(2000, 2051)
QUOTED_CHARACTERS = 80
# Our own numbers stay small, and the next one must still fit into its column.
_NUMBER = re.compile(r"#?\s*(\d{1,6})\s*\.?")


@dataclass(frozen=True, slots=True)
class ReadAs:
    """A word of the file, in quotes, that was taken for one of ours."""

    column: Column
    word: str
    address: CellAddress
    said: Said


def quoted(text: str) -> str:
    """The beginning of the words, for a message."""
    is_long = len(text) > QUOTED_CHARACTERS
    return f"“{text[:QUOTED_CHARACTERS]}{'…' if is_long else ''}”"


@dataclass
class RowCells:
    """One row through its layout; gathers what people have to know about it."""

    sheet: str
    number: int
    cells: Row
    layout: Layout
    problems: list[Problem] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    read_as: list[ReadAs] = field(default_factory=list)

    def value(self, column: Column) -> CellValue:
        """The cell; None where the file has no such column, or only a formula."""
        place = self.layout.columns.get(column)
        value = cell_at(self.cells, place) if place else None
        return None if isinstance(value, Uncalculated) else value

    def address(self, column: Column) -> CellAddress:
        return CellAddress(self.sheet, self.number, self.layout.columns.get(column))

    def text(self, column: Column) -> str:
        """The words of the cell, with one character for each line end, as forms keep them."""
        return _plain_text(self.value(column))

    def quoted(self, column: Column) -> str:
        """The beginning of the cell's words, for a message."""
        return quoted(self.text(column))

    def filled(self) -> list[Column]:
        """The columns in which the row says something, from left to right."""
        places = sorted(self.layout.columns.items(), key=lambda item: item[1])
        return [column for column, _ in places if self.text(column)]

    def rest(self) -> Iterator[Kept]:
        """What stands in columns without a meaning, from left to right."""
        taken = set(self.layout.columns.values())
        for place, value in enumerate(self.cells, 1):
            is_other = place not in taken and not isinstance(value, Uncalculated)
            if is_other and (text := _plain_text(value)):
                yield Kept(self.layout.name_of(place), text)

    def tell(self, kind: PlanProblem, message: str, column: Column) -> None:
        """Gather a problem at one cell."""
        address = self.address(column)
        self.problems.append(problem(kind, message, address, self.text(column)))

    def tell_and_keep(self, kind: PlanProblem, message: str, column: Column) -> None:
        """Gather a problem at a cell whose words find no place."""
        self.tell(kind, message, column)
        self.keep(column)

    def keep(self, column: Column, text: str = "") -> None:
        """Keep the words of the cell, or these, for a comment on the action."""
        self.kept.append(Kept(column.label, text or self.text(column)))

    def date(self, column: Column) -> date | None:
        """The date in the cell; None for a blank one and for one that can't be read."""
        value = self.value(column)
        if value is None:
            return None
        read = read_date_or_none(value)
        if read is None:
            self.tell_and_keep(
                PlanProblem.BAD_DATE,
                f"{self.quoted(column)} is not a date. Write 31 March 2026 or 31/03/2026.",
                column,
            )
            return None
        if read.is_worked_out:
            message = f"{self.quoted(column)} is read as {long_date(read.day)}."
            self.tell(PlanProblem.LAST_DAY, message, column)
        if read.day.year not in LIKELY_YEARS:
            message = f"{self.quoted(column)} is in the year {read.day.year}."
            self.tell(PlanProblem.FAR_DAY, message, column)
        return read.day

    def code(
        self,
        column: Column,
        read: Callable[[CellValue], Said | None],
        kind: PlanProblem,
        *,
        otherwise: str,
    ) -> str:
        """The code that the cell says, ``otherwise`` for a blank or an unknown word."""
        value = self.value(column)
        if value is None:
            return otherwise
        said = read(value)
        if said is None:
            message = f"{self.quoted(column)} is none of the words that are known here."
            self.tell_and_keep(kind, message, column)
            return otherwise
        if said.rest:
            self.keep(column)
        if not said.is_ours:
            word = self.quoted(column)
            self.read_as.append(ReadAs(column, word, self.address(column), said))
        return said.code

    def number_or_none(self) -> int | None:
        """What the column of numbers says, if it is a number that we could give."""
        match = _NUMBER.fullmatch(self.text(Column.NUMBER))
        return int(match[1]) or None if match else None

    def action_number(self) -> int | None:
        """The number of the action, None where there is none that could be kept."""
        column = Column.NUMBER
        if self.value(column) is None:
            return None
        number = self.number_or_none()
        if number:
            return number
        message = f"{self.quoted(column)} can't be the number of an action here."
        self.tell_and_keep(PlanProblem.OTHER_NUMBER, message, column)
        return None


def _plain_text(value: CellValue) -> str:
    return cell_text(value).strip().replace("\r\n", "\n").replace("\r", "\n")
