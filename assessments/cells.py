"""The cells of the progression as HTML. Each different one is drawn once in a process.

The loop over cells is what the page costs, and of some hundred cells few are different.
"""

import operator
from collections.abc import Iterable
from functools import lru_cache, reduce

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from assessments.progression import Cell, ProgressionRow
from assessments.ratings import Basis

NOTHING = SafeString("")


def cells_html(row: ProgressionRow) -> SafeString:
    """All cells of one row, joined."""
    return joined(cell_html(cell, is_element=row.is_element) for cell in row.cells)


@lru_cache(maxsize=4096)
def cell_html(cell: Cell | None, *, is_element: bool) -> SafeString:
    """One cell: mark, code and arrow to look at, and the same in words."""
    words = cell_words(cell, is_element=is_element)
    context = {"cell": cell, "words": words, "is_element": is_element}
    return render_to_string("assessments/progression/cell.html", context)


def cell_words(cell: Cell | None, *, is_element: bool) -> str:
    """What a cell says, for those who don't see it: "Compliant, sampled, down from …"."""
    if cell is None:
        return "Not rated" if is_element else "Not tracked"
    if not cell.applicable:
        return "Does not apply"
    parts = [
        cell.rating.label if cell.rating else "Not rated",
        "sampled" if cell.sampled else "",
        _basis_words(cell) if cell.rating else "",
        _change_words(cell),
        f"{cell.source_year} now says otherwise" if cell.differs_from_source else "",
    ]
    return ", ".join(part for part in parts if part)


def joined(pieces: Iterable[SafeString]) -> SafeString:
    """Pieces of HTML one after the other: safe, because each of them is."""
    return reduce(operator.add, pieces, NOTHING)


def _basis_words(cell: Cell) -> str:
    match cell.basis:
        case Basis.CARRIED:
            return f"carried forward from {cell.found_year}"
        case Basis.RECORDED:
            return "not known whether it was examined"
        case Basis.ASSESSED:
            return "" if cell.sampled else "assessed"


def _change_words(cell: Cell) -> str:
    if cell.before is None:
        return ""
    return f"{'up' if cell.change > 0 else 'down'} from {cell.before.label}"
