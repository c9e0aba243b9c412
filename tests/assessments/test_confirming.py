from assessments.confirming import element_totals
from tests.assessments.test_grid import TREE, stored


def test_what_is_locked_is_counted_by_element():
    results = [stored(31, 3, "PC"), stored(41, 4, ""), stored(51, 5, "NC")]

    totals = element_totals(results, TREE)

    assert (totals.partial, totals.non, totals.rated, totals.total) == (1, 0, 1, 2)
