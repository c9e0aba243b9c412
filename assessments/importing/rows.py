"""Reading one sheet of an annex, row by row: elements, headings, totals, and the rest. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assessments.importing.annex import Line, YearMark
from assessments.importing.headings import named_instead_or_none
from assessments.importing.layout import Layout, YearColumn
from assessments.importing.marks import Mark, read_mark_or_none
from assessments.importing.problems import AnnexProblem
from assessments.importing.refs import (
    ELEMENT_DEPTH,
    SUB_ELEMENT_DEPTH,
    RefCell,
    is_turned_into_date,
    read_ref_or_none,
)
from assessments.importing.sheet_row import SheetRow
from assessments.importing.totals import (
    Tally,
    TotalCell,
    TotalsRow,
    says_total,
    totals_label_or_none,
)
from assessments.tree import Kind, Tree
from cse_tracker.core.importing.problems import CellAddress, Problem
from cse_tracker.core.tables.sheets import Sheet, Uncalculated

# "Criterion 2 Access", "C2", "2"; but not "5 year progression".
_CRITERION_SHEET = re.compile(
    r"\s*(?:criterion\s*(\d)\b.*|c?(\d)\s*)", re.IGNORECASE | re.DOTALL
)


@dataclass
class Gathered:
    """What all sheets gave so far."""

    lines: dict[str, Line] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    totals: list[TotalsRow] = field(default_factory=list)
    everything: Tally = field(default_factory=Tally)


class SheetReader:
    """Reads the rows of one sheet into ``gathered``, keeping the heading they stand under."""

    def __init__(
        self, sheet: Sheet, layout: Layout, tree: Tree, gathered: Gathered
    ) -> None:
        self.sheet = sheet
        self.layout = layout
        self.tree = tree
        self.gathered = gathered
        # The ref of the nearest heading above, empty before the first.
        self.heading = _criterion_named(sheet.name, tree)
        self.since_totals = Tally()

    def read(self) -> None:
        """Read every row below the headings."""
        for number, cells in self.sheet.numbered_rows():
            if number >= self.layout.first_body_row:
                self._read_row(SheetRow(self.sheet.name, number, cells, self.layout))

    def _read_row(self, row: SheetRow) -> None:
        label = totals_label_or_none(row.labels())
        if label is not None:
            self._read_totals(row, is_total=says_total(label))
        elif is_turned_into_date(row.ref_value):
            self._refuse_date(row)
        elif ref := read_ref_or_none(row.ref_value):
            self._read_ref(row, ref)
        elif row.is_repeated_header():
            self.gathered.problems += row.wrong_years()
        else:
            self._refuse_without_ref(row)

    def _read_ref(self, row: SheetRow, ref: RefCell) -> None:
        named = (
            ref.ref.rpartition(".")[0] if ref.depth == SUB_ELEMENT_DEPTH else ref.ref
        )
        if named not in self.tree.by_ref:
            self._refuse_unknown(row, ref)
        elif ref.depth < ELEMENT_DEPTH:
            self._read_heading(row, ref)
        else:
            self._read_line(row, ref)

    def _read_line(self, row: SheetRow, ref: RefCell) -> None:
        self._count(row, ref)
        if first := self.gathered.lines.get(ref.ref):
            where = CellAddress(first.sheet, first.row)
            message = f"{ref.ref} stands already in {where}."
            self._report(row, AnnexProblem.DUPLICATE_REF, message)
            return
        self._check_place(row, ref)
        self.gathered.lines[ref.ref] = Line(
            ref=ref.ref,
            sheet=row.sheet,
            row=row.number,
            text=row.words or ref.rest,
            guidance=row.guidance,
            marks=tuple(self._read_marks(row)),
            words_column=row.words_column,
        )

    def _read_marks(self, row: SheetRow) -> Iterator[YearMark]:
        for year in self.layout.years:
            mark = self._read_mark(row, year)
            if mark is not None:
                yield YearMark(year.year, year.column, mark)

    def _read_mark(self, row: SheetRow, year: YearColumn) -> Mark | None:
        mark = read_mark_or_none(row.value(year.column))
        if mark is None:
            self.gathered.problems.append(row.unreadable(year.column))
            return None
        sampled = row.is_sampled(year)
        if year.sampled_column and (
            sampled is None or (sampled and not mark.applicable)
        ):
            self.gathered.problems.append(row.unreadable(year.sampled_column))
            return mark
        return row.mark(year)

    def _check_place(self, row: SheetRow, ref: RefCell) -> None:
        if self.heading and not ref.ref.startswith(f"{self.heading}."):
            place = f"{Kind.of_ref(self.heading).label.lower()} {self.heading}"
            self._report(row, AnnexProblem.MISFILED, f"{ref.ref} stands under {place}.")

    def _read_heading(self, row: SheetRow, ref: RefCell) -> None:
        node = self.tree.by_ref[ref.ref]
        title = row.words or ref.rest
        other = named_instead_or_none(title, node, self.tree) if title else None
        if other is not None:
            message = (
                f'{ref.ref} is "{node.title}"; "{title}" is the name of {other.ref}.'
            )
            self.gathered.problems.append(
                row.problem(AnnexProblem.WRONG_HEADING, message, row.words_column)
            )
        self.gathered.problems += row.wrong_years()
        self.heading = ref.ref

    def _read_totals(self, row: SheetRow, *, is_total: bool) -> None:
        cells = []
        for year in self.layout.years:
            columns = [year.column, year.sampled_column or year.column]
            column = next((c for c in columns if row.value(c) is not None), year.column)
            value = row.value(column)
            if isinstance(value, Uncalculated):
                self.gathered.problems.append(row.unreadable(column))
            elif value is not None:
                cells.append(TotalCell(year.year, column, value))
        self.gathered.totals.append(
            TotalsRow(
                sheet=row.sheet,
                row=row.number,
                says_total=is_total,
                section=f"criterion {self.heading[0]}" if self.heading else "",
                cells=tuple(cells),
                counted=self.since_totals,
                rows_so_far=self.gathered.everything.rows,
            )
        )
        self.since_totals = Tally()

    def _count(self, row: SheetRow, ref: RefCell | None) -> None:
        """Add the row's marks to the tallies, unless the ref says it is no element's."""
        if ref is not None and ref.depth != ELEMENT_DEPTH:
            return
        marks = [(year.year, row.mark(year)) for year in self.layout.years]
        for tally in (self.since_totals, self.gathered.everything):
            tally.rows += 1
            tally.sampled.update(year for year, mark in marks if mark.sampled)
            tally.rated.update(year for year, mark in marks if mark.rating)

    def _refuse_date(self, row: SheetRow) -> None:
        self._count(row, None)
        message = "The program that kept this file took the ref for a date."
        self._report(row, AnnexProblem.REF_AS_DATE, message)

    def _refuse_unknown(self, row: SheetRow, ref: RefCell) -> None:
        self._count(row, ref)
        self._report(row, AnnexProblem.UNKNOWN_REF, f"The standard has no {ref.ref}.")

    def _refuse_without_ref(self, row: SheetRow) -> None:
        column = row.first_filled_column_or_none()
        if column is None:
            return
        if row.holds_marks():
            self._count(row, None)
            kind = AnnexProblem.ROW_WITHOUT_REF
            message = "This row holds ratings, but its ref can't be read."
        else:
            kind = AnnexProblem.ROW_NOT_READ
            message = (
                "This row is neither an element, a heading nor a count of samples."
            )
        self.gathered.problems.append(row.problem(kind, message, column))

    def _report(self, row: SheetRow, kind: AnnexProblem, message: str) -> None:
        """Report a problem of the row's ref."""
        self.gathered.problems.append(
            row.problem(kind, message, self.layout.ref_column)
        )


def _criterion_named(sheet_name: str, tree: Tree) -> str:
    """The ref of the criterion that the sheet is named for, empty for any other name."""
    match = _CRITERION_SHEET.fullmatch(sheet_name)
    ref = (match[1] or match[2]) if match else ""
    return ref if ref in tree.by_ref else ""
