"""Which of the things that can be done with an assessment comes next."""

from collections.abc import Iterable
from enum import StrEnum

from assessments.grid import GridRow
from assessments.models import Assessment


class Step(StrEnum):
    """What the page of all elements offers as its first button."""

    RATE = "rate"
    HAND_OVER = "hand_over"
    CONFIRM = "confirm"
    NOTHING = ""


def next_step(state: str, *, is_rated: bool, can_rate: bool, can_approve: bool) -> Step:
    """What this person does next: rate, hand over once all is rated, confirm what was handed over.

    Confirming an assessment that nobody handed over stays possible, but is not what comes next.
    """
    if state == Assessment.State.WITH_APPROVER:
        return Step.CONFIRM if can_approve else Step.NOTHING
    if state == Assessment.State.CONFIRMED or not can_rate:
        return Step.NOTHING
    is_begun = state == Assessment.State.IN_PROGRESS
    return Step.HAND_OVER if is_begun and is_rated else Step.RATE


def first_to_rate(rows: Iterable[GridRow]) -> str:
    """The ref of the first element that is not rated, or only carried where all is examined.

    Of the first of all where none is left.
    """
    elements = [row for row in rows if row.result.applicable and not row.is_sub_element]
    left = [
        row for row in elements if not row.result.rating or row.result.awaits_assessment
    ]
    return next((row.node.ref for row in left or elements), "")
