from datetime import date, datetime

import pytest

from actions.importing.dates import read_date_or_none

END_OF_MARCH = date(2026, 3, 31)


@pytest.mark.parametrize(
    "value",
    [
        *(END_OF_MARCH, datetime(2026, 3, 31), "2026-03-31", "2026-03-31 00:00:00"),  # noqa: DTZ001
        *("31/03/2026", "31.3.26", "31-03-2026", "31 March 2026", "31-Mar-26"),
        *("31st of March 2026", "Tuesday 31 March 2026", "March 31, 2026"),
        *("by 31 Mar 2026", "  31 MARCH   2026. "),
    ],
)
def test_a_day_is_read_however_it_is_written(value):
    read = read_date_or_none(value)

    assert read
    assert (read.day, read.is_worked_out) == (END_OF_MARCH, False)


@pytest.mark.parametrize(
    "value",
    ["March 2026", "Mar-26", "end of March 2026", "03/2026", "by March 2026", 46112],
)
def test_a_month_is_its_last_day_and_says_so(value):
    read = read_date_or_none(value)

    assert read
    assert (read.day, read.is_worked_out) == (END_OF_MARCH, True)


def test_the_last_day_of_february_depends_on_the_year():
    days = [read_date_or_none(f"February {year}") for year in (2027, 2028)]

    assert [read.day.day for read in days if read] == [28, 29]


@pytest.mark.parametrize(
    "value",
    [
        *("asap", "TBC", "ongoing", "2026", "Q3", "03/31/2026", "30 February 2026"),
        *("31/03/2026 or later", True, 12, 1.5, "", "31 Smarch 2026"),
    ],
)
def test_what_is_no_date_is_not_guessed(value):
    assert read_date_or_none(value) is None
