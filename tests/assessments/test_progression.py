from itertools import pairwise

import pytest
from hypothesis import given

from assessments.counts import RatingCounts
from assessments.progression import build_progression
from assessments.ratings import Rating
from tests.assessments.tables import (
    TREE,
    carried,
    element_over,
    progressions,
    row,
    year,
)

YEARS = [2014, 2015, 2016, 2017]


def changes(progression) -> list[int]:
    return [cell.change if cell else 0 for cell in progression.rows[0].cells]


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (("PC", "C", "C", "CP"), [0, 1, 0, 1]),
        (("CP", "C", "PC", "NC"), [0, -1, -1, -1]),
        (("NC", "CP", "CP", "NC"), [0, 3, 0, -3]),
        # A blank hides nothing, whether there is an empty result or none.
        (("PC", "", "C", ""), [0, 0, 1, 0]),
        (("PC", None, None, "PC"), [0, 0, 0, 0]),
        # Nothing is known before the first rating.
        (("", None, "NC", "NC"), [0, 0, 0, 0]),
    ],
)
def test_a_change_is_against_the_last_known_rating(codes, expected):
    assert changes(element_over(*codes)) == expected


@given(progressions(YEARS))
def test_all_changes_together_lead_from_the_first_known_rating_to_the_last(progression):
    for each in progression.rows:
        known = [cell.rating for cell in each.cells if cell and cell.rating]
        total = sum(cell.change for cell in each.cells if cell)

        assert total == (known[-1].rank - known[0].rank if known else 0)
        assert each.has_changed() == any(a is not b for a, b in pairwise(known))


@given(progressions(YEARS))
def test_a_changed_cell_knows_what_stood_before(progression):
    for each in progression.rows:
        for position, cell in enumerate(each.cells):
            known = each.last_known(position - 1)
            expected = known[1] if cell and cell.change else None

            assert (cell.before if cell else None) is expected


@given(progressions(YEARS))
def test_every_element_stands_there_once_with_a_cell_for_each_year(progression):
    refs = [each.node.ref for each in progression.element_rows]

    assert refs == [element.ref for element in TREE.elements]
    assert {len(each.cells) for each in progression.rows} == {len(YEARS)}


@given(progressions(YEARS))
def test_counts_and_samples_of_the_criteria_add_up(progression):
    for position in range(len(YEARS)):
        parts = progression.sections
        whole = sum((part.counts[position] for part in parts), RatingCounts())

        assert progression.counts[position] == whole
        assert progression.sampled[position] == sum(p.sampled[position] for p in parts)


@given(progressions(YEARS))
def test_the_counts_are_those_of_the_cells(progression):
    for position, counts in enumerate(progression.counts):
        column = [each.cells[position] for each in progression.element_rows]
        ratings = [cell.rating for cell in column if cell and cell.rating]

        assert [counts.of(r) for r in Rating] == [ratings.count(r) for r in Rating]


def test_a_carried_rating_names_the_year_that_found_it():
    rows = [
        row("1.1.1", 2014, "C"),
        carried("1.1.1", 2015, "C", source=2014, said="C"),
        carried("1.1.1", 2016, "C", source=2015, said="C"),
    ]

    cells = build_progression(TREE, [year(n) for n in YEARS[:3]], rows).rows[0].cells

    assert [cell.found_year for cell in cells] == [None, 2014, 2014]
    assert [cell.is_carried for cell in cells] == [False, True, True]


def test_a_rating_carried_past_a_year_entered_later_keeps_its_own_source():
    rows = [
        row("1.1.1", 2014, "C"),
        row("1.1.1", 2015, "CP"),
        carried("1.1.1", 2016, "C", source=2014, said="C"),
    ]

    cells = build_progression(TREE, [year(n) for n in YEARS[:3]], rows).rows[0].cells

    assert cells[2].found_year == 2014
    assert cells[2].change == -1


def test_a_source_that_changed_afterwards_is_flagged():
    rows = [
        row("1.1.1", 2014, "PC"),
        carried("1.1.1", 2015, "C", source=2014, said="PC"),
        row("1.1.2", 2014, "C"),
        carried("1.1.2", 2015, "C", source=2014, said="C"),
    ]

    table = build_progression(TREE, [year(2014), year(2015)], rows)

    flags = {r.node.ref: r.cells[1].differs_from_source for r in table.rows[:2]}
    assert flags == {"1.1.1": True, "1.1.2": False}


def test_a_source_that_is_not_shown_gives_nothing_away():
    """Who sees only confirmed years must not learn that an open one says otherwise."""
    rows = [carried("1.1.1", 2015, "C", source=2014, said="PC")]

    cell = build_progression(TREE, [year(2015)], rows).rows[0].cells[0]

    assert not cell.differs_from_source
    assert cell.found_year == 2014


def test_a_sub_element_stands_under_its_element_where_a_year_has_a_result_for_it():
    years = [year(2014), year(2015)]

    table = build_progression(TREE, years, [row("1.1.1.2", 2014, "PC")])

    assert [each.node.ref for each in table.rows[:3]] == ["1.1.1", "1.1.1.2", "1.1.2"]
    assert table.sub_element_counts == (RatingCounts(partial=1), RatingCounts())
    assert table.counts[0].partial == 0


def test_results_of_an_assessment_that_is_not_shown_are_left_out():
    table = build_progression(TREE, [year(2014)], [row("1.1.1", 2015, "CP")])

    assert table.rows[0].cells == (None,)


def test_equal_cells_are_one_object():
    """The page draws each different cell once; a copy per result would cost it its speed."""
    first, second = element_over("C", "C").rows[0].cells

    assert first is second


def test_an_element_was_never_sampled_if_no_review_marked_it():
    years = [year(2014, examines_everything=True), year(2015), year(2016)]
    rows = [row("1.1.1", 2015, "C", sampled=True), row("1.1.2", 2015, "C")]

    table = build_progression(TREE, years, rows)

    never = [r.node.ref for r in table.rows if r.was_never_sampled(years)]
    assert never == ["1.1.2", "1.2.1", "2.1.1", "2.1.2"]


def test_where_no_review_could_have_sampled_it_an_element_is_not_never_sampled():
    years = [year(2014, examines_everything=True), year(2015)]
    rows = [row("1.1.1", 2015, "", applicable=False)]

    table = build_progression(TREE, years, rows)

    assert not table.rows[0].was_never_sampled(years)
    assert table.rows[1].was_never_sampled(years)


def test_a_copy_of_a_copy_differs_once_the_year_that_found_it_says_otherwise():
    rows = [
        row("1.1.1", 2014, "PC"),
        carried("1.1.1", 2015, "C", source=2014, said="PC"),
        carried("1.1.1", 2016, "C", source=2015, said="C"),
    ]
    table = build_progression(TREE, [year(2014), year(2015), year(2016)], rows)

    cells = table.rows[0].cells

    assert [cell.differs_from_source for cell in cells] == [False, True, True]
    assert cells[2].found_year == 2014
