"""The progression as tables for a spreadsheet: as printed, result by result, and counted. Pure."""

from collections.abc import Iterator, Sequence

from assessments.count_tables import CountGroup, element_groups, sub_element_groups
from assessments.progression import Cell, CriterionSection, Progression, ProgressionRow
from assessments.rows import YearColumn
from cse_tracker.core.tables.writing import Table, Value

SAMPLED = "X"
NOT_APPLICABLE = "n/a"
TITLE_WIDTH = 50


def export_tables(
    progression: Progression, sections: Sequence[CriterionSection]
) -> list[Table]:
    """Three sheets: the rows of ``sections`` as an annex prints them, then each result in a
    row of its own, then the counts of the whole progression.
    """
    return [
        annex_table(progression.years, sections),
        _results_table(progression.years, sections),
        _counts_table(progression),
    ]


def annex_table(
    years: Sequence[YearColumn], sections: Sequence[CriterionSection]
) -> Table:
    """Element by year with ``X CP`` in the cells, every level of the standard."""
    return Table(
        name="Progression",
        head=["Ref", "Level", "Title", "Statement", *_labels(years)],
        rows=list(_annex_rows(years, sections)),
        widths={2: TITLE_WIDTH, 3: TITLE_WIDTH},
    )


def mark_and_code(cell: Cell | None) -> str:
    """What an annex prints for one result: ``X CP``, ``C``, ``X`` or nothing."""
    if cell is None:
        return ""
    if not cell.applicable:
        return NOT_APPLICABLE
    return " ".join(filter(None, [SAMPLED if cell.sampled else "", cell.rating or ""]))


def _labels(years: Sequence[YearColumn]) -> list[str]:
    return [
        " ".join(filter(None, [year.visit_code, year.label]))
        + ("" if year.is_confirmed else " (not confirmed)")
        for year in years
    ]


def _annex_rows(
    years: Sequence[YearColumn], sections: Sequence[CriterionSection]
) -> Iterator[list[Value]]:
    blanks = [""] * len(years)
    for section in sections:
        yield [section.node.ref, "Criterion", section.node.title, "", *blanks]
        for part in section.sub_criteria:
            yield [part.node.ref, "Sub-criterion", part.node.title, "", *blanks]
            for row in part.rows:
                node = row.node
                marks = map(mark_and_code, row.cells)
                yield [node.ref, node.kind.label, node.title, node.statement, *marks]


def _results_table(
    years: Sequence[YearColumn], sections: Sequence[CriterionSection]
) -> Table:
    rows = [
        _result(row, year, cell)
        for section in sections
        for row in section.rows
        for year, cell in zip(years, row.cells, strict=True)
        if cell
    ]
    return Table(
        name="Results",
        head=[
            *("Ref", "Level", "Title", "Year", "Assessment", "Confirmed"),
            *("Rating", "Rating in words", "Sampled", "Basis", "Carried from"),
            *("Differs from its source", "Ranks gained or lost"),
        ],
        rows=rows,
        widths={2: TITLE_WIDTH},
    )


def _result(row: ProgressionRow, year: YearColumn, cell: Cell) -> list[Value]:
    return [
        *(row.node.ref, row.node.kind.label, row.node.title),
        *(year.year, year.kind, _yes_or_no(answer=year.is_confirmed)),
        *(cell.rating or "", _rating_in_words(cell)),
        *(_yes_or_no(answer=cell.sampled), cell.basis.label if cell.rating else ""),
        *(cell.found_year or "", _yes_or_no(answer=cell.differs_from_source)),
        cell.change,
    ]


def _rating_in_words(cell: Cell) -> str:
    if not cell.applicable:
        return "Does not apply"
    return cell.rating.label if cell.rating else "Not rated"


def _yes_or_no(*, answer: bool) -> str:
    return "yes" if answer else "no"


def _counts_table(progression: Progression) -> Table:
    levels = [
        ("Elements", element_groups(progression)),
        ("Sub-elements", sub_element_groups(progression)),
    ]
    return Table(
        name="Counts",
        head=["Level", "Criterion", "Count of", *_labels(progression.years)],
        rows=[line for level, groups in levels for line in _lines(level, groups)],
        widths={1: TITLE_WIDTH, 2: 24},
    )


def _lines(level: str, groups: Sequence[CountGroup]) -> Iterator[list[Value]]:
    for group in groups:
        for row in group.rows:
            numbers = [int(n) if n.isdigit() else n for n in row.numbers]
            yield [level, group.name, row.label, *numbers]
