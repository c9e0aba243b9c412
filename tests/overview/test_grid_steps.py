import pytest

from assessments.grid import GridRow, StoredResult
from assessments.tree import Kind, Node
from cse_tracker.overview.grid_steps import Step, first_to_rate, next_step


@pytest.mark.parametrize(
    ("state", "is_rated", "expected"),
    [
        ("planned", False, Step.RATE),
        ("planned", True, Step.RATE),
        ("in_progress", False, Step.RATE),
        ("in_progress", True, Step.HAND_OVER),
        ("with_approver", True, Step.CONFIRM),
        ("confirmed", True, Step.NOTHING),
    ],
)
def test_the_next_step_fits_the_state(state, is_rated, expected):
    step = next_step(state, is_rated=is_rated, can_rate=True, can_approve=True)

    assert step is expected


def test_who_may_not_take_the_next_step_is_not_led_to_it():
    officer = {"is_rated": True, "can_rate": True, "can_approve": False}
    approver = {"is_rated": True, "can_rate": False, "can_approve": True}

    assert next_step("with_approver", **officer) is Step.NOTHING
    assert next_step("in_progress", **approver) is Step.NOTHING


def row(ref, rating):
    node = Node(1, ref, Kind.ELEMENT, "")
    result = StoredResult(1, 1, 1, rating, False, True, "assessed", "")
    return GridRow(node, result, None, 0, None, 0, None, rating, False, "")


def test_rating_goes_on_at_the_first_element_without_one():
    assert first_to_rate([row("1.1.1", "C"), row("1.1.2", "")]) == "1.1.2"
    assert first_to_rate([row("1.1.1", "C"), row("1.1.2", "C")]) == "1.1.1"
    assert first_to_rate([]) == ""
