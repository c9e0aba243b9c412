"""The two ways a service says no. Both carry what the person needs to go on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model


class RuleBroken(Exception):
    """A rule of the field stands in the way. The message is written for the user."""


@dataclass(frozen=True)
class Clash:
    """One row that somebody else changed: what stands there now, and what was tried."""

    current: Model
    attempted: Mapping[str, Any]


class Conflict(Exception):
    """Somebody else's newer value would have been overwritten. Nothing was written."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        self.clashes = list(clashes)
        super().__init__(
            "Someone changed this after you opened it. Read their change, then save yours."
        )
