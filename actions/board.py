"""The board: the actions of the plan by status, and where each may be moved from there."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from actions.models import Action, ActionQuerySet

Status = Action.Status
# What a column has more of stands in the list.
CARDS_AT_MOST = 50
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
    # With those that are not among the cards.
    count: int

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.cards)


def on_board(actions: ActionQuerySet, *, now: datetime) -> ActionQuerySet:
    """Of these actions those that the board shows: not declined, not closed long ago."""
    recently = now - timedelta(days=CLOSED_DAYS)
    is_closed = Q(status=Status.CLOSED)
    open_ones = Q(status__in=[*Status.in_progress(), Status.DONE.value])
    return actions.current().filter(
        open_ones | is_closed & Q(finished_at__gte=recently)
    )


def first_of_each(actions: ActionQuerySet) -> ActionQuerySet:
    """The first of these in each status, in their order; of what is closed, the last."""
    in_order: list[Any] = [F("finished_at").desc(), *actions.query.order_by]
    place = Window(RowNumber(), partition_by=F("status"), order_by=in_order)
    return actions.annotate(place=place).filter(place__lte=CARDS_AT_MOST)


def column_counts(actions: ActionQuerySet) -> dict[str, int]:
    """Status to the number of these actions: one query."""
    found = actions.order_by().values("status").annotate(count=Count("pk"))
    return dict(found.values_list("status", "count"))


def board_columns(
    actions: Iterable[Action],
    counts: Mapping[str, int],
    *,
    on: date,
    can_update: bool,
    can_finish: bool,
    left_to_others: Collection[int] = (),
) -> list[BoardColumn]:
    """The columns in order, each with its actions as they come; also the empty ones.

    What is closed stands in the order in which it was, the last first. ``left_to_others`` are
    the numbers of those that only somebody else closes.
    """
    cards: dict[str, list[Card]] = {status.value: [] for status in COLUMNS}
    for action in actions:
        moves = _moves(action, can_update=can_update, can_finish=can_finish)
        if action.number in left_to_others:
            moves.remove(_asking("close"))
        cards[action.status].append(Card(action, action.is_overdue(on=on), moves))
    cards[Status.CLOSED.value].sort(key=_when_finished, reverse=True)
    return [
        BoardColumn(
            status.value,
            CLOSED_LABEL if status is Status.CLOSED else status.label,
            cards[status.value],
            counts.get(status.value, 0),
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
