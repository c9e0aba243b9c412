from hypothesis import given

from assessments.count_tables import (
    codes_in_words,
    element_groups,
    latest_counts,
    sub_element_groups,
)
from assessments.counts import RatingCounts
from assessments.progression import build_progression
from tests.assessments.tables import TREE, carried, progressions, row, year


@given(progressions([2014, 2015]))
def test_the_lines_of_all_criteria_are_the_sums_of_the_criteria(progression):
    whole, *parts = element_groups(progression)

    for place, line in enumerate(whole.rows):
        for position, number in enumerate(line.numbers):
            shares = [int(part.rows[place].numbers[position]) for part in parts]
            assert int(number) == sum(shares)


@given(progressions([2014, 2015]))
def test_the_lines_of_each_year_add_up_to_its_elements(progression):
    for group in element_groups(progression)[:1]:
        ratings = [line for line in group.rows if line.label != "Sampled"]
        for position, counts in enumerate(progression.counts):
            numbers = [int(line.numbers[position]) for line in ratings]
            assert sum(numbers) == counts.total


def test_a_year_that_examines_everything_has_no_number_of_samples():
    years = [year(2014, examines_everything=True), year(2015)]
    rows = [row("1.1.1", 2015, "C", sampled=True)]

    whole = element_groups(build_progression(TREE, years, rows))[0]

    assert whole.rows[-1].label == "Sampled"
    assert whole.rows[-1].numbers == ("all", "1")


def test_a_full_assessment_that_carries_ratings_examined_only_the_others():
    full = year(2016, examines_everything=True)
    rows = [
        carried("1.1.1", 2016, "C", 2015, "C"),
        row("1.1.2", 2016, "C", basis="assessed"),
        row("2.1.1", 2016, "CP", basis="assessed"),
    ]

    whole, first, second = element_groups(build_progression(TREE, [full], rows))

    assert whole.rows[-1].numbers == ("2",)
    assert (first.rows[-1].numbers, second.rows[-1].numbers) == (("1",), ("all",))


def test_sub_elements_are_counted_apart_and_only_where_there_are_some():
    progression = build_progression(TREE, [year(2015)], [row("2.1.2.1", 2015, "PC")])

    groups = sub_element_groups(progression)

    assert [group.name for group in groups] == ["All criteria", "2 Title of 2"]
    assert [line.label for line in groups[0].rows] == ["Partial compliance"]


def test_an_organisation_without_sub_elements_has_no_table_of_them():
    assert not sub_element_groups(build_progression(TREE, [year(2015)], []))


def test_the_newest_year_says_what_became_of_the_year_before():
    rows = [row("1.1.1", 2014, "PC"), row("1.1.2", 2014, "C")]
    rows += [row("1.1.1", 2015, "C"), row("1.1.2", 2015, "C")]

    latest = latest_counts(build_progression(TREE, [year(2014), year(2015)], rows))

    assert [(each.label, each.count, each.change) for each in latest] == [
        ("Compliance Plus", 0, "as in 2014"),
        ("Compliant", 2, "1 more than in 2014"),
        ("Partial compliance", 0, "1 fewer than in 2014"),
        ("Not rated", 3, ""),
    ]


def test_the_first_year_is_compared_with_nothing():
    latest = latest_counts(build_progression(TREE, [year(2014)], []))

    assert {each.change for each in latest} == {""}


def test_non_compliance_is_named_as_soon_as_any_year_has_it():
    rows = [row("1.1.1", 2014, "NC"), row("1.1.1", 2015, "C")]

    latest = latest_counts(build_progression(TREE, [year(2014), year(2015)], rows))

    assert "Non-compliance" in [each.label for each in latest]


def test_a_year_in_short_lines_leaves_out_what_is_nought():
    assert codes_in_words(RatingCounts(plus=3, partial=1, blank=2)) == (
        *("3 CP", "1 PC", "2 not rated"),
    )
