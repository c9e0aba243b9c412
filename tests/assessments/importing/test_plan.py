"""What importing would do: kinds and bases proposed, the record compared."""

from assessments.importing.annex import AnnexReading
from assessments.importing.plan import (
    ExistingResult,
    ExistingYear,
    YearChoice,
    plan_import,
    proposed_choice,
)
from assessments.importing.reading import read_annex_or_none
from assessments.ratings import Basis, Rating
from assessments.tree import Kind, Node
from cse_tracker.core.tables.sheets import Sheet
from tests.assessments.importing.annexes import harbour_tree

TREE = harbour_tree()
THIS_YEAR = 2026


def read(*rows) -> AnnexReading:
    reading = read_annex_or_none([Sheet("Annex", rows)], TREE, this_year=THIS_YEAR)
    assert reading is not None
    return reading


def plan(reading, existing=None, **changes):
    """The plan with what is proposed; ``y2015=YearChoice(…)`` decides otherwise."""
    known = existing or {}
    choices = {
        year.year: changes.get(f"y{year.year}")
        or proposed_choice(year, known.get(year.year), this_year=THIS_YEAR)
        for year in reading.years
    }
    return plan_import(reading, TREE, choices=choices, existing=known)


def result(planned_year, ref):
    return next(found for found in planned_year.results if found.ref == ref)


def existing(kind="review", *, is_open=True, **ratings):
    """A year of the record: ``existing(r1_1_1=("C", True))`` is rating and sampled."""
    results = {
        name[1:].replace("_", "."): ExistingResult(
            number, 1, Rating(code) if code else None, sampled, applicable=True
        )
        for number, (name, (code, sampled)) in enumerate(ratings.items(), 1)
    }
    return ExistingYear(9, kind, is_open, results)


def test_a_year_without_any_x_is_proposed_as_full_and_one_with_as_a_review():
    reading = read(("Ref", "Initial 2015", 2016, 2017), ("1.1.1", "C", "C", "X C"))

    kinds = [
        proposed_choice(year, None, this_year=THIS_YEAR).kind for year in reading.years
    ]

    assert kinds == ["initial", "full", "review"]


def test_a_year_is_initial_where_a_heading_further_down_says_so():
    reading = read(
        ("Ref", "Element", "2014", "Y1 2015"),
        ("Criterion 1", "Customer Insight", "Initial compliance 2014", None),
        ("1.1.1", "Insight", "C", "X C"),
    )
    staged = AnnexReading.from_json(reading.to_json(), [])

    kinds = [
        proposed_choice(year, None, this_year=THIS_YEAR).kind for year in staged.years
    ]

    assert kinds == ["initial", "review"]


def test_years_to_come_empty_and_confirmed_ones_are_not_proposed():
    reading = read(("Ref", 2015, 2016, 2108), ("1.1.1", "C", None, "C"))
    confirmed = existing(is_open=False)

    included = [
        proposed_choice(year, found, this_year=THIS_YEAR).include
        for year, found in zip(reading.years, [confirmed, None, None], strict=True)
    ]

    assert included == [False, False, False]


def test_an_existing_assessment_keeps_its_kind():
    reading = read(("Ref", 2015), ("1.1.1", "C"))

    choice = proposed_choice(
        reading.years[0], existing("follow-up"), this_year=THIS_YEAR
    )

    assert choice.kind == "follow-up"


def test_in_a_full_year_every_rating_is_assessed_and_a_blank_one_recorded():
    year = plan(read(("Ref", 2015), ("1.1.1", "C"), ("1.1.2", None))).years[0]

    assert result(year, "1.1.1").basis is Basis.ASSESSED
    assert result(year, "1.1.2").basis is Basis.RECORDED


def test_an_unmarked_rating_is_carried_from_the_last_known_one_over_a_blank_year():
    reading = read(
        ("Ref", 2015, 2016, 2017),
        ("1.1.1", "C", None, "C"),
        ("1.1.2", "C", "X C", "X C"),
    )

    found = result(plan(reading).years[2], "1.1.1")

    assert (found.basis, found.source_year) == (Basis.CARRIED, 2015)


def test_a_first_unmarked_rating_in_a_review_is_recorded_and_not_flagged():
    reading = read(("Ref", 2015), ("1.1.1", "C"), ("1.1.2", "X C"))

    planned = plan(reading)

    assert result(planned.years[0], "1.1.1").basis is Basis.RECORDED
    assert planned.problems == ()


def test_an_unmarked_rating_that_differs_is_recorded_and_flagged_at_its_cell():
    reading = read(("Ref", 2015, 2016), ("1.1.1", "C", "CP"), ("1.1.2", "C", "X CP"))

    planned = plan(reading)

    assert result(planned.years[1], "1.1.1").basis is Basis.RECORDED
    assert [(found.code, str(found.address)) for found in planned.problems] == [
        ("changed_unsampled", "sheet Annex, row 2, column C")
    ]


def test_a_part_that_changed_with_its_sampled_element_is_not_flagged():
    reading = read(("Ref", 2015, 2016), ("1.1.1", "PC", "X C"), ("1.1.1.1", "PC", "C"))

    assert plan(reading).problems == ()


def test_calling_the_year_full_takes_the_flags_away():
    reading = read(("Ref", 2015, 2016), ("1.1.1", "C", "CP"), ("1.1.2", "C", "X C"))

    planned = plan(reading, y2016=YearChoice(include=True, kind="full"))

    assert planned.problems == ()
    assert result(planned.years[1], "1.1.1").basis is Basis.ASSESSED


def test_the_record_is_known_before_the_files_first_year():
    reading = read(("Ref", 2016), ("1.1.1", "C"), ("1.1.2", "X C"))

    planned = plan(reading, {2014: existing(r1_1_1=("C", False))})

    found = result(planned.years[0], "1.1.1")
    assert (found.basis, found.source_year) == (Basis.CARRIED, 2014)


def test_a_new_year_has_a_result_for_each_element_also_for_those_the_file_lacks():
    year = plan(read(("Ref", 2015), ("1.1.1", "C"))).years[0]

    assert len(year.created) == 18
    assert (year.counts.compliant, year.counts.blank) == (1, 17)


def test_what_the_record_says_already_is_unchanged():
    reading = read(("Ref", 2015), ("1.1.1", "X C"), ("1.1.2", "CP"))
    record = {2015: existing(r1_1_1=("C", True), r1_1_2=("C", False))}

    year = plan(reading, record).years[0]

    assert [found.ref for found in year.changed] == ["1.1.2"]
    assert (year.unchanged_count, year.created) == (1, [])


def test_a_blank_cell_leaves_an_existing_rating_alone_and_counts_it():
    reading = read(("Ref", 2015), ("1.1.1", None), ("1.1.2", "X C"))

    year = plan(reading, {2015: existing(r1_1_1=("PC", True))}).years[0]

    assert "1.1.1" not in [found.ref for found in year.results]
    assert year.counts.partial == 1


def test_only_sub_elements_that_come_to_exist_are_new():
    reading = read(
        ("Ref", 2015, 2016),
        ("1.1.1", "C", "X C"),
        ("1.1.1.1", "C", None),
        ("1.1.1.2", None, "C"),
    )

    planned = plan(reading, y2016=YearChoice(include=False, kind="review"))

    assert [line.ref for line in planned.new_sub_elements] == ["1.1.1.1"]


def test_a_sub_element_that_exists_in_other_words_keeps_its_own_and_is_flagged():
    parts = [
        Node(90, "1.1.1.1", Kind.SUB_ELEMENT, "Bow", "We tie  the bow"),
        Node(91, "1.1.1.2", Kind.SUB_ELEMENT, "Stern", "We tie the stern"),
    ]
    reading = read(
        ("Ref", "Element", 2015),
        ("1.1.1", "We tie", "C"),
        ("1.1.1.1", "We tie the bow", "C"),
        ("1.1.1.2", "We tie the sail", "C"),
    )

    planned = plan_import(
        reading,
        TREE.with_nodes(parts),
        choices={2015: YearChoice(include=True, kind="full")},
        existing={},
    )

    assert [(found.code, str(found.address)) for found in planned.problems] == [
        ("other_words", "sheet Annex, row 4")
    ]
