"""Refs as people and spreadsheet programs write them: "1.3.3.", "Criterion 1", 1.1. Pure."""

import re
from dataclasses import dataclass
from datetime import date

from cse_tracker.core.tables.sheets import CellValue, cell_text

ELEMENT_DEPTH = 3
SUB_ELEMENT_DEPTH = 4
_REF = re.compile(
    r"""
    (?:(?:sub[\s-]*)?(?:criterion|criteria|element)\s*)?  # "Criterion 1"
    (?P<ref>\d{1,2}(?:\s*\.\s*\d{1,2})*)                  # "1", "1.3.3", "1. 3. 3"
    \s*[.:)]*                                             # "1.3.3." and "1.3.3:"
    (?:(?:\s+|(?<=[.:)]))[-\u2010-\u2015:]?\s*(?P<rest>\D.*))?  # "1.3.3 We measure ..."
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
# What a spreadsheet program makes of "1.2.3" or "1-2" when it takes them for dates.
_DATE = re.compile(
    r"\d{1,4}[/-]\d{1,2}[/-]\d{1,4}|\d{1,2}[-\s][a-z]{3,9}([-\s]\d{2,4})?|[a-z]{3,9}-\d{2}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RefCell:
    """A ref, and what stands after it in the same cell."""

    ref: str
    rest: str = ""

    @property
    def depth(self) -> int:
        """1 for a criterion, 3 for an element, 4 for a sub-element; more is no ref of ours."""
        return self.ref.count(".") + 1


def read_ref_or_none(value: CellValue) -> RefCell | None:
    """The ref in the cell, None if it holds none.

    A number is taken as written: 1.1 is sub-criterion 1.1.
    """
    if isinstance(value, bool | date) or is_date_text(value):
        return None
    match = _REF.fullmatch(cell_text(value).strip())
    if match is None:
        return None
    parts = re.sub(r"\s", "", match["ref"]).split(".")
    return RefCell(
        ".".join(str(int(part)) for part in parts), (match["rest"] or "").strip()
    )


def is_turned_into_date(value: CellValue) -> bool:
    """Whether the program that kept the file took a ref for a date."""
    return isinstance(value, date) or is_date_text(value)


def is_date_text(value: CellValue) -> bool:
    """Whether the text is what a date looks like when a table is saved as text."""
    return isinstance(value, str) and _DATE.fullmatch(value.strip()) is not None
