"""A line over years, starting from nought, with its number at each point."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from cse_tracker.core.charts.drawing import FAINT, INK, Svg, drawing, horizontal, text

PLOT_HEIGHT = 120
TOP = 24
STEP = 84
LINES = 3


@dataclass(frozen=True)
class Point:
    """One year's value; None where there is none, which breaks the line."""

    label: str
    value: int | None


def height_of(value: int, *, ceiling: int) -> int:
    """How far below the plot's top a value stands, when ``ceiling`` stands at the top."""
    return PLOT_HEIGHT - (PLOT_HEIGHT * value * 2 + ceiling) // (2 * ceiling)


def ceiling_for(highest: int) -> int:
    """A round number that is at least ``highest`` and divides into three whole steps."""
    step = 1
    while step * LINES < highest:
        step = next(larger for larger in _round_numbers() if larger > step)
    return step * LINES


def line_chart(
    points: Sequence[Point], *, name: str, title: str, description: str, colour: str
) -> Svg:
    """The points joined in their order, on a scale from nought."""
    ceiling = ceiling_for(max((point.value or 0 for point in points), default=0))
    width = max(len(points) * STEP, 300)
    places = [(place * STEP + STEP // 2, point) for place, point in enumerate(points)]
    shapes = [
        f'<g transform="translate(0 {TOP})">',
        *_scale(ceiling, width),
        *_lines(places, ceiling, colour),
        *_marks(places, ceiling, colour),
        "</g>",
    ]
    size = (width, TOP + PLOT_HEIGHT + 28)
    return drawing(
        shapes, size=size, name=name, title=title, description=description, kind="line"
    )


def _round_numbers() -> Iterator[int]:
    """1, 2, 5, 10, 20, 50 and so on."""
    power = 1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10


def _scale(ceiling: int, width: int) -> Iterator[str]:
    for line in range(LINES + 1):
        value = ceiling * line // LINES
        y = height_of(value, ceiling=ceiling)
        yield horizontal(y, 22, width, FAINT if line else INK)
        yield text(str(value), (16, y + 4), ink="#505a5f", anchor="end")


def _lines(
    places: Sequence[tuple[int, Point]], ceiling: int, colour: str
) -> Iterator[str]:
    for known, run in groupby(places, key=lambda place: place[1].value is not None):
        if known:
            path = "L".join(
                f"{x} {height_of(point.value or 0, ceiling=ceiling)}"
                for x, point in run
            )
            yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="3"/>'


def _marks(
    places: Sequence[tuple[int, Point]], ceiling: int, colour: str
) -> Iterator[str]:
    for x, point in places:
        yield text(point.label, (x, PLOT_HEIGHT + 20), anchor="middle")
        if point.value is not None:
            y = height_of(point.value, ceiling=ceiling)
            yield f'<circle cx="{x}" cy="{y}" r="5" fill="{colour}"/>'
            yield text(str(point.value), (x, y - 10), anchor="middle", weight=700)
