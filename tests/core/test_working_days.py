from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cse_tracker.core.working_days import (
    Nation,
    is_working_day,
    working_day_on_or_before,
)

DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2045, 12, 31))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 4, 3),  # Good Friday
        date(2026, 4, 6),  # Easter Monday
        date(2026, 12, 25),
        date(2026, 12, 28),  # instead of Boxing Day, a Saturday
        date(2026, 11, 21),  # a Saturday
        date(2026, 11, 22),  # a Sunday
    ],
)
def test_nobody_in_england_works_on_weekends_and_bank_holidays(day):
    assert not is_working_day(day, Nation.ENGLAND)


@pytest.mark.parametrize(
    ("day", "where_closed"),
    [
        (date(2026, 3, 17), {Nation.NORTHERN_IRELAND}),
        (date(2026, 11, 30), {Nation.SCOTLAND}),
        (date(2026, 1, 2), {Nation.SCOTLAND}),
        (
            date(2026, 4, 6),
            {Nation.ENGLAND, Nation.WALES, Nation.NORTHERN_IRELAND},
        ),
    ],
)
def test_each_nation_keeps_its_own_bank_holidays(day, where_closed):
    assert {each for each in Nation if not is_working_day(day, each)} == where_closed


@given(DAYS, st.sampled_from(Nation))
def test_the_working_day_before_is_the_nearest(day, nation):
    found = working_day_on_or_before(day, nation)

    assert is_working_day(found, nation)
    between = [found + timedelta(days=n) for n in range(1, (day - found).days + 1)]
    assert not any(is_working_day(each, nation) for each in between)
