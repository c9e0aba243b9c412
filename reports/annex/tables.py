"""The annex's main part: one table per criterion, element by year. Pure."""

from collections.abc import Iterator, Sequence

from assessments.count_tables import sampled_in_words
from assessments.counts import RatingCounts
from assessments.progression import CriterionSection, Progression, ProgressionRow
from assessments.ratings import Rating
from assessments.rows import YearColumn
from reports.annex.marks import rating_cell
from reports.blocks import Block, Cell, Heading, Paragraph, Row, Table

# Share of the table's width for one year, by how many years there are at most.
YEAR_WIDTHS = {5: 8, 7: 7, 10: 5}
REF_WIDTH = 6


def criterion_blocks(
    progression: Progression, section: CriterionSection
) -> list[Block]:
    """One criterion: its heading, this year's counts in words, and its table."""
    node = section.node
    return [
        Heading(f"Criterion {node.ref}: {node.title}"),
        Paragraph(
            f"{progression.years[-1].label}: {counts_in_words(section.counts[-1])}",
            "count",
        ),
        Table(
            caption=f"Criterion {node.ref}, ratings by element, {_span(progression)}",
            widths=(
                REF_WIDTH,
                0,
                *[year_width(len(progression.years))] * len(progression.years),
            ),
            head=(_head(progression),),
            body=tuple(_body(progression, section)),
            kind="progression",
        ),
    ]


def year_width(years: int) -> int:
    """A year column's share of the table's width, in percent."""
    return next((w for most, w in YEAR_WIDTHS.items() if years <= most), 4)


def counts_in_words(counts: RatingCounts) -> str:
    """Ratings at element level as a sentence, leaving out what is nought."""
    parts = [
        f"{counts.of(rating)} {rating.label}" for rating in Rating if counts.of(rating)
    ]
    if counts.blank:
        parts.append(f"{counts.blank} not rated")
    noun = "element" if counts.total == 1 else "elements"
    return (
        f"{counts.total} {noun}: {', '.join(parts)}." if parts else "No elements rated."
    )


def year_head(year: YearColumn) -> Cell:
    """The head of a year's column, with the visit's code under it."""
    return Cell(year.label, note=year.visit_code, heads="column", kind="year")


def sampled_cells(
    part: Progression | CriterionSection, years: Sequence[YearColumn]
) -> list[Cell]:
    """For each year how many elements were sampled, or "all"."""
    return [Cell(words, kind="year") for words in sampled_in_words(part, years)]


def _span(progression: Progression) -> str:
    first, last = progression.years[0].year, progression.years[-1].year
    return f"{first} to {last}" if first != last else str(last)


def _head(progression: Progression) -> Row:
    return Row(
        (
            Cell("Ref", heads="column"),
            Cell("Element", heads="column"),
            *map(year_head, progression.years),
        )
    )


def _body(progression: Progression, section: CriterionSection) -> Iterator[Row]:
    columns = 2 + len(progression.years)
    for sub_criterion in section.sub_criteria:
        name = f"{sub_criterion.node.ref} {sub_criterion.node.title}"
        yield Row((Cell(name, heads="group", span=columns),), kind="group")
        for row in sub_criterion.rows:
            yield _element(row, progression.years)
    sampled = sampled_cells(section, progression.years)
    yield Row((Cell("Elements sampled", heads="row", span=2), *sampled), kind="total")


def _element(row: ProgressionRow, years: tuple[YearColumn, ...]) -> Row:
    node = row.node
    ratings = (rating_cell(row, position, years) for position in range(len(years)))
    if row.is_element:
        words, kind = Cell(mark=node.title, text=node.statement), ""
    else:
        # A sub-element's title may be cut short; its statement is the whole clause.
        words, kind = Cell(node.statement or node.title), "part"
    return Row((Cell(node.ref, heads="row"), words, *ratings), kind=kind)
