from assessments.charts import plus_chart, ratings_chart
from assessments.counts import RatingCounts
from assessments.rows import YearColumn


def year(number):
    return YearColumn(number, number, str(number), "", "review", True, False)


YEARS = [year(2014), year(2015), year(2018), year(2020)]
COUNTS = [RatingCounts(plus=each, compliant=50) for each in (1, 2, 3, 4)]


def test_missing_years_leave_a_gap_and_are_named():
    for draw in (ratings_chart, plus_chart):
        chart = draw(YEARS, COUNTS, name="chart")

        assert chart.count(">…<") == 2
        assert "There is no assessment in 2016 to 2017, 2019." in chart


def test_the_line_is_broken_where_years_are_missing():
    assert plus_chart(YEARS, COUNTS, name="chart").count('stroke-width="3"') == 3


def test_years_in_a_row_leave_none():
    chart = plus_chart(YEARS[:2], COUNTS[:2], name="chart")

    assert ">…<" not in chart
    assert "no assessment" not in chart
