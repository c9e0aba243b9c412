"""The annex's first pages: what it is about, the counts, the charts, what changed. Pure."""

from collections.abc import Iterator, Sequence

from assessments.charts import plus_chart, ratings_chart
from assessments.comparison import Comparison, Movement
from assessments.cycle import years_between
from assessments.progression import Progression
from assessments.ratings import Rating
from reports.about import about_table
from reports.annex.facts import AnnexFacts
from reports.annex.tables import counts_in_words, sampled_cells, year_head
from reports.blocks import (
    Block,
    BulletList,
    Cell,
    Figure,
    Heading,
    Paragraph,
    Row,
    Side,
    Table,
)

YEARS_SIDE_BY_SIDE = 7


def opening(facts: AnnexFacts) -> list[Block | Side]:
    """The result in one sentence, what was assessed, and the counts with their charts."""
    progression = facts.progression
    years, counts = progression.years, progression.counts
    sentence = f"{years[-1].label}: {counts_in_words(counts[-1])}"
    bars = Figure(
        ratings_chart(years, counts, name="ratings"), "Elements by rating, by year"
    )
    line = Figure(
        plus_chart(years, counts, name="plus"), "Elements with Compliance Plus, by year"
    )
    return [
        Paragraph(sentence, "lead"),
        *beside((about_table(facts), line), (bars,), years=len(years)),
        _counts_table(progression),
    ]


def beside(*columns: tuple[Block, ...], years: int) -> list[Block | Side]:
    """The columns side by side, or one below the other where many years make them wide."""
    if years <= YEARS_SIDE_BY_SIDE:
        return [Side(columns)]
    return [block for column in columns for block in column]


def changes(comparison: Comparison) -> list[Block | Side]:
    """What is new, kept and lost against the year before, as computed lists."""
    title = f"What changed between {comparison.earlier} and {comparison.later}"
    return [
        Heading(title),
        Side((tuple(_plus_lists(comparison)), tuple(_partial_lists(comparison)))),
        *_gap(comparison),
        *_other_changes(comparison),
    ]


def sampled_table(progression: Progression) -> Table:
    """How many elements were sampled, by criterion and year, with the totals."""
    years = progression.years
    rows = [
        (f"{section.node.ref} {section.node.title}", section)
        for section in progression.sections
    ]
    body = [
        Row((Cell(name, heads="row"), *sampled_cells(section, years)))
        for name, section in rows
    ]
    total = sampled_cells(progression, years)
    return Table(
        caption="Elements sampled, by criterion and year",
        widths=(0, *[9 if len(years) <= YEARS_SIDE_BY_SIDE else 6] * len(years)),
        head=(Row((Cell("Criterion", heads="column"), *map(year_head, years))),),
        body=(*body, Row((Cell("All criteria", heads="row"), *total), kind="total")),
        kind="numbers",
    )


def _counts_table(progression: Progression) -> Table:
    """Element-level counts: one row per year."""
    headings = [
        *(rating.label for rating in Rating),
        "Not rated",
        "Elements",
        "Sampled",
    ]
    body = [
        Row(
            (
                Cell(year.label, note=year.visit_code, heads="row"),
                *(Cell(str(counts.of(rating))) for rating in Rating),
                Cell(str(counts.blank)),
                Cell(str(counts.total)),
                sampled,
            )
        )
        for year, counts, sampled in zip(
            progression.years,
            progression.counts,
            sampled_cells(progression, progression.years),
            strict=True,
        )
    ]
    return Table(
        caption="Number of elements with each rating, by year (sub-elements not counted)",
        widths=(12, *[0] * len(headings)),
        head=(Row(tuple(Cell(h, heads="column") for h in ("Year", *headings))),),
        body=tuple(body),
        kind="numbers",
    )


def _gap(comparison: Comparison) -> Iterator[Block]:
    missing = years_between(comparison.earlier, comparison.later)
    if missing:
        yield Paragraph(
            f"No assessment is shown for {missing}, so what changed may have changed in any "
            "of the years between.",
            "note",
        )


def _plus_lists(comparison: Comparison) -> Iterator[Block]:
    yield Heading("Compliance Plus", level=3)
    yield from _list("New", comparison.new_plus)
    yield from _list("Lost", comparison.lost_plus)
    yield from _refs("Kept", comparison.retained_plus)


def _partial_lists(comparison: Comparison) -> Iterator[Block]:
    yield Heading("Partial compliance", level=3)
    yield from _list("New", comparison.new_partial)
    yield from _list("Put right", comparison.closed_partial)
    yield from _list("Still open", comparison.open_partial)


def _other_changes(comparison: Comparison) -> Iterator[Block]:
    failed = [move for move in comparison.movements if move.after is Rating.NON]
    if failed:
        yield Heading("Non-compliance", level=3)
        yield from _list("Rated", failed)
    if comparison.across_a_gap:
        yield Paragraph(
            f"Not rated in {comparison.earlier}, so compared with the last known rating: "
            + ", ".join(
                f"{move.row.node.ref} ({move.known_in})"
                for move in comparison.across_a_gap
            )
            + ".",
            "note",
        )


def _list(name: str, moves: Sequence[Movement]) -> Iterator[Block]:
    yield Paragraph(f"{name}: {len(moves) or 'none'}", "count")
    if moves:
        yield BulletList(tuple(str(move.row.node) for move in moves))


def _refs(name: str, moves: Sequence[Movement]) -> Iterator[Block]:
    yield Paragraph(f"{name}: {len(moves) or 'none'}", "count")
    if moves:
        yield Paragraph(", ".join(move.row.node.ref for move in moves), "refs")
