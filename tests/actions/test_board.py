"""Where a card of the board may be moved: only where a rule allows it."""

from datetime import date

import pytest

from actions.board import board_columns
from actions.models import Action

Status = Action.Status
FREE = {"not_started", "on_track", "at_risk"}


def moves_of(status, *, can_update=True, can_finish=True) -> set[str]:
    action = Action(number=1, status=status)
    columns = board_columns(
        [action], {}, on=date(2026, 3, 3), can_update=can_update, can_finish=can_finish
    )
    [card] = [card for column in columns for card in column.cards]
    return {value for value, _ in card.moves}


def test_what_is_in_progress_moves_freely_is_done_or_declined():
    assert moves_of(Status.ON_TRACK) == FREE - {"on_track"} | {"claim", "decline"}


def test_what_is_said_to_be_done_is_closed_sent_back_or_declined():
    assert moves_of(Status.DONE) == {"close", "reopen", "decline"}


def test_what_is_closed_is_only_reopened():
    assert moves_of(Status.CLOSED) == {"reopen"}


@pytest.mark.parametrize(
    ("status", "words"), [(Status.DONE, "Sent back …"), (Status.CLOSED, "Reopened …")]
)
def test_what_waits_to_be_checked_is_sent_back_what_is_closed_reopened(status, words):
    columns = board_columns(
        [Action(number=1, status=status)],
        {},
        on=date(2026, 3, 3),
        can_update=True,
        can_finish=True,
    )
    [card] = [card for column in columns for card in column.cards]

    assert ("reopen", words) in card.moves


@pytest.mark.parametrize(
    ("status", "moves"), [(Status.ON_TRACK, set()), (Status.DONE, {"close", "reopen"})]
)
def test_an_approver_is_offered_what_an_approver_may(status, moves):
    assert moves_of(status, can_update=False) == moves


def test_every_column_stands_there_also_an_empty_one():
    columns = board_columns(
        [], {}, on=date(2026, 3, 3), can_update=True, can_finish=True
    )

    assert [column.label for column in columns] == [
        *("Not started", "On track", "At risk", "Done, to be checked"),
        "Closed in the last 90 days",
    ]
