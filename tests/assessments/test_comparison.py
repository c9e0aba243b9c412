import pytest
from hypothesis import given

from assessments.comparison import compare_elements, refs
from assessments.progression import build_progression
from assessments.ratings import Rating
from tests.assessments.tables import TREE, element_over, progressions, row, year

LISTS = [
    *("up", "down", "new_plus", "retained_plus", "lost_plus"),
    *("new_partial", "closed_partial", "open_partial"),
]


@pytest.mark.parametrize(
    ("before", "after", "lists"),
    [
        ("C", "CP", {"up", "new_plus"}),
        ("CP", "CP", {"retained_plus"}),
        ("CP", "C", {"down", "lost_plus"}),
        ("CP", "PC", {"down", "lost_plus", "new_partial"}),
        ("PC", "CP", {"up", "new_plus", "closed_partial"}),
        ("PC", "C", {"up", "closed_partial"}),
        ("PC", "PC", {"open_partial"}),
        # A partial compliance that got worse is not closed.
        ("PC", "NC", {"down"}),
        ("NC", "PC", {"up", "new_partial"}),
        ("C", "C", set()),
    ],
)
def test_a_movement_stands_in_the_lists_it_belongs_to(before, after, lists):
    found = compare_elements(element_over(before, after), 0, 1)

    assert {name for name in LISTS if getattr(found, name)} == lists


@given(progressions([2014, 2015, 2016]))
def test_up_down_and_unchanged_are_all_that_were_rated_on_both_sides(progression):
    found = compare_elements(progression, 0, 2)

    both = [
        each.node.ref
        for each in progression.element_rows
        if each.last_known(0) and each.cells[2] and each.cells[2].rating
    ]
    parts = [*found.up, *found.down, *found.unchanged]
    assert sorted(refs(parts)) == sorted(both)


@given(progressions([2014, 2015, 2016]))
def test_each_element_is_in_one_list_unless_neither_side_has_a_rating(progression):
    found = compare_elements(progression, 1, 2)

    listed = [
        *refs(found.movements),
        *(each.node.ref for each in found.newly_rated),
        *(each.node.ref for each in found.no_longer_rated),
    ]
    silent = [
        each.node.ref for each in progression.element_rows if not each.last_known(2)
    ]
    assert sorted(listed + silent) == sorted(node.ref for node in TREE.elements)


@given(progressions([2014, 2015]))
def test_new_and_retained_plus_are_the_later_years_plus(progression):
    found = compare_elements(progression, 0, 1)

    newly = [r for r in found.newly_rated if r.latest_is(Rating.PLUS)]
    counted = len(found.new_plus) + len(found.retained_plus) + len(newly)
    assert counted == progression.counts[1].plus


@given(progressions([2014, 2015]))
def test_new_and_open_partials_are_the_later_years_partials(progression):
    found = compare_elements(progression, 0, 1)

    newly = [r for r in found.newly_rated if r.latest_is(Rating.PARTIAL)]
    counted = len(found.new_partial) + len(found.open_partial) + len(newly)
    assert counted == progression.counts[1].partial


def test_a_blank_earlier_year_is_bridged_by_the_last_known_rating_and_says_so():
    found = compare_elements(element_over("PC", "", "C"), 1, 2)

    assert [(m.before, m.known_in) for m in found.movements] == [(Rating.PARTIAL, 2014)]
    assert refs(found.across_a_gap) == ["1.1.1"]


def test_what_happened_between_the_two_years_does_not_count():
    found = compare_elements(element_over("C", "PC", "C"), 0, 2)

    assert refs(found.unchanged) == ["1.1.1"]
    assert not found.across_a_gap


def test_a_blank_later_year_is_no_longer_rated():
    found = compare_elements(element_over("C", "C", ""), 0, 2)

    assert [each.node.ref for each in found.no_longer_rated] == ["1.1.1"]


def test_sub_elements_are_not_compared():
    rows = [row("1.1.1.1", 2014, "PC"), row("1.1.1.1", 2015, "C")]

    found = compare_elements(
        build_progression(TREE, [year(2014), year(2015)], rows), 0, 1
    )

    assert not found.movements


def test_calendar_years_without_an_assessment_are_named():
    years = [year(2014), year(2016), year(2019)]

    found = compare_elements(build_progression(TREE, years, []), 0, 2)

    assert found.missing_years == (2015, 2017, 2018)


def test_two_assessments_of_one_year_have_no_year_between():
    years = [year(2014), year(2014, assessment_id=2, label="2014 follow-up visit")]

    assert not compare_elements(build_progression(TREE, years, []), 0, 1).missing_years


@pytest.mark.parametrize(("earlier", "later"), [(1, 1), (1, 0), (0, 2), (-1, 1)])
def test_only_columns_in_order_can_be_compared(earlier, later):
    with pytest.raises(ValueError, match="not in order"):
        compare_elements(element_over("C", "C"), earlier, later)
