"""Makes annex files of every shape, and files with planted faults whose cells it knows."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook

from assessments.importing.marks import Mark
from assessments.importing.problems import AnnexProblem
from assessments.ratings import Rating
from assessments.standard_file import FileNode, StandardFile
from assessments.tree import Kind, Node, Tree
from cse_tracker.core.tables.sheets import Sheet, trimmed

OUTLINE = {
    "1": ("Knowing the harbour", {"1.1": "Who moors here", "1.2": "Asking the crews"}),
    "2": (
        "How the quay is run",
        {"2.1": "The harbour office", "2.2": "Manners on the pier"},
    ),
    "3": ("Tides and timetables", {"3.1": "Printed tables", "3.2": "Arriving on time"}),
}
ELEMENTS_EACH = 3
SPELLINGS = {
    Rating.PLUS: ["CP", "cp", "Compliance Plus", "compliant plus", "C+"],
    Rating.COMPLIANT: ["C", "c", "Compliant", "Fully Compliant", "full"],
    Rating.PARTIAL: ["PC", "pc", "Partially Compliant", "partial"],
    Rating.NON: ["NC", "Non-compliance", "non compliant"],
}


def harbour_tree() -> Tree:
    """Three criteria of two sub-criteria of three elements: a standard nobody has."""
    refs: dict[str, str] = {}
    for criterion, (title, subs) in OUTLINE.items():
        refs[criterion] = title
        for sub, sub_title in subs.items():
            refs[sub] = sub_title
            for number in range(1, ELEMENTS_EACH + 1):
                refs[f"{sub}.{number}"] = f"Mooring rule {sub}.{number}"
    return Tree(
        Node(number, ref, Kind.of_ref(ref), title)
        for number, (ref, title) in enumerate(refs.items(), 1)
    )


@dataclass(frozen=True)
class Style:
    """How an organisation happens to lay its annex out."""

    title_rows: int = 0
    extra_left: int = 0
    guidance: str = "after"  # "after", "before" or "none"
    two_columns: bool = False
    two_header_rows: bool = False
    sampled_behind: bool = False
    sheet_per_criterion: bool = False
    repeat_headers: bool = False
    ref_suffix: str = ""
    criterion_prefix: str = "Criterion "
    year_labels: Mapping[int, Any] = field(default_factory=dict)
    totals: bool = True
    spelling: int = 0


@dataclass(eq=False)
class Row:
    """One row that is still being made. ``role`` says what it is."""

    role: str
    cells: dict[int, Any]
    ref: str = ""


@dataclass
class Draft:
    """An annex while faults are planted; addresses are known once it is finished."""

    style: Style
    years: list[int]
    marks: dict[str, dict[int, Mark]]
    sheets: dict[str, list[Row]] = field(default_factory=dict)
    expected: list[tuple[AnnexProblem, str, Row | None, int | None]] = field(
        default_factory=list
    )
    missing: set[str] = field(default_factory=set)

    # Columns

    @property
    def ref_column(self) -> int:
        return self.style.extra_left + 1

    @property
    def text_column(self) -> int:
        return self.ref_column + (2 if self.style.guidance == "before" else 1)

    @property
    def first_mark_column(self) -> int:
        return self.ref_column + (2 if self.style.guidance == "none" else 3)

    def rating_column(self, year: int) -> int:
        width = 2 if self.style.two_columns else 1
        offset = 1 if self.style.two_columns and not self.style.sampled_behind else 0
        return self.first_mark_column + width * self.years.index(year) + offset

    def sampled_column(self, year: int) -> int | None:
        if not self.style.two_columns:
            return None
        step = 1 if self.style.sampled_behind else -1
        return self.rating_column(year) + step

    @property
    def width(self) -> int:
        return self.first_mark_column + len(self.years) * (
            2 if self.style.two_columns else 1
        )

    # Rows

    def rows(self, role: str) -> list[tuple[str, Row]]:
        return [
            (name, row)
            for name, rows in self.sheets.items()
            for row in rows
            if row.role == role
        ]

    def row_of(self, ref: str) -> tuple[str, Row]:
        return next(found for found in self.rows("element") if found[1].ref == ref)

    def expect(
        self, kind: AnnexProblem, sheet: str, row: Row | None, column: int | None
    ) -> None:
        self.expected.append((kind, sheet, row, column))

    def expected_places(self) -> set[tuple[str, str, int | None, int | None]]:
        """Kind, sheet, row and column of every planted fault."""
        return {
            (
                kind.value,
                sheet,
                self.sheets[sheet].index(row) + 1 if row else None,
                column,
            )
            for kind, sheet, row, column in self.expected
        }

    # Files

    def as_sheets(self) -> list[Sheet]:
        return [
            Sheet(name, tuple(self._cells(row) for row in rows))
            for name, rows in self.sheets.items()
        ]

    def as_xlsx(self) -> bytes:
        workbook = Workbook()
        workbook.remove(workbook.worksheets[0])
        for name, rows in self.sheets.items():
            sheet = workbook.create_sheet(name)
            for number, row in enumerate(rows, 1):
                for column, value in row.cells.items():
                    sheet.cell(number, column, value)
        stream = BytesIO()
        workbook.save(stream)
        return stream.getvalue()

    def as_csv(self, *, separator: str = ",", encoding: str = "utf-8-sig") -> bytes:
        stream = StringIO(newline="")
        writer = csv.writer(stream, delimiter=separator)
        for rows in self.sheets.values():
            for row in rows:
                writer.writerow(
                    ["" if cell is None else cell for cell in self._cells(row)]
                )
        return stream.getvalue().encode(encoding)

    def _cells(self, row: Row) -> tuple[Any, ...]:
        last = max(row.cells, default=0)
        return trimmed(tuple(row.cells.get(column) for column in range(1, last + 1)))


def draft_annex(
    marks: dict[str, dict[int, Mark]], years: list[int], style: Style | None = None
) -> Draft:
    """An annex without a fault that says exactly ``marks``."""
    draft = Draft(style or Style(), years, marks)
    for criterion in OUTLINE:
        name = f"Criterion {criterion}" if draft.style.sheet_per_criterion else "Annex"
        is_new = name not in draft.sheets
        rows = draft.sheets.setdefault(name, [])
        if is_new:
            rows += _head(draft)
        rows += _section(draft, criterion)
    if draft.style.totals:
        last = list(draft.sheets.values())[-1]
        last.append(_totals(draft, "Total elements sampled", list(marks)))
    return draft


def write_mark(mark: Mark, style: Style, *, with_sample: bool = True) -> str | None:
    """One of the spellings of a mark."""
    if not mark.applicable:
        return "N/A"
    words = ""
    if mark.rating:
        spellings = SPELLINGS[mark.rating]
        words = spellings[style.spelling % len(spellings)]
    if not (mark.sampled and with_sample):
        return words or None
    if not words:
        return "X"
    return [f"X {words}", f"x {words}", f"{words} x", f"X{words}"][style.spelling % 4]


def _head(draft: Draft) -> Iterator[Row]:
    style = draft.style
    for number in range(style.title_rows):
        yield Row("title", {1: f"Harbour office review, page {number + 1}"})
    yield Row("header", _header_cells(draft))
    if style.two_columns and style.two_header_rows:
        yield Row("second header", _second_header_cells(draft))


def _header_cells(draft: Draft) -> dict[int, Any]:
    cells: dict[int, Any] = {draft.ref_column: "Ref", draft.text_column: "Element"}
    if draft.style.guidance != "none":
        guidance = draft.text_column + (-1 if draft.style.guidance == "before" else 1)
        cells[guidance] = "Guidance"
    for year in draft.years:
        label = draft.style.year_labels.get(year, str(year))
        rating, sampled = draft.rating_column(year), draft.sampled_column(year)
        if sampled is None:
            cells[rating] = label
        elif draft.style.two_header_rows:
            cells[min(rating, sampled)] = label
        else:
            cells |= {sampled: f"{year} sampled", rating: f"{year} rating"}
    return cells


def _second_header_cells(draft: Draft) -> dict[int, Any]:
    cells: dict[int, Any] = {}
    for year in draft.years:
        sampled = draft.sampled_column(year)
        assert sampled is not None
        cells |= {sampled: "Sampled", draft.rating_column(year): "Rating"}
    return cells


def _section(draft: Draft, criterion: str) -> Iterator[Row]:
    title, subs = OUTLINE[criterion]
    prefix = draft.style.criterion_prefix
    cells: dict[int, Any] = {
        draft.ref_column: f"{prefix}{criterion}",
        draft.text_column: title,
    }
    yield Row("criterion", cells, criterion)
    for sub, sub_title in subs.items():
        sub_cells: dict[int, Any] = {
            draft.ref_column: sub,
            draft.text_column: sub_title,
        }
        if draft.style.repeat_headers and not draft.style.two_columns:
            for year in draft.years:
                sub_cells[draft.rating_column(year)] = f"Visit of {year}"
        yield Row("sub-criterion", sub_cells, sub)
        for ref in draft.marks:
            if ref.startswith(f"{sub}."):
                yield _element(draft, ref)
    if draft.style.totals:
        inside = [ref for ref in draft.marks if ref.startswith(f"{criterion}.")]
        yield _totals(draft, "Elements sampled", inside)


def _element(draft: Draft, ref: str) -> Row:
    style = draft.style
    cells: dict[int, Any] = {
        draft.ref_column: f"{ref}{style.ref_suffix}",
        draft.text_column: f"We keep mooring rule {ref}, in fair weather; and in foul",
    }
    if style.guidance != "none":
        guidance = draft.text_column + (-1 if style.guidance == "before" else 1)
        cells[guidance] = f"Ropes, logs and\nletters that show {ref}"
    for year, mark in draft.marks[ref].items():
        sampled = draft.sampled_column(year)
        cells[draft.rating_column(year)] = write_mark(
            mark, style, with_sample=sampled is None
        )
        if sampled is not None:
            cells[sampled] = "X" if mark.sampled else None
    return Row("element", cells, ref)


def _totals(draft: Draft, label: str, refs: list[str]) -> Row:
    cells: dict[int, Any] = {draft.text_column: label}
    for year in draft.years:
        everything = [marks[year] for marks in draft.marks.values()]
        if any(mark.sampled for mark in everything):
            cells[draft.rating_column(year)] = sum(
                draft.marks[ref][year].sampled for ref in refs if ref.count(".") == 2
            )
    return Row("totals", cells)


def harbour_file() -> StandardFile:
    """The harbour's standard as its data file would say it, for the database."""
    tree = harbour_tree()
    nodes = tuple(
        FileNode(node.ref, node.kind, node.title, "", "", node.parent_ref)
        for node in tree
    )
    return StandardFile("harbour", "1", "Harbour standard", nodes, "0" * 64)


def simple_marks(years: list[int]) -> dict[str, dict[int, Mark]]:
    """Everything compliant; in each year but the first, 1.1.1 is sampled."""
    marks = {
        node.ref: {year: Mark(rating=Rating.COMPLIANT) for year in years}
        for node in harbour_tree().elements
    }
    for year in years[1:]:
        marks["1.1.1"][year] = Mark(sampled=True, rating=Rating.COMPLIANT)
    return marks
