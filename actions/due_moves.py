"""How often, by whom and by how much a due date was moved, from the change log. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple


class LoggedDate(NamedTuple):
    """What one entry of the change log says about a due date; dates in ISO form."""

    before: str | None
    after: str | None
    by: str
    at: datetime


@dataclass(frozen=True)
class DueMove:
    """A due date that became another one."""

    before: date
    after: date
    by: str
    at: datetime

    @property
    def days(self) -> int:
        """Days later; below 0 if it was brought forward."""
        return (self.after - self.before).days

    @property
    def words(self) -> str:
        """ "30 days later", or earlier."""
        return f"{_days(self.days)} {'later' if self.days > 0 else 'earlier'}"


@dataclass(frozen=True)
class DueMoves:
    """All moves of one due date, the oldest first."""

    moves: tuple[DueMove, ...] = ()

    @property
    def count(self) -> int:
        return len(self.moves)

    @property
    def total_days(self) -> int:
        """Days later, all moves together; below 0 if it was brought forward."""
        return sum(move.days for move in self.moves)

    @property
    def words(self) -> str:
        """ "Moved twice, 90 days"; empty where it was never moved."""
        if not self.moves:
            return ""
        times = {1: "once", 2: "twice"}.get(self.count, f"{self.count} times")
        return f"Moved {times}, {self._distance}"

    @property
    def _distance(self) -> str:
        if self.total_days == 0:
            return "back to the first date"
        earlier = " earlier" if self.total_days < 0 else ""
        return f"{_days(self.total_days)}{earlier}"


def due_moves(logged: Iterable[LoggedDate]) -> DueMoves:
    """The moves among what the log says, in its order.

    Setting a date for the first time, or taking it away, moves nothing.
    """
    return DueMoves(
        tuple(
            DueMove(
                date.fromisoformat(before),
                date.fromisoformat(after),
                entry.by,
                entry.at,
            )
            for entry in logged
            if (before := entry.before) and (after := entry.after) and before != after
        )
    )


def _days(number: int) -> str:
    return "1 day" if abs(number) == 1 else f"{abs(number)} days"
