""" "Elements sampled" rows: what they say against what the marks above them give. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from assessments.importing.problems import AnnexProblem
from cse_tracker.core.importing.problems import CellAddress, Problem, problem
from cse_tracker.core.tables.sheets import CellValue, cell_text

# "Elements sampled", "Elements samples", "Total elements sampled", "Number sampled".
_LABEL = re.compile(
    r"\s*(?P<total>(?:grand\s+|overall\s+)?total|overall)?\s*"
    r"(?:(?:number|no\.?)\s*(?:of\s+)?)?(?:elements?|standards?)?\s*sampl(?:ed|es?)\b"
    r"(?:\s+elements?)?(?:\s+in\s+total)?\s*:?\s*",
    re.IGNORECASE,
)


@dataclass
class Tally:
    """Marks counted over some element rows, by year."""

    sampled: Counter[int] = field(default_factory=Counter)
    rated: Counter[int] = field(default_factory=Counter)
    rows: int = 0


@dataclass(frozen=True, slots=True)
class TotalCell:
    """A typed total for one year."""

    year: int
    column: int
    value: CellValue


@dataclass(frozen=True, slots=True)
class TotalsRow:
    """One row of typed totals and the marks counted since the one before."""

    sheet: str
    row: int
    says_total: bool
    # "criterion 1", empty where no heading stood above.
    section: str
    cells: tuple[TotalCell, ...]
    counted: Tally
    # Element rows read by then, on all sheets.
    rows_so_far: int


def totals_label_or_none(values: list[CellValue]) -> re.Match[str] | None:
    """The match of the cell that labels the row as sampled totals, None in any other row."""
    matches = (_LABEL.fullmatch(value) for value in values if isinstance(value, str))
    return next((match for match in matches if match), None)


def says_total(label: re.Match[str]) -> bool:
    """Whether the label speaks of all criteria together."""
    return label["total"] is not None or "in total" in label[0].casefold()


def wrong_totals(
    rows: list[TotalsRow], everything: Tally, sampled_years: Mapping[int, bool]
) -> Iterator[Problem]:
    """Each typed total that differs from the marks, and each that is no number.

    ``sampled_years`` says of each year whether any element has an X. In a year without, a
    typed total may count the elements assessed.
    """
    for position, row in enumerate(rows):
        closes_file = position == 0 and row.rows_so_far == everything.rows
        # A row labelled "total" still closes a section if element rows came since the last one.
        is_grand = row.says_total and (closes_file or row.counted.rows == 0)
        counted = everything if is_grand else row.counted
        for cell in row.cells:
            found = counted.sampled[cell.year]
            accepted = {found}
            if not sampled_years.get(cell.year):
                accepted.add(counted.rated[cell.year])
            yield from _check(row, cell, accepted, found, is_grand=is_grand)


def _check(
    row: TotalsRow, cell: TotalCell, accepted: set[int], found: int, *, is_grand: bool
) -> Iterator[Problem]:
    address = CellAddress(row.sheet, row.row, cell.column)
    text = cell_text(cell.value)
    typed = int(text) if re.fullmatch(r"\s*\d{1,6}\s*", text) else None
    where = (
        "in all" if is_grand else f"in {row.section}" if row.section else "in this part"
    )
    if typed is None:
        message = f'"{text}" is not a number of elements.'
        yield problem(AnnexProblem.UNREADABLE, message, address, text)
    elif typed not in accepted:
        message = f"{cell.year}: the file says {typed} sampled {where}, its own marks give {found}."
        yield problem(AnnexProblem.WRONG_TOTAL, message, address, text)
