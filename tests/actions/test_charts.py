"""The summary's charts say what their tables say, and stay readable and small."""

from datetime import date

from actions.charts import ages_chart, months_chart, parts_chart
from actions.summary import AGES, Tally, last_months

LIMIT = 5 * 1024


def test_of_many_services_the_chart_shows_ten_and_the_rest_together():
    parts = [(f"Service {number}", Tally(open=20, overdue=2)) for number in range(30)]

    drawn = parts_chart(parts, name="service", title="Open actions by service")

    assert "Service 9<" in drawn
    assert "Service 10<" not in drawn
    assert "20 more<" in drawn
    assert "400 (40 overdue)" in drawn
    assert len(drawn.encode()) <= LIMIT


def test_a_part_without_anything_overdue_does_not_mention_it():
    drawn = parts_chart([("Housing", Tally(open=3))], name="service", title="Open")

    assert "overdue)" not in drawn


def test_the_year_stands_below_january_and_below_the_first_month():
    months = dict.fromkeys(last_months(date(2026, 11, 22)), 999)
    drawn = months_chart(months, name="closed")

    # December 2025 comes right before it, where two years would touch.
    assert drawn.count(">2026<") == 1
    assert ">2025<" not in drawn
    assert len(drawn.encode()) <= LIMIT
    other = months_chart(dict.fromkeys(last_months(date(2026, 3, 1)), 1), name="closed")
    assert (other.count(">2025<"), other.count(">2026<")) == (1, 1)


def test_every_age_has_its_bar():
    drawn = ages_chart(dict.fromkeys(AGES, 7), name="age")

    assert all(f">{age.label}<" in drawn for age in AGES)
    assert len(drawn.encode()) <= LIMIT
