"""Lying bars and columns: what is drawn is what was counted, small enough and safe."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from cse_tracker.core.charts import Column, LyingBar, columns, lying_bars
from cse_tracker.core.charts.columns import PLOT_HEIGHT, top_of
from cse_tracker.core.charts.lying_bars import BAR_LENGTH, length_of

WORDS = {"name": "plan", "title": "Open actions", "description": "A bar for each"}
LIMIT = 5 * 1024


def shapes_of(svg: str, tag: str):
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    return [each for each in root.iter() if each.tag.endswith(f"}}{tag}")]


@given(count=st.integers(0, 5000), more=st.integers(0, 5000))
def test_a_bar_is_as_long_as_its_share_and_seen_where_there_is_something(count, more):
    most = max(count + more, 1)

    length = length_of(count, most=most)

    assert abs(length - BAR_LENGTH * count / most) <= 2
    assert bool(length) == bool(count)


@given(count=st.integers(0, 5000), more=st.integers(0, 5000))
def test_a_column_stands_on_the_line_and_within_the_plot(count, more):
    top = top_of(count, most=max(count + more, 1))

    assert 0 <= top <= PLOT_HEIGHT
    assert (top == PLOT_HEIGHT) == (count == 0)


@given(pair=st.tuples(st.integers(0, 900), st.integers(0, 900)))
def test_the_marked_part_and_the_rest_are_as_long_as_their_bar(pair):
    bar = LyingBar("A", max(pair), min(pair))

    drawn = lying_bars([bar], **WORDS)

    # The hatching's own ground stands at nought.
    drawn_parts = [box for box in shapes_of(drawn, "rect") if box.get("x") != "0"]
    length = sum(int(box.get("width")) for box in drawn_parts)
    assert length == length_of(bar.count, most=max(bar.count, 1))


def test_each_bar_says_its_name_its_number_and_what_is_marked():
    drawn = lying_bars(
        [LyingBar("Housing", 7, 2, "(2 overdue)"), LyingBar("Parks", 0)], **WORDS
    )

    assert [each.text for each in shapes_of(drawn, "text")] == [
        *("Housing", "7 (2 overdue)"),
        *("Parks", "0"),
    ]
    # Told apart without colour.
    assert 'fill="url(#plan-marked)"' in drawn


def test_a_name_is_text_whatever_it_holds_and_cut_where_it_is_too_long():
    drawn = lying_bars([LyingBar("<script>" * 20, 1)], **WORDS)

    name = shapes_of(drawn, "text")[0].text
    assert name.startswith("<script>")
    assert name.endswith("…")
    assert len(name) <= 46


def test_charts_of_a_busy_plan_stay_small():
    bars = [
        LyingBar(
            "A service with a long name indeed, really", 4999, 999, "(999 overdue)"
        )
    ]
    months = [Column("Dec", 4999, below="2026")]

    assert len(lying_bars(bars * 11, **WORDS).encode()) <= LIMIT
    assert len(columns(months * 12, **WORDS).encode()) <= LIMIT


def test_a_column_says_its_month_its_number_and_the_year():
    drawn = columns([Column("Dec", 3, below="2025"), Column("Jan", 0)], **WORDS)

    assert [each.text for each in shapes_of(drawn, "text")] == [
        "3",
        "Dec",
        "2025",
        "Jan",
    ]
    assert len(shapes_of(drawn, "rect")) == 1


def test_a_chart_of_nothing_is_still_a_drawing():
    assert shapes_of(lying_bars([], **WORDS), "title")[0].text == "Open actions"
    assert shapes_of(columns([], **WORDS), "title")[0].text == "Open actions"
