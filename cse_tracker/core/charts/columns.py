"""Columns close together: a number per month, with the year below its first month."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cse_tracker.core.charts.drawing import Svg, drawing, horizontal, rectangle, text

PLOT_HEIGHT = 130
TOP = 20
STEP = 34
COLUMN_WIDTH = 22
FILL = "#5694ca"
# So that a single one does not look like many.
LEAST_AT_THE_TOP = 4


@dataclass(frozen=True)
class Column:
    """A short label, the number above the column, and what stands below the label, if anything."""

    label: str
    count: int
    below: str = ""


def top_of(count: int, *, most: int) -> int:
    """How far below the plot's top a column ends; what is there is seen."""
    exact = (PLOT_HEIGHT * count * 2 + most) // (2 * most)
    return PLOT_HEIGHT - (max(exact, 2) if count else 0)


def columns(
    entries: Sequence[Column], *, name: str, title: str, description: str
) -> Svg:
    """One column per entry, in their order, on a line that stands for nought."""
    most = max([LEAST_AT_THE_TOP, *(entry.count for entry in entries)])
    width = max(len(entries) * STEP, STEP)
    shapes = [f'<g transform="translate(0 {TOP})">']
    for place, entry in enumerate(entries):
        shapes += _column(entry, place * STEP + STEP // 2, most)
    shapes += [horizontal(PLOT_HEIGHT, 0, width), "</g>"]
    size = (width, TOP + PLOT_HEIGHT + 42)
    return drawing(
        shapes,
        size=size,
        name=name,
        title=title,
        description=description,
        kind="columns",
    )


def _column(entry: Column, middle: int, most: int) -> Iterator[str]:
    top = top_of(entry.count, most=most)
    if entry.count:
        left = middle - COLUMN_WIDTH // 2
        yield rectangle((left, top, COLUMN_WIDTH, PLOT_HEIGHT - top), FILL)
        at = (middle, top - 5)
        yield text(str(entry.count), at, anchor="middle", weight=700)
    yield text(entry.label, (middle, PLOT_HEIGHT + 18), anchor="middle")
    if entry.below:
        yield text(entry.below, (middle, PLOT_HEIGHT + 36), anchor="middle")
