"""Who may close an action that somebody said is done. Pure."""

from collections.abc import Collection
from enum import Enum


class Closing(Enum):
    """What the rule of the second person asks of one who wants to close."""

    FREE = "may close it"
    WITH_REASON = "may close it and says why nobody else does"
    SOMEBODY_ELSE = "leaves it to somebody else"


def closing_rule(
    *, closer: int, claimed_by: int | None, approvers: Collection[int]
) -> Closing:
    """How ``closer`` may close what ``claimed_by`` said is done (ids of users).

    ``approvers`` are the present members who may approve. Whoever said that it is done is
    not the second person; where nobody else may approve, a reason takes their place.
    """
    others = set(approvers) - {claimed_by}
    if closer in others:
        return Closing.FREE
    return Closing.SOMEBODY_ELSE if others else Closing.WITH_REASON
