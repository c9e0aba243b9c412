import pytest

from assessments.confirming import element_totals, open_points
from tests.assessments.test_grid import TREE, stored


def words(*results, findings=None, examines_everything=False):
    points = open_points(
        results, TREE, findings or {}, examines_everything=examines_everything
    )
    return {point.words: point.refs for point in points}


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (stored(31, 3, ""), "Not rated"),
        (stored(31, 3, "", sampled=True), "Sampled, but not rated"),
        (
            stored(31, 3, "PC", sampled=True, basis="assessed"),
            "Partial or non-compliance without",
        ),
        (stored(31, 3, "C"), "Recorded without a sample"),
    ],
)
def test_what_is_open_is_said_with_its_ref(result, said):
    (found,) = words(result).items()

    assert found[0].startswith(said)
    assert found[1] == ("1.1.1",)


@pytest.mark.parametrize(
    "result",
    [
        stored(31, 3, "", applicable=False),
        stored(31, 3, "C", sampled=True, basis="assessed"),
        stored(31, 3, "C", basis="carried"),
        stored(31, 3, "C", reason="By letter"),
        stored(51, 5, ""),
    ],
)
def test_what_is_settled_is_not_mentioned(result):
    assert words(result) == {}


def test_a_partial_with_a_comment_is_settled():
    partial = stored(31, 3, "PC", sampled=True, basis="assessed")

    assert words(partial, findings={3: 1}) == {}


def test_a_carried_rating_is_open_where_everything_is_examined():
    carried = stored(31, 3, "C", basis="carried")

    assert list(words(carried, examines_everything=True).values()) == [("1.1.1",)]


def test_what_is_locked_is_counted_by_element():
    results = [stored(31, 3, "PC"), stored(41, 4, ""), stored(51, 5, "NC")]

    totals = element_totals(results, TREE)

    assert (totals.partial, totals.non, totals.rated, totals.total) == (1, 0, 1, 2)
