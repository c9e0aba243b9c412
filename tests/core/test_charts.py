"""Charts: what is drawn is exactly what was counted, and safe wherever it is shown."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cse_tracker.core.charts import Bar, Point, Series, line_chart, stacked_bars
from cse_tracker.core.charts.bars import LINE_HEIGHT, PLOT_HEIGHT, spread, stack
from cse_tracker.core.charts.line import ceiling_for, height_of

SERIES = [
    Series("CP", "Compliance Plus", "#12436d", "#ffffff"),
    Series("C", "Compliant", "#28a197"),
    Series("PC", "Partial compliance", "#f46a25", texture="hatched"),
    Series("NC", "Non-compliance", "#801650", "#ffffff", texture="dotted"),
    Series("", "Not rated", "#ffffff", outline="#505a5f"),
]
YEARS = {
    "2022": {"C": 50, "PC": 7},
    "2023": {"CP": 7, "C": 45, "PC": 4, "": 1},
    "2024": {"CP": 10, "C": 43, "PC": 3, "NC": 1},
    "2025": {"CP": 12, "C": 38, "PC": 3, "": 4},
    "2026": {"CP": 14, "C": 40, "PC": 3},
}
counts = st.fixed_dictionaries({s.key: st.integers(0, 90) for s in SERIES})


def five_years(**changes) -> str:
    words = {
        "name": "ratings",
        "title": "Ratings per year",
        "description": "Five years",
    }
    bars = [Bar(year, counts) for year, counts in YEARS.items()]
    return stacked_bars(bars, SERIES, **(words | changes))


def texts_of(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    return [e.text for e in root.iter() if e.tag.endswith("}text")]


@given(counts=counts, others=st.integers(0, 90))
def test_segments_touch_and_together_are_as_high_as_the_total(counts, others):
    total = sum(counts.values())
    most = max(total + others, 1)

    segments = stack(Bar("2026", counts), SERIES, most=most)

    assert abs(sum(s.height for s in segments) - PLOT_HEIGHT * total / most) <= 0.5
    assert all(
        upper.top + upper.height == lower.top for lower, upper in pairwise(segments)
    )


@given(counts=counts)
def test_the_fullest_bar_fills_the_plot_from_bottom_to_top(counts):
    segments = stack(Bar("2026", counts), SERIES, most=max(sum(counts.values()), 1))

    if segments:
        assert segments[0].top + segments[0].height == PLOT_HEIGHT
        assert segments[-1].top == 0


@given(counts=counts)
def test_segments_keep_the_order_of_the_series_and_leave_out_noughts(counts):
    segments = stack(Bar("2026", counts), SERIES, most=500)

    assert [(s.series.key, s.count) for s in segments] == [
        (s.key, counts[s.key]) for s in SERIES if counts[s.key]
    ]


@given(edges=st.lists(st.integers(0, PLOT_HEIGHT), max_size=5))
def test_numbers_beside_a_bar_never_cover_each_other_nor_leave_the_plot(edges):
    placed = spread(sorted(edges, reverse=True))

    assert all(lower - upper >= LINE_HEIGHT for lower, upper in pairwise(placed))
    assert all(middle >= 0 for middle in placed)


def test_every_count_above_nought_is_written_out():
    numbers = [t.split()[0] for t in texts_of(five_years()) if t[0].isdigit()]

    expected = [str(n) for year in YEARS.values() for n in year.values()]
    assert sorted(numbers) == sorted([*expected, *YEARS])


def test_the_key_names_only_what_is_drawn():
    bars = [Bar("2026", {"C": 57})]
    svg = stacked_bars(bars, SERIES, name="r", title="Ratings", description="One year")

    assert "Compliant" in texts_of(svg)
    assert "Non-compliance" not in texts_of(svg)


def test_partial_and_non_compliance_are_told_apart_without_colour():
    svg = five_years()

    assert 'fill="url(#ratings-hatched)"' in svg
    assert 'fill="url(#ratings-dotted)"' in svg


def test_a_chart_is_one_image_with_a_title_and_a_description():
    root = ElementTree.fromstring(five_years())  # noqa: S314 - our own drawing

    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "ratings-title ratings-desc"
    assert root.find("{*}title").text == "Ratings per year"
    assert root.find("{*}desc").text == "Five years"


def test_a_chart_is_small_and_needs_no_inline_style():
    svg = five_years()

    assert len(svg.encode()) <= 5 * 1024
    assert "style" not in svg


HOSTILE = "</title><script>alert(1)</script>\"'&"


@pytest.mark.parametrize(
    "svg",
    [
        five_years(title=HOSTILE, description=HOSTILE),
        stacked_bars(
            [Bar(HOSTILE, {"C": 3})],
            [Series("C", HOSTILE, "#28a197")],
            name="r",
            title="t",
            description="d",
        ),
        line_chart(
            [Point(HOSTILE, 3)],
            name="l",
            title=HOSTILE,
            description=HOSTILE,
            colour="#000",
        ),
    ],
)
def test_words_that_look_like_markup_stay_words(svg):
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing

    assert not [e for e in root.iter() if e.tag.endswith("script")]
    assert HOSTILE in [e.text for e in root.iter()]


def test_an_empty_chart_is_still_a_drawing():
    assert (
        texts_of(stacked_bars([], SERIES, name="r", title="t", description="d")) == []
    )
    empty = line_chart([], name="l", title="t", description="d", colour="#000")
    assert texts_of(empty) == ["0", "1", "2", "3"]


@given(highest=st.integers(0, 10_000))
def test_the_scale_reaches_the_highest_value_in_whole_steps(highest):
    ceiling = ceiling_for(highest)

    assert ceiling >= highest
    assert ceiling % 3 == 0


@given(values=st.lists(st.integers(0, 60), min_size=2, unique=True))
def test_a_higher_value_never_stands_lower(values):
    ceiling = ceiling_for(max(values))
    heights = [height_of(value, ceiling=ceiling) for value in sorted(values)]

    assert heights == sorted(heights, reverse=True)


def test_a_year_without_a_value_breaks_the_line():
    points = [Point("2023", 3), Point("2024", None), Point("2025", 5), Point("2026", 6)]

    svg = line_chart(points, name="l", title="t", description="d", colour="#12436d")

    assert len(re.findall('stroke-width="3"', svg)) == 2
    assert len(re.findall("<circle", svg)) == 3
