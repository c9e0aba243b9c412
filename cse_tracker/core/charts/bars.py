"""Stacked bars: one bar per year, one segment per series, its number on it or beside it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Literal

from cse_tracker.core.charts.drawing import (
    INK,
    Svg,
    drawing,
    horizontal,
    rectangle,
    text,
)

PLOT_HEIGHT = 224
BAR_WIDTH = 42
STEP = 84
MARGIN = 4
KEY_ROW = 22
# A number needs this much height to stand inside its segment.
LABEL_HEIGHT = 17
# Numbers beside the bar stand at least this far apart.
LINE_HEIGHT = 15
# And clear of the line that the bars stand on.
LOWEST_LABEL = PLOT_HEIGHT - 9


@dataclass(frozen=True)
class Series:
    """One kind of segment. ``ink`` is the colour of numbers on ``fill``.

    A ``texture`` tells the segment apart where colours can't be seen; ``outline`` gives a
    pale segment its edge.
    """

    key: str
    name: str
    fill: str
    ink: str = INK
    texture: Literal["", "hatched", "dotted"] = ""
    outline: str = ""


@dataclass(frozen=True)
class Bar:
    """One bar: its label, and how many of each series it counts."""

    label: str
    counts: Mapping[str, int]

    def total(self, series: Sequence[Series]) -> int:
        """All that the bar shows of these series."""
        return sum(self.counts.get(one.key, 0) for one in series)


@dataclass(frozen=True)
class Segment:
    """Where one count stands in its bar; ``top`` is measured down from the plot's top."""

    series: Series
    count: int
    top: int
    height: int

    @property
    def middle(self) -> int:
        """The height at which its number is centred."""
        return self.top + self.height // 2

    @property
    def holds_its_number(self) -> bool:
        """Whether the number fits inside."""
        return self.height >= LABEL_HEIGHT


def stack(bar: Bar, series: Sequence[Series], *, most: int) -> list[Segment]:
    """The bar's segments from the bottom up, where ``most`` fills the plot's height.

    Edges are rounded, never heights: segments touch, and a bar is exactly as high as its
    total. Series that count nothing have no segment.
    """
    counts = [bar.counts.get(one.key, 0) for one in series]
    edges = [
        PLOT_HEIGHT - (PLOT_HEIGHT * reached * 2 + most) // (2 * most)
        for reached in accumulate(counts, initial=0)
    ]
    return [
        Segment(one, count, upper, lower - upper)
        for one, count, (lower, upper) in zip(
            series, counts, pairwise(edges), strict=True
        )
        if count
    ]


def spread(middles: Sequence[int]) -> list[int]:
    """Heights for numbers beside the bar, given from the bottom up: none covers another.

    They move up where they are crowded, and down again where that would leave the plot.
    """
    upwards: list[int] = []
    for middle in middles:
        limit = upwards[-1] - LINE_HEIGHT if upwards else LOWEST_LABEL
        upwards.append(min(middle, limit))
    downwards: list[int] = []
    for middle in reversed(upwards):
        limit = downwards[-1] + LINE_HEIGHT if downwards else 0
        downwards.append(max(middle, limit))
    return downwards[::-1]


def stacked_bars(
    bars: Sequence[Bar],
    series: Sequence[Series],
    *,
    name: str,
    title: str,
    description: str,
) -> Svg:
    """One bar per entry with a key above; the first series stands at the bottom."""
    shown = [one for one in series if any(bar.counts.get(one.key) for bar in bars)]
    key = list(_key(shown, name, width=_width(bars)))
    top = KEY_ROW * ((len(shown) + 1) // 2) + 12
    most = max((bar.total(shown) for bar in bars), default=0) or 1
    shapes = [*_textures(shown, name), *key, f'<g transform="translate(0 {top})">']
    for place, bar in enumerate(bars):
        shapes += _bar(stack(bar, shown, most=most), MARGIN + place * STEP, name)
        middle = MARGIN + place * STEP + BAR_WIDTH // 2
        shapes.append(text(bar.label, (middle, PLOT_HEIGHT + 20), anchor="middle"))
    shapes += [horizontal(PLOT_HEIGHT, 0, _width(bars)), "</g>"]
    size = (_width(bars), top + PLOT_HEIGHT + 28)
    return drawing(
        shapes, size=size, name=name, title=title, description=description, kind="bars"
    )


def _width(bars: Sequence[Bar]) -> int:
    return max(MARGIN + len(bars) * STEP, 300)


def _bar(segments: Sequence[Segment], left: int, name: str) -> Iterator[str]:
    for segment in segments:
        box = (left, segment.top, BAR_WIDTH, segment.height)
        yield rectangle(
            box, _paint(segment.series, name), segment.series.outline or "#fff"
        )
        if segment.holds_its_number:
            yield from _number_inside(segment, left)
    beside = [segment for segment in segments if not segment.holds_its_number]
    for segment, middle in zip(beside, spread([s.middle for s in beside]), strict=True):
        yield text(
            f"{segment.count} {segment.series.key}", (left + BAR_WIDTH + 3, middle + 5)
        )


def _number_inside(segment: Segment, left: int) -> Iterator[str]:
    centre = left + BAR_WIDTH // 2
    if segment.series.texture:
        # A plain patch under the number, or the texture would run through it.
        patch = (centre - 11, segment.middle - 8, 22, 16)
        yield rectangle(patch, segment.series.fill)
    at = (centre, segment.middle + 5)
    yield text(
        str(segment.count), at, ink=segment.series.ink, anchor="middle", weight=700
    )


def _key(series: Sequence[Series], name: str, *, width: int) -> Iterator[str]:
    """Two columns of swatches with their names."""
    for place, one in enumerate(series):
        left, top = (place % 2) * (width // 2), (place // 2) * KEY_ROW + 1
        outline = one.outline or one.fill
        yield rectangle((left + 1, top, 16, 15), _paint(one, name), outline)
        yield text(one.name, (left + 24, top + 12))


def _paint(series: Series, name: str) -> str:
    return f"url(#{name}-{series.texture})" if series.texture else series.fill


def _textures(series: Sequence[Series], name: str) -> Iterator[str]:
    for one in series:
        if one.texture:
            marks = {
                "hatched": '<path d="M-2 6L6 -2M2 10L10 2" stroke="{}" stroke-width="2"/>',
                "dotted": '<circle cx="4" cy="4" r="1.6" fill="{}"/>',
            }[one.texture]
            yield (
                f'<pattern id="{name}-{one.texture}" width="8" height="8"'
                f' patternUnits="userSpaceOnUse">{rectangle((0, 0, 8, 8), one.fill)}'
                f"{marks.format('#fff')}</pattern>"
            )
