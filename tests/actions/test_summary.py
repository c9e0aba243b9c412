"""The plan in numbers, on plain rows: what is counted where, and that the sums agree."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.summary import (
    AGES,
    NONE,
    Month,
    SummaryRow,
    age_of,
    last_months,
    summarise,
)

TODAY = date(2026, 3, 31)
days = st.dates(TODAY - timedelta(days=900), TODAY)


@st.composite
def actions(draw) -> SummaryRow:
    """One action as the plan may hold it."""
    is_open = draw(st.booleans())
    is_overdue = is_open and draw(st.booleans())
    return SummaryRow(
        is_open=is_open,
        is_overdue=is_overdue,
        is_due_soon=is_open and not is_overdue and draw(st.booleans()),
        is_waiting=is_open and not is_overdue and draw(st.booleans()),
        closed_on=None if is_open else draw(st.none() | days),
        began_on=draw(days),
        service=draw(st.sampled_from(["", "7", "9"])),
        criteria=draw(st.frozensets(st.sampled_from("12345"))),
    )


plans = st.lists(actions(), max_size=30)


@given(rows=plans)
def test_the_services_add_up_to_the_whole_plan(rows):
    found = summarise(rows, today=TODAY)

    for count in ("open", "overdue", "due_soon", "waiting", "closed_this_year"):
        parts = sum(getattr(tally, count) for tally in found.by_service.values())
        assert parts == getattr(found.whole, count)


@given(rows=plans)
def test_the_ages_add_up_to_what_is_open(rows):
    found = summarise(rows, today=TODAY)

    assert sum(found.by_age.values()) == found.whole.open


@given(rows=plans)
def test_an_action_counts_once_in_each_of_its_criteria_or_under_none(rows):
    found = summarise(rows, today=TODAY)

    counted = sum(tally.open for tally in found.by_criterion.values())
    assert counted == sum(max(len(row.criteria), 1) for row in rows if row.is_open)


@given(rows=plans)
def test_the_months_hold_what_was_closed_within_them(rows):
    found = summarise(rows, today=TODAY)

    first = date(2025, 4, 1)
    closed = [row for row in rows if row.closed_on and row.closed_on >= first]
    assert sum(found.closed_by_month.values()) == len(closed)
    this_year = sum(
        count for month, count in found.closed_by_month.items() if month.year == 2026
    )
    assert this_year == found.whole.closed_this_year


@given(day=st.dates(date(1990, 1, 1), date(2090, 1, 1)), today=st.just(TODAY))
def test_each_day_has_one_age_and_the_bounds_of_an_age_say_which(day, today):
    def holds(age):
        after, until = age.bounds(today)
        return (after is None or day > after) and (not age.at_least or day <= until)

    assert [age for age in AGES if holds(age)] == [age_of(day, today)]


@pytest.mark.parametrize(
    ("began_on", "age"),
    [
        (date(2026, 3, 31), "under-1"),
        (date(2026, 3, 1), "under-1"),
        # A month before 31 March is the last day of February.
        (date(2026, 2, 28), "1-3"),
        (date(2026, 1, 1), "1-3"),
        (date(2025, 12, 31), "3-6"),
        (date(2025, 10, 1), "3-6"),
        (date(2025, 9, 30), "6-12"),
        (date(2025, 4, 1), "6-12"),
        (date(2025, 3, 31), "over-12"),
        (date(2026, 4, 1), "under-1"),
    ],
)
def test_age_goes_by_the_calendar(began_on, age):
    assert age_of(began_on, TODAY).key == age


def test_the_last_twelve_months_end_with_this_one():
    months = last_months(date(2026, 1, 31))

    assert [month.key for month in months[:2]] == ["2025-02", "2025-03"]
    assert months[-1] == Month(2026, 1)
    assert len(months) == 12


def test_a_month_ends_on_its_last_day():
    assert Month(2028, 2).last_day == date(2028, 2, 29)
    assert Month(2026, 12).last_day == date(2026, 12, 31)


def test_what_has_neither_service_nor_element_stands_under_none():
    found = summarise([SummaryRow(is_open=True)], today=TODAY)

    assert found.by_service[NONE].open == found.by_criterion[NONE].open == 1


def test_an_empty_plan_has_noughts_and_no_parts():
    found = summarise([], today=TODAY)

    assert found.whole.open == 0
    assert not found.by_service
    assert not found.by_criterion
    assert set(found.closed_by_month.values()) == {0}
