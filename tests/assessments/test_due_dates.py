"""What is due when: days and words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.certificates import CertificateFacts, Change, HistoryEntry
from assessments.cycle import CycleModel, CycleRules, PastVisit
from assessments.due_dates import (
    Visit,
    days_words,
    due_dates,
    months_after,
    reminder_stage_or_none,
)
from cse_tracker.core.dates import local_day

STAGES = (180, 90, 30, 7)
TODAY = date(2026, 11, 22)
REVIEWS = CycleRules(CycleModel.REVIEWS, 2025, 3)


def certificate(expires, *changes):
    issued = date(2024, 3, 3)
    history = [HistoryEntry(Change.GRANTED, issued), *changes]
    return CertificateFacts(1, issued, expires, history)


def visit(year, kind="review", starts=None, *, is_open=False, code=""):
    return Visit(PastVisit(year, kind, code), starts, f"The {year} {kind}", is_open)


def words_of(*args, on=TODAY):
    return [due.words for due in due_dates(*args, on=on)]


def test_the_end_of_the_certificate_is_said_with_the_days_left():
    [due] = due_dates(certificate(date(2027, 3, 2)), REVIEWS, [], on=TODAY)

    assert due.words == "The certificate runs out on 2 March 2027"
    assert due.how_far == "in 100 days"
    assert not due.is_overdue


def test_one_that_ran_out_is_overdue_and_one_withdrawn_is_not_due():
    [due] = due_dates(certificate(date(2026, 11, 21)), REVIEWS, [], on=TODAY)
    withdrawn = HistoryEntry(Change.WITHDRAWN, date(2026, 1, 1))

    assert due.words == "The certificate ran out on 21 November 2026"
    assert due.is_overdue
    assert words_of(certificate(date(2027, 3, 2), withdrawn), REVIEWS, []) == []


def test_a_suspension_is_said_before_all_that_is_to_come():
    history = [HistoryEntry(Change.SUSPENDED, date(2026, 10, 1))]
    visits = [visit(2024, "full", date(2024, 10, 8))]

    assert words_of(certificate(date(2027, 3, 2), *history), REVIEWS, visits) == [
        "The certificate has been suspended since 1 October 2026",
        "The next full assessment was due about October 2025",
        "The certificate runs out on 2 March 2027",
    ]
    history.append(HistoryEntry(Change.REINSTATED, date(2026, 11, 1)))
    assert words_of(certificate(date(2027, 3, 2), *history), REVIEWS, []) == [
        "The certificate runs out on 2 March 2027"
    ]


def test_a_dated_visit_comes_before_what_the_cycle_expects():
    planned = visit(2027, starts=date(2027, 2, 3), is_open=True)

    assert words_of(None, REVIEWS, [visit(2026, starts=date(2026, 2, 2)), planned]) == [
        "The 2027 review begins on 3 February 2027"
    ]


def test_the_next_visit_is_expected_a_year_after_the_last():
    visits = [visit(2025, "full", date(2025, 10, 8)), visit(2026, code="Y1")]
    visits[1] = visit(2026, starts=date(2026, 10, 7), code="Y1")

    [due] = due_dates(None, REVIEWS, visits, on=TODAY)

    assert due.words == "The next review (Y2) is due about October 2027"
    assert due.note.startswith("2027 is year 3 of 3 in your cycle 2025 to 2027.")


def test_after_the_cycle_a_full_assessment_is_due_and_may_be_late():
    visits = [visit(2027, starts=date(2027, 10, 7), code="Y2")]

    [due] = due_dates(None, REVIEWS, visits, on=date(2028, 12, 1))

    assert due.words == "The next full assessment was due about October 2028"
    assert due.is_overdue


def test_an_undated_visit_gives_a_year_and_an_open_one_asks_for_its_date():
    assert words_of(None, REVIEWS, [visit(2026, code="Y1")]) == [
        "The next review (Y2) in 2027"
    ]
    assert words_of(None, REVIEWS, [visit(2027, is_open=True)]) == [
        "The 2027 review has no date yet"
    ]


def test_what_is_due_first_stands_first():
    planned = visit(2027, starts=date(2027, 2, 3), is_open=True)

    first, second = words_of(certificate(date(2027, 3, 2)), REVIEWS, [planned])

    assert (first[:8], second[:8]) == ("The 2027", "The cert")


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 10, 8), 12, date(2027, 10, 8)),
    ],
)
def test_a_month_that_lacks_the_day_has_its_last(day, months, later):
    assert months_after(day, months) == later


@pytest.mark.parametrize(
    ("left", "stage"),
    [
        *((181, None), (180, 180), (91, 180), (90, 90), (31, 90)),
        *((30, 30), (8, 30), (7, 7), (0, 7), (-1, None)),
    ],
)
def test_the_reminder_due_is_that_of_the_last_stage_reached(left, stage):
    assert reminder_stage_or_none(left, STAGES) == stage


@given(st.integers(-30, 400))
def test_day_by_day_each_stage_comes_once_and_in_its_order(first):
    stages = [reminder_stage_or_none(left, STAGES) for left in range(first, -30, -1)]
    in_order = list(dict.fromkeys(stage for stage in stages if stage))

    assert in_order == sorted(in_order, reverse=True)
    assert all(reminder_stage_or_none(stage, STAGES) == stage for stage in STAGES)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        # The clock goes forward on 28 March 2027 and back on 31 October 2027.
        (datetime(2027, 3, 27, 23, 30, tzinfo=UTC), date(2027, 3, 27)),
        (datetime(2027, 3, 28, 23, 30, tzinfo=UTC), date(2027, 3, 29)),
        (datetime(2027, 10, 30, 23, 30, tzinfo=UTC), date(2027, 10, 31)),
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), date(2027, 10, 31)),
        (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), date(2027, 10, 31)),
    ],
)
def test_days_are_counted_on_the_local_calendar(moment, day):
    expires = day + timedelta(days=30)

    [due] = due_dates(certificate(expires), REVIEWS, [], on=local_day(moment))

    assert due.how_far == "in 30 days"


def test_days_are_said_as_people_say_them():
    assert [days_words(days) for days in (0, 1, 90)] == [
        "today",
        "in 1 day",
        "in 90 days",
    ]
