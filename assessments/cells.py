"""The rows of the progression's tables as HTML. Each different cell is drawn once in a process.

The loop over cells is what the page costs, and of some hundred cells few are different. So
they are drawn here and joined, not written out by a template's loops.
"""

from collections.abc import Iterable
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from assessments.count_tables import CountRow
from assessments.progression import Cell, ProgressionRow
from assessments.ratings import Basis
from assessments.rows import YearColumn
from assessments.tree import Kind

NOTHING = SafeString("")
ROW = SafeString("<tr>")
PART_ROW = SafeString('<tr class="cse-progression__part">')
ROW_END = SafeString("</tr>")
HEAD = (
    '<th scope="row" class="cse-progression__node">'
    '<a class="govuk-link" href="{}"><span class="cse-ref">{}</span> {}</a>{}</th>'
)
YEAR_HEAD = '<th scope="col" class="cse-table__cell"><a class="govuk-link" href="{}">{}</a>{}{}</th>'
YEAR_NOTE = '<br><span class="cse-quiet">{}</span>'
PART_HEAD = (
    '<tr class="cse-progression__sub-criterion"><th scope="rowgroup"'
    ' class="cse-progression__node">{}</th><td colspan="{}"></td></tr>'
)
STATEMENT = '<p class="cse-progression__statement">{}</p>'

NOT_CONFIRMED = format_html(YEAR_NOTE, "not confirmed")


def row_html(row: ProgressionRow, href: str, *, with_statement: bool) -> SafeString:
    """One row: its head, leading to ``href``, and its cells."""
    node = row.node
    statement = node.statement if with_statement else ""
    return _row_html(node.kind, node.ref, node.title, statement, href, row.cells)


@lru_cache(maxsize=1024)
def part_head_html(sub_criterion: str, years: int) -> SafeString:
    """The row above a sub-criterion's elements."""
    return format_html(PART_HEAD, sub_criterion, years)


@lru_cache(maxsize=1024)
def year_head_html(year: YearColumn) -> SafeString:
    """The head of a year's column, leading to its assessment."""
    visit = format_html(YEAR_NOTE, year.visit_code) if year.visit_code else NOTHING
    state = NOTHING if year.is_confirmed else NOT_CONFIRMED
    return format_html(YEAR_HEAD, year.url, year.label, visit, state)


@lru_cache(maxsize=4096)
def cell_html(cell: Cell) -> SafeString:
    """One cell: mark, code and arrow to look at, and the same in words."""
    context = {"cell": cell, "words": cell_words(cell), "is_seen": True}
    return render_to_string("assessments/progression/cell.html", context)


@lru_cache
def missing_html(kind: Kind) -> SafeString:
    """The cell of a year without a result. An element lacks a rating; a sub-element is not
    tracked that year, and nothing is missing.
    """
    is_element = kind is Kind.ELEMENT
    words = "Not rated" if is_element else "Not tracked"
    context = {"cell": None, "words": words, "is_seen": is_element}
    return render_to_string("assessments/progression/cell.html", context)


@lru_cache(maxsize=1024)
def count_row_html(row: CountRow) -> SafeString:
    """One row of a table of counts."""
    head = format_html('<tr><th scope="row">{}</th>', row.label)
    return joined([head, numbers_html(row.numbers), ROW_END])


def numbers_html(numbers: Iterable[str]) -> SafeString:
    """The cells of a row of numbers."""
    return joined(map(number_html, numbers))


@lru_cache(maxsize=1024)
def number_html(number: str) -> SafeString:
    """One number of a table of counts."""
    return format_html('<td class="cse-table__number">{}</td>', number)


@lru_cache(maxsize=1024)
def number_head_html(label: str) -> SafeString:
    """The head of a column of numbers."""
    return format_html('<th scope="col" class="cse-table__number">{}</th>', label)


@lru_cache(maxsize=4096)
def lines_html(lines: tuple[str, ...]) -> SafeString:
    """One cell of short lines: what a criterion counts in a year."""
    context = {"lines": lines}
    return render_to_string("assessments/progression/lines.html", context)


# Asked for by all that a row shows, so that a kept row can be neither old nor another's.
@lru_cache(maxsize=4096)
def _row_html(
    kind: Kind,
    ref: str,
    title: str,
    statement: str,
    href: str,
    cells: tuple[Cell | None, ...],
) -> SafeString:
    words = format_html(STATEMENT, statement) if statement else NOTHING
    missing = missing_html(kind)
    return narrow(
        joined(
            [
                ROW if kind is Kind.ELEMENT else PART_ROW,
                format_html(HEAD, href, ref, title, words),
                *(cell_html(cell) if cell else missing for cell in cells),
                ROW_END,
            ]
        )
    )


def cell_words(cell: Cell) -> str:
    """What a cell says, for those who don't see it: "Compliant, sampled, down from …"."""
    if not cell.applicable:
        return "Does not apply"
    parts = [
        cell.rating.label if cell.rating else "Not rated",
        "sampled" if cell.sampled else "",
        _basis_words(cell) if cell.rating else "",
        _change_words(cell),
        f"{cell.found_year} now says otherwise" if cell.differs_from_source else "",
    ]
    return ", ".join(part for part in parts if part)


def joined(pieces: Iterable[SafeString]) -> SafeString:
    """Pieces of HTML one after the other: safe, because each of them is."""
    return SafeString("".join(pieces))


def narrow(html: SafeString) -> SafeString:
    """The same with wide letters as numbers: "▲" is "&#9650;".

    One wide letter would make the text of the whole page take twice the room, and much longer
    each time that it is put together.
    """
    return SafeString(html.encode("ascii", "xmlcharrefreplace").decode())


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
