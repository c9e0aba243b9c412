"""How a due date was moved, from what the change log says."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from actions.due_moves import LoggedDate, due_moves

AT = datetime(2026, 3, 3, 12, tzinfo=UTC)


def logged(*days: str | None) -> list[LoggedDate]:
    """What the log says when the date was each of these, one after the other."""
    return [LoggedDate(before, after, "Mo", AT) for before, after in pairwise(days)]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([None, "2026-03-01"], ""),
        (["2026-03-01", "2026-03-31"], "Moved once, 30 days"),
        (["2026-03-01", "2026-03-02"], "Moved once, 1 day"),
        (["2026-03-01", "2026-03-31", "2026-05-30"], "Moved twice, 90 days"),
        (
            ["2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04"],
            "Moved 3 times, 3 days",
        ),
        (["2026-03-31", "2026-03-01"], "Moved once, 30 days earlier"),
        (
            ["2026-03-01", "2026-03-31", "2026-03-01"],
            "Moved twice, back to the first date",
        ),
    ],
)
def test_moves_are_counted_and_their_days_added_up(days, words):
    assert due_moves(logged(*days)).words == words


def test_taking_a_date_away_and_setting_it_anew_moves_nothing():
    assert due_moves(logged("2026-03-01", None, "2026-06-01")).count == 0


def test_a_move_says_from_when_to_when_and_who():
    [move] = due_moves(logged("2026-03-28", "2026-03-31")).moves

    assert (move.before, move.after) == (date(2026, 3, 28), date(2026, 3, 31))
    assert (move.words, move.by, move.at) == ("3 days later", "Mo", AT)
