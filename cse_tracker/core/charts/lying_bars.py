"""Lying bars: a line per entry, its name above and its number behind; part of it may be marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cse_tracker.core.charts.drawing import INK, Svg, drawing, rectangle, text

WIDTH = 340
BAR_LENGTH = 215
BAR_HEIGHT = 16
LINE = 44
NAME_HEIGHT = 14
LONGEST_NAME = 46
FILL = "#5694ca"
MARKED = "#d4351c"


@dataclass(frozen=True)
class LyingBar:
    """So many, of which so many are marked; ``words`` stand behind the bar, after its number."""

    name: str
    count: int
    marked: int = 0
    words: str = ""


def length_of(count: int, *, most: int) -> int:
    """How long so many are, where ``most`` fills the width; what is there is seen."""
    exact = (BAR_LENGTH * count * 2 + most) // (2 * most)
    return max(exact, 2) if count else 0


def lying_bars(
    bars: Sequence[LyingBar], *, name: str, title: str, description: str
) -> Svg:
    """One line per entry, in their order, from the top down.

    The marked part is hatched, and comes first.
    """
    most = max((bar.count for bar in bars), default=0) or 1
    shapes = [*_hatching(bars, name)]
    for place, bar in enumerate(bars):
        shapes += _line(bar, place * LINE, most, name)
    size = (WIDTH, max(len(bars), 1) * LINE)
    return drawing(
        shapes, size=size, name=name, title=title, description=description, kind="lying"
    )


def _line(bar: LyingBar, top: int, most: int, name: str) -> Iterator[str]:
    yield text(_cut(bar.name), (0, top + NAME_HEIGHT))
    length = length_of(bar.count, most=most)
    marked = min(length_of(bar.marked, most=most), length)
    bar_top = top + NAME_HEIGHT + 5
    if marked:
        box = (1, bar_top, marked, BAR_HEIGHT)
        yield rectangle(box, f"url(#{name}-marked)", MARKED)
    if length > marked:
        yield rectangle((1 + marked, bar_top, length - marked, BAR_HEIGHT), FILL)
    behind = " ".join(filter(None, [str(bar.count), bar.words]))
    yield text(behind, (length + 7, bar_top + 13), weight=700)


def _cut(name: str) -> str:
    return (
        name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"
    )


def _hatching(bars: Sequence[LyingBar], name: str) -> Iterator[str]:
    if any(bar.marked for bar in bars):
        lines = f'<path d="M-2 6L6 -2M2 10L10 2" stroke="{INK}" stroke-width="2"/>'
        yield (
            f'<pattern id="{name}-marked" width="8" height="8"'
            f' patternUnits="userSpaceOnUse">{rectangle((0, 0, 8, 8), "#f4cdc6")}'
            f"{lines}</pattern>"
        )
