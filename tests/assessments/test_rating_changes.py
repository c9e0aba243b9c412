import pytest

from assessments.entering import KnownRating
from assessments.rating_changes import rating_changes
from assessments.ratings import Rating
from tests.assessments.test_grid import TREE, stored


def changes(*results, **known):
    """``known``: the last known code of a node, by ``node3`` and so on."""
    before = {
        int(name.removeprefix("node")): KnownRating(90, Rating(code), 2024)
        for name, code in known.items()
    }
    return rating_changes(results, TREE, before)


@pytest.mark.parametrize(
    ("result", "is_accounted_for"),
    [
        (stored(31, 3, "CP", sampled=True, basis="assessed"), True),
        (stored(31, 3, "CP", basis="assessed"), True),
        (stored(31, 3, "CP", reason="By letter"), True),
        (stored(31, 3, "CP"), False),
        # Carried, and its source was changed afterwards.
        (stored(31, 3, "CP", basis="carried"), False),
    ],
)
def test_a_change_is_accounted_for_by_an_examination_or_a_reason(
    result, is_accounted_for
):
    [change] = changes(result, node3="C")

    assert (change.before.rating, change.after) == (Rating.COMPLIANT, Rating.PLUS)
    assert change.is_accounted_for is is_accounted_for


def test_examining_an_element_examines_its_parts():
    element = stored(41, 4, "C", sampled=True, basis="assessed")
    part = stored(51, 5, "PC")

    [change] = changes(element, part, node5="C")

    assert change.node.ref == "1.1.2.1"
    assert change.is_accounted_for


def test_a_blank_rating_and_the_same_rating_and_a_first_one_are_no_changes():
    results = [stored(31, 3, ""), stored(41, 4, "C"), stored(51, 5, "PC")]

    assert changes(*results, node3="C", node4="C") == []
