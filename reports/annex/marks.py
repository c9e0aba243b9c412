"""How one rating is printed: code, ``X``, and where a carried one comes from. Pure."""

from assessments.progression import Cell as Result
from assessments.progression import ProgressionRow
from assessments.ratings import Basis, Rating
from assessments.rows import YearColumn
from reports.blocks import Cell

SAMPLED = "X"
NOT_RATED = Cell(text="not rated", kind="rating blank")
NOT_APPLICABLE = Cell(text="n/a", kind="rating none")
NOTHING = Cell(kind="rating none")


def rating_cell(
    row: ProgressionRow, position: int, years: tuple[YearColumn, ...]
) -> Cell:
    """The cell of one node in the year at ``position``."""
    result = row.cells[position]
    if result is None or (result.rating is None and not row.is_element):
        return NOTHING
    if not result.applicable:
        return NOT_APPLICABLE
    if result.rating is None:
        mark = SAMPLED if result.sampled else ""
        return Cell(text=NOT_RATED.text, mark=mark, kind=NOT_RATED.kind)
    return Cell(
        code=result.rating.value,
        mark=SAMPLED if result.sampled else "",
        note=carried_note(row, position, years) if result.is_carried else "",
        kind=rating_kind(result.rating, result.basis),
    )


def rating_kind(rating: Rating, basis: Basis) -> str:
    """The kind of a cell: the rating, and on what it rests."""
    return f"rating {rating.slug} {basis.value}"


def carried_note(
    row: ProgressionRow, position: int, years: tuple[YearColumn, ...]
) -> str:
    """When a carried rating was last found rather than copied, and if that year says otherwise."""
    result = row.cells[position]
    year = _year_found(row, position, years) or (result and result.source_year)
    differs = ", differs" if result and result.differs_from_source else ""
    return f"from {year}{differs}"


def _year_found(
    row: ProgressionRow, position: int, years: tuple[YearColumn, ...]
) -> int | None:
    """The latest year before ``position`` whose rating was not itself carried."""
    for earlier in range(position - 1, -1, -1):
        result: Result | None = row.cells[earlier]
        if result and result.rating and not result.is_carried:
            return years[earlier].year
    return None
