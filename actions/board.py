"""The board: the actions of the plan by status, and where each may be moved from there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from actions.models import Action, ActionQuerySet

Status = Action.Status
# What was closed longer ago stands in the list.
CLOSED_DAYS = 90
CLOSED_LABEL = f"Closed in the last {CLOSED_DAYS} days"
COLUMNS = [
    *(Status.NOT_STARTED, Status.ON_TRACK, Status.AT_RISK),
    *(Status.DONE, Status.CLOSED),
]
# Pages of their own, by the address's last part, and what the board calls going there.
ASKING = {
    "claim": "Done, to be checked …",
    "close": "Closed …",
    "reopen": "Reopened …",
    "decline": "Declined …",
}
# The same page, for what waits to be checked.
SENDING_BACK = ("reopen", "Sent back …")


@dataclass(frozen=True)
class Card:
    """One action on the board, with the places it may be moved to: value and words."""

    action: Action
    is_overdue: bool
    moves: list[tuple[str, str]]


@dataclass(frozen=True)
class BoardColumn:
    """One status and its actions."""

    key: str
    label: str
    cards: list[Card]


def on_board(actions: ActionQuerySet, *, now: datetime) -> ActionQuerySet:
    """Of these actions those that the board shows: not declined, not closed long ago."""
    recently = now - timedelta(days=CLOSED_DAYS)
    is_closed = Q(status=Status.CLOSED)
    open_ones = Q(status__in=[*Status.in_progress(), Status.DONE.value])
    return actions.current().filter(
        open_ones | is_closed & Q(finished_at__gte=recently)
    )


def board_columns(
    actions: Iterable[Action], *, on: date, can_update: bool, can_finish: bool
) -> list[BoardColumn]:
    """The columns in order, each with its actions as they come; also the empty ones.

    What is closed stands in the order in which it was, the last first.
    """
    cards: dict[str, list[Card]] = {status.value: [] for status in COLUMNS}
    for action in actions:
        moves = _moves(action, can_update=can_update, can_finish=can_finish)
        cards[action.status].append(Card(action, action.is_overdue(on=on), moves))
    cards[Status.CLOSED.value].sort(key=_when_finished, reverse=True)
    return [
        BoardColumn(
            status.value,
            CLOSED_LABEL if status is Status.CLOSED else status.label,
            cards[status.value],
        )
        for status in COLUMNS
    ]


def _when_finished(card: Card) -> datetime:
    return card.action.finished_at or card.action.created_at


def _moves(
    action: Action, *, can_update: bool, can_finish: bool
) -> list[tuple[str, str]]:
    others = [each for each in Status.in_progress() if each != action.status]
    freely = [(each, str(Status(each).label)) for each in others]
    if action.is_being_done:
        allowed = [*freely, _asking("claim"), _asking("decline")] if can_update else []
    elif action.status == Status.DONE:
        allowed = [_asking("close"), SENDING_BACK] if can_finish else []
        allowed += [_asking("decline")] if can_update else []
    else:
        allowed = [_asking("reopen")] if can_finish else []
    return allowed


def _asking(page: str) -> tuple[str, str]:
    return page, ASKING[page]
