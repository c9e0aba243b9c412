"""What a certificate's history says: its standing on a day, and what may be recorded next. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Change(StrEnum):
    """What the certification body did with a certificate."""

    GRANTED = "granted"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return self.value.capitalize()

    @property
    def needs_reason(self) -> bool:
        return self in {Change.SUSPENDED, Change.WITHDRAWN}


FOLLOWING = {
    Change.GRANTED: (Change.SUSPENDED, Change.WITHDRAWN),
    Change.SUSPENDED: (Change.REINSTATED, Change.WITHDRAWN),
    Change.REINSTATED: (Change.SUSPENDED, Change.WITHDRAWN),
    Change.WITHDRAWN: (),
}


class Standing(StrEnum):
    """What a certificate is worth on a day."""

    NOT_YET = "not_yet"
    VALID = "valid"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()

    @property
    def colour(self) -> str:
        """The colour of its tag."""
        return STANDING_COLOURS[self]


STANDING_COLOURS = {
    Standing.NOT_YET: "blue",
    Standing.VALID: "green",
    Standing.SUSPENDED: "yellow",
    Standing.WITHDRAWN: "red",
    Standing.EXPIRED: "red",
}


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change of a certificate, and the day from which it counts."""

    change: Change
    happened_on: date


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """A certificate as plain data. ``history`` oldest first, beginning with its grant."""

    id: int
    issued_on: date
    expires_on: date
    history: Sequence[HistoryEntry]

    def standing(self, on: date) -> Standing:
        """What it is worth on a day. It is valid on the day on which it expires.

        Withdrawn or suspended it stays so after its end: that is what people ask about.
        """
        if on < self.issued_on:
            return Standing.NOT_YET
        latest = _latest(self.history, on)
        change = latest.change if latest else None
        if change is Change.WITHDRAWN:
            return Standing.WITHDRAWN
        if on > self.expires_on:
            return Standing.EXPIRED
        return Standing.SUSPENDED if change is Change.SUSPENDED else Standing.VALID

    def suspended_since(self, on: date) -> date | None:
        """The day from which it is suspended; None where it isn't."""
        latest = _latest(self.history, on)
        is_suspended = self.standing(on) is Standing.SUSPENDED
        return latest.happened_on if latest and is_suspended else None

    def days_left(self, on: date) -> int:
        """Until the day on which it expires; 0 on that day, negative after it."""
        return (self.expires_on - on).days


def following(history: Sequence[HistoryEntry]) -> tuple[Change, ...]:
    """What may be recorded after the last entry."""
    return FOLLOWING[history[-1].change] if history else (Change.GRANTED,)


def current_or_none(
    certificates: Iterable[CertificateFacts], on: date
) -> CertificateFacts | None:
    """The certificate that counts: the one issued last, not counting those of later days."""
    begun = [each for each in certificates if each.issued_on <= on]
    return max(begun, key=lambda each: (each.issued_on, each.id), default=None)


def _latest(history: Sequence[HistoryEntry], on: date) -> HistoryEntry | None:
    past = [entry for entry in history if entry.happened_on <= on]
    return past[-1] if past else None
