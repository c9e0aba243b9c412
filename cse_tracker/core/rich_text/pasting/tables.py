"""A table of a paste as a list: one point for each row. Pure."""

from dataclasses import dataclass, field

from cse_tracker.core.rich_text.pasting.lines import LINE_END, Line, Run

BETWEEN_CELLS = "; "
Cell = list[Line]


@dataclass
class Row:
    """The cells of a row, and how many of them head a column."""

    cells: list[Cell] = field(default_factory=list)
    heading_count: int = 0

    @property
    def is_header(self) -> bool:
        """Whether it names the columns, by its tags or by being bold throughout."""
        runs = [run for cell in self.cells for line in cell for run in line.runs]
        words = [run for run in runs if run.words.strip()]
        return bool(words) and (
            self.heading_count == len(self.cells) or all(run.is_bold for run in words)
        )


class Table:
    """The rows of one table while it is read."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.is_in_cell = False

    @property
    def is_list(self) -> bool:
        """Whether it becomes a list; one cell alone is only a frame around its words."""
        return sum(len(row.cells) for row in self.rows) > 1

    def begin_row(self) -> None:
        self.rows.append(Row())

    def begin_cell(self, *, is_header: bool) -> None:
        if not self.rows:
            self.begin_row()
        self.rows[-1].cells.append([])
        self.rows[-1].heading_count += is_header
        self.is_in_cell = True

    def add(self, line: Line) -> None:
        """A line of the cell that is open."""
        if line.words().strip():
            self.rows[-1].cells[-1].append(line)

    def end_cell(self) -> None:
        self.is_in_cell = False

    def lines(self) -> list[Line]:
        """The table as lines: a frame's own, or one point for each row that says something."""
        if not self.is_list:
            return [line for row in self.rows for cell in row.cells for line in cell]
        names: list[str] = []
        body = self.rows
        if len(body) > 1 and body[0].is_header:
            names, body = [_flat(cell) for cell in body[0].cells], body[1:]
        points = (Line(level=1, runs=_runs(row.cells, names)) for row in body)
        return [point for point in points if point.words().strip()]


def _runs(cells: list[Cell], names: list[str]) -> list[Run]:
    """The cells of a row that say something, each after the name of its column."""
    runs: list[Run] = []
    for place, cell in enumerate(cells):
        if not cell:
            continue
        if runs:
            runs.append(Run(BETWEEN_CELLS))
        if place < len(names) and names[place]:
            runs.append(Run(f"{names[place]}: "))
        runs += _in_one_line(cell)
    return runs


def _in_one_line(cell: Cell) -> list[Run]:
    runs: list[Run] = []
    for line in cell:
        if runs:
            runs.append(Run(" "))
        runs += [Run(" ") if run.words == LINE_END else run for run in line.runs]
    return runs


def _flat(cell: Cell) -> str:
    return " ".join(" ".join(line.words() for line in cell).split())
