import pytest

from assessments.entering import KnownRating
from assessments.grid import RowFacts, lay_out
from assessments.grid_filter import Show, narrow
from assessments.ratings import Rating
from tests.assessments.test_grid import TREE, stored

RESULTS = [
    stored(31, 3, "C"),
    stored(41, 4, "PC", sampled=True),
    stored(51, 5, "", planned=True),
]


def shown(show, criterion_ref=""):
    facts = RowFacts(known={3: KnownRating(9, Rating.PLUS, 2024)})
    sections = lay_out(TREE, RESULTS, facts)
    narrow(sections, show, criterion_ref)
    return [row.node.ref for section in sections for row in section.shown_rows]


@pytest.mark.parametrize(
    ("show", "refs"),
    [
        (Show.ALL, ["1.1.1", "1.1.2", "1.1.2.1"]),
        (Show.UNRATED, ["1.1.2.1"]),
        (Show.CHANGED, ["1.1.1"]),
        (Show.PARTIAL, ["1.1.2"]),
        (Show.SAMPLED, ["1.1.2"]),
        (Show.PLANNED, ["1.1.2.1"]),
    ],
)
def test_each_choice_leaves_the_rows_that_are_like_it(show, refs):
    assert shown(show) == refs


def test_what_does_not_apply_is_not_waiting_for_a_rating():
    sections = lay_out(TREE, [stored(31, 3, "", applicable=False)], RowFacts())
    narrow(sections, Show.UNRATED)

    assert sections[0].shown_rows == []


def test_another_criterion_is_left_out():
    assert shown(Show.ALL, "1") == ["1.1.1", "1.1.2", "1.1.2.1"]
    assert shown(Show.ALL, "2") == []


def test_hidden_rows_still_count():
    sections = lay_out(TREE, RESULTS, RowFacts())
    narrow(sections, Show.UNRATED)

    assert sections[0].counts.total == 2
