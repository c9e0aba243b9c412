"""How to read the annex: every code, mark and shade that it uses. Pure."""

from assessments.ratings import Basis, Rating
from reports.annex.marks import NOT_APPLICABLE, NOT_RATED, rating_kind
from reports.blocks import Cell, Row, Table

MEANINGS = {
    Rating.PLUS: "Goes beyond what the element asks for; an example to others",
    Rating.COMPLIANT: "Does what the element asks for",
    Rating.PARTIAL: "Does part of what the element asks for; the rest must be put right",
    Rating.NON: "Does not do what the element asks for; must be put right",
}
SAMPLED_MEANING = "X: sampled, that is examined, at that year's visit"
CARRIED_MEANING = (
    "Paler, with a year: not examined, but carried forward from the year named; "
    '"differs" where that year\'s rating was changed afterwards'
)
RECORDED_MEANING = (
    "Outlined: recorded without a mark, so it isn't known whether it was examined"
)


def legend() -> Table:
    """One row for each thing that a cell can show."""
    ratings = [
        (
            Cell(code=r.value, kind=rating_kind(r, Basis.ASSESSED)),
            f"{r.label}: {meaning}",
        )
        for r, meaning in MEANINGS.items()
    ]
    marks = [
        (_example(Basis.ASSESSED, mark="X"), SAMPLED_MEANING),
        (_example(Basis.CARRIED, note="from 2016"), CARRIED_MEANING),
        (_example(Basis.RECORDED), RECORDED_MEANING),
        (NOT_RATED, "Applies, but has no rating that year"),
        (NOT_APPLICABLE, "Doesn't apply to this organisation, and is not counted"),
    ]
    return Table(
        caption="What the codes and marks mean",
        widths=(20, 0),
        head=(
            Row((Cell("Shown as", heads="column"), Cell("Meaning", heads="column"))),
        ),
        body=tuple(Row((shown, Cell(words))) for shown, words in (*ratings, *marks)),
        kind="legend",
    )


def _example(basis: Basis, *, mark: str = "", note: str = "") -> Cell:
    kind = rating_kind(Rating.COMPLIANT, basis)
    return Cell(code=Rating.COMPLIANT.value, mark=mark, note=note, kind=kind)
