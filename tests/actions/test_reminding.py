from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.reminding import DAYS_BEFORE, digest_week, reminder_days, reminder_due
from cse_tracker.core.working_days import Nation, is_working_day

LONG_AGO = date(2000, 1, 1)
# With Easter, Christmas on a Friday and both changes of the clock.
YEAR = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
WHOLE_WEEKS = [date(2026, 1, 5) + timedelta(days=n) for n in range(52 * 7)]


def sent_in(days, due_on, known_since=LONG_AGO, nation=Nation.ENGLAND):
    """``day -> days before`` as a task that runs on each of ``days`` sends them, each once."""
    sent = {}
    for today in days:
        before = reminder_due(
            due_on, known_since=known_since, today=today, nation=nation
        )
        if before is not None and before not in sent.values():
            sent[today] = before
    return sent


def test_a_due_date_in_a_plain_week_is_reminded_of_four_times():
    assert sent_in(YEAR, date(2026, 7, 15)) == {
        date(2026, 6, 15): 30,
        date(2026, 7, 8): 7,
        date(2026, 7, 14): 1,
        date(2026, 7, 15): 0,
    }


def test_over_easter_the_reminders_come_before_it():
    # Due on Easter Monday: the day before and the day itself both become Maundy Thursday.
    assert sent_in(YEAR, date(2026, 4, 6)) == {
        date(2026, 3, 6): 30,
        date(2026, 3, 30): 7,
        date(2026, 4, 2): 0,
    }


def test_over_christmas_the_reminders_come_before_it():
    assert sent_in(YEAR, date(2026, 12, 29)) == {
        date(2026, 11, 27): 30,  # 29 November is a Sunday
        date(2026, 12, 22): 7,
        date(2026, 12, 24): 1,  # 28 December is a bank holiday, before it a weekend
        date(2026, 12, 29): 0,
    }


@pytest.mark.parametrize("due_on", [date(2026, 3, 30), date(2026, 10, 26)])
def test_changing_the_clock_moves_no_reminder(due_on):
    assert sent_in(YEAR, due_on)[due_on] == 0
    assert len(sent_in(YEAR, due_on)) >= 3


def test_after_days_without_a_task_only_the_newest_reminder_is_made_up_for():
    due_on = date(2026, 7, 15)
    days = [day for day in YEAR if not date(2026, 6, 10) <= day <= date(2026, 7, 12)]

    assert sent_in(days, due_on) == {
        date(2026, 7, 13): 7,
        date(2026, 7, 14): 1,
        date(2026, 7, 15): 0,
    }


def test_what_was_missed_before_a_weekend_is_made_up_for_after_it():
    friday = date(2026, 7, 17)
    days = [day for day in YEAR if not date(2026, 6, 10) <= day <= friday]

    assert sent_in(days, date(2026, 7, 24)) == {
        date(2026, 7, 20): 7,
        date(2026, 7, 23): 1,
        date(2026, 7, 24): 0,
    }


def test_a_date_that_was_only_just_agreed_is_not_reminded_of_at_once():
    due_on = date(2026, 7, 15)

    assert sent_in(YEAR, due_on, known_since=date(2026, 7, 8)) == {
        date(2026, 7, 14): 1,
        date(2026, 7, 15): 0,
    }


@given(st.sampled_from(YEAR[40:]), st.sampled_from(Nation))
def test_every_date_is_reminded_of_on_working_days_once_each_and_in_time(
    due_on, nation
):
    sent = sent_in(YEAR, due_on, nation=nation)

    assert sent
    assert all(is_working_day(day, nation) for day in sent)
    assert all(day <= due_on - timedelta(days=before) for day, before in sent.items())
    assert list(sent.values()) == sorted(sent.values(), reverse=True)
    assert set(sent) == set(reminder_days(due_on, nation))
    assert set(sent.values()) <= set(DAYS_BEFORE)


@pytest.mark.parametrize("nation", Nation)
def test_each_week_of_the_year_has_one_digest_on_its_first_working_day(nation):
    first: dict[str, date] = {}
    for day in WHOLE_WEEKS:
        if week := digest_week(day, nation):
            first.setdefault(week, day)

    assert len(first) == 52
    for day in first.values():
        earlier = [day - timedelta(days=n) for n in range(1, day.weekday() + 1)]
        assert not any(is_working_day(each, nation) for each in earlier)
