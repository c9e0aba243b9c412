"""Annexes laid out in ways that no generator thinks of, and what is said about them."""

from datetime import date
from typing import Any

import pytest

from assessments.importing.annex import AnnexReading
from assessments.importing.marks import Mark
from assessments.importing.problems import AnnexProblem
from assessments.importing.reading import read_annex_or_none
from assessments.ratings import Rating
from cse_tracker.core.importing.problems import Severity
from cse_tracker.core.tables.sheets import Sheet, Uncalculated
from tests.assessments.importing.annexes import harbour_tree

TREE = harbour_tree()
REFS = [node.ref for node in TREE.elements]
C = Rating.COMPLIANT


def sheet(*rows: Any, name: str = "Annex", **fields: Any) -> Sheet:
    return Sheet(name, tuple(tuple(row) for row in rows), **fields)


def read(*sheets: Sheet) -> AnnexReading:
    reading = read_annex_or_none(sheets, TREE, this_year=2026)
    assert reading is not None
    return reading


def said(reading: AnnexReading) -> list[tuple[str, str]]:
    """Kind and place of each problem, without the elements that these small files lack."""
    return [
        (found.code, str(found.address))
        for found in reading.problems
        if found.code != AnnexProblem.MISSING
    ]


def mark(reading: AnnexReading, ref: str, year: int) -> Mark | None:
    return reading.by_ref[ref].mark_in(year)


def test_a_file_without_headings_but_years_is_read_by_its_content():
    reading = read(
        sheet(
            (None, None, 2015),
            ("We know every boat in the harbour", "1.1.1", "C"),
            ("We know every crew and its habits", "1.1.2", "CP"),
        )
    )

    assert mark(reading, "1.1.2", 2015) == Mark(rating=Rating.PLUS)
    assert reading.by_ref["1.1.1"].text == "We know every boat in the harbour"


@pytest.mark.parametrize(
    ("name", "where"), [("", "row 2"), ("Annex", "sheet Annex, row 2")]
)
def test_what_stands_twice_names_the_first_place_as_the_file_has_it(name, where):
    reading = read(sheet(("Ref", 2015), ("1.1.1", "C"), ("1.1.1", "CP"), name=name))

    [twice] = [p for p in reading.problems if p.code == AnnexProblem.DUPLICATE_REF]
    assert twice.message == f"1.1.1 stands already in {where}."


def test_years_may_stand_left_of_the_refs():
    reading = read(sheet((2015, 2016, "Ref"), ("C", "X C", "1.1.1")))

    assert mark(reading, "1.1.1", 2016) == Mark(sampled=True, rating=C)


def test_a_title_with_a_year_is_not_the_heading():
    reading = read(
        sheet(
            ("Harbour review 2019",),
            ("Ref", "Element", 2015, 2016),
            ("1.1.1", "We moor", "C", "C"),
        )
    )

    assert [year.year for year in reading.years] == [2015, 2016]


def test_dates_may_head_the_years():
    reading = read(
        sheet(("Ref", date(2015, 6, 1), date(2016, 6, 1)), ("1.1.1", "C", "C"))
    )

    assert [year.year for year in reading.years] == [2015, 2016]


def test_visit_codes_may_stand_above_the_years():
    reading = read(sheet((None, "Y1", "Y2"), ("Ref", 2015, 2016), ("1.1.1", "C", "C")))

    assert [year.visit_code for year in reading.years] == ["Y1", "Y2"]


@pytest.mark.parametrize("is_before", [True, False])
def test_bare_sampled_columns_belong_to_the_year_beside_them(is_before):
    pairs = (
        ("Sampled", 2015, "Sampled", 2016)
        if is_before
        else (2015, "Sampled", 2016, "Sampled")
    )
    cells = (None, "C", "X", "CP") if is_before else ("C", None, "CP", "X")

    reading = read(sheet(("Ref", *pairs), ("1.1.1", *cells)))

    assert mark(reading, "1.1.1", 2015) == Mark(rating=C)
    assert mark(reading, "1.1.1", 2016) == Mark(sampled=True, rating=Rating.PLUS)
    assert not said(reading)


def test_sheets_of_one_file_may_differ_in_their_columns():
    reading = read(
        sheet(
            ("Ref", "Element", 2015, 2016),
            ("1.1.1", "We moor", "C", "CP"),
            name="Criterion 1",
        ),
        sheet(("No.", 2016, 2015), ("2.1.1", "PC", "C"), name="Criterion 2"),
    )

    assert mark(reading, "1.1.1", 2016) == Mark(rating=Rating.PLUS)
    assert mark(reading, "2.1.1", 2016) == Mark(rating=Rating.PARTIAL)


def test_an_element_on_the_sheet_of_another_criterion_is_reported():
    rows = (("Ref", 2015), ("1.1.1", "C"), ("2.1.1", "C"))

    assert said(read(sheet(*rows, name="Criterion 1"))) == [
        ("misfiled", "sheet Criterion 1, row 3, column A")
    ]


@pytest.mark.parametrize("name", ["5 year progression", "2", "C3", "Criterion 9"])
def test_a_sheet_is_for_a_criterion_only_if_its_name_says_nothing_else(name):
    reading = read(sheet(("Ref", 2015), ("1.1.1", "C"), name=name))

    assert bool(said(reading)) is (name in {"2", "C3"})


def test_a_hidden_sheet_is_left_out_and_said():
    hidden = sheet(("Ref", 2015), ("1.1.1", "NC"), name="Old", is_hidden=True)

    reading = read(sheet(("Ref", 2015), ("1.1.1", "C")), hidden)

    assert mark(reading, "1.1.1", 2015) == Mark(rating=C)
    assert said(reading) == [("sheet_not_read", "sheet Old")]


def test_a_sheet_without_a_table_is_said():
    reading = read(
        sheet(("Ref", 2015), ("1.1.1", "C")), sheet(("Notes",), name="Notes")
    )

    assert said(reading) == [("sheet_not_read", "sheet Notes")]


def test_a_column_of_ratings_under_no_year_is_an_error():
    reading = read(
        sheet(("Ref", 2015, "Latest"), ("1.1.1", "C", "CP"), ("1.1.2", "C", "C"))
    )

    assert said(reading) == [("no_year", "sheet Annex, row 1, column C")]


def test_a_self_assessment_beside_the_assessors_year_is_not_taken_for_it():
    reading = read(sheet(("Ref", "Self-assessment 2015", 2015), ("1.1.1", "CP", "C")))

    assert mark(reading, "1.1.1", 2015) == Mark(rating=C)
    assert said(reading) == [("no_year", "sheet Annex, row 1, column B")]


def test_a_year_that_appears_twice_is_read_once_and_said():
    reading = read(sheet(("Ref", 2015, "Visit 2015"), ("1.1.1", "C", "CP")))

    assert mark(reading, "1.1.1", 2015) == Mark(rating=C)
    assert said(reading) == [("duplicate_year", "sheet Annex, row 1, column C")]


def test_a_year_to_come_and_one_before_the_standard_are_errors():
    reading = read(sheet(("Ref", 1998, 2015, 2108), ("1.1.1", "C", "C", "C")))

    assert said(reading) == [
        ("impossible_year", "sheet Annex, row 1, column B"),
        ("impossible_year", "sheet Annex, row 1, column D"),
    ]


def test_a_financial_year_is_taken_as_its_first_and_said():
    reading = read(sheet(("Ref", "2015/16"), ("1.1.1", "C")))

    assert [year.year for year in reading.years] == [2015]
    assert said(reading) == [("two_years", "sheet Annex, row 1, column B")]


def test_a_year_without_any_rating_is_said_once_and_not_for_each_element():
    reading = read(
        sheet(("Ref", 2015, 2016), ("1.1.1", "C", None), ("1.1.2", "C", None))
    )

    assert said(reading) == [("empty_year", "sheet Annex, row 1, column C")]


def test_headings_repeated_in_the_middle_are_passed_over_if_they_agree():
    reading = read(
        sheet(
            ("Ref", "Element", "2015", "2016"),
            ("1", "Knowing the harbour", "Initial 2015", "Y1 2016"),
            ("1.1.1", "We moor", "C", "C"),
            ("Ref", "Element", "2015", "2016"),
            (None, None, "2015", "Visit 2016"),
            ("1.1.2", "We wait", "C", "C"),
        )
    )

    assert not said(reading)


def test_headings_repeated_in_the_middle_that_disagree_are_errors():
    reading = read(
        sheet(
            ("Ref", "Element", 2015, 2016),
            ("1.1.1", "We moor", "C", "C"),
            ("Ref", "Element", 2016, 2016),
            ("1.1", "Who moors here", 2015, 2017),
            ("1.1.2", "We wait", "C", "C"),
        )
    )

    assert said(reading) == [
        ("wrong_year", "sheet Annex, row 3, column C"),
        ("wrong_year", "sheet Annex, row 4, column D"),
    ]


@pytest.mark.parametrize("value", ["C", "X C", "X"])
def test_a_rating_in_a_heading_row_is_not_swallowed(value):
    reading = read(sheet(("Ref", 2015), ("1.1", value), ("1.1.1", "C")))

    assert said(reading) == [("unreadable", "sheet Annex, row 2, column B")]


def test_a_formula_without_its_value_is_named():
    reading = read(sheet(("Ref", 2015), ("1.1.1", Uncalculated("=B9")), ("1.1.2", "C")))

    assert mark(reading, "1.1.1", 2015) is None
    assert said(reading) == [("no_value", "sheet Annex, row 2, column B")]


def test_an_x_for_an_element_that_does_not_apply_can_not_be_right():
    reading = read(
        sheet(
            ("Ref", "2015 sampled", "2015 rating"),
            ("1.1.1", "X", "N/A"),
            ("1.1.2", "X", "C"),
        )
    )

    assert mark(reading, "1.1.1", 2015) == Mark(applicable=False)
    assert said(reading) == [("unreadable", "sheet Annex, row 2, column B")]


def test_an_element_that_does_not_apply_is_no_blank():
    reading = read(sheet(("Ref", 2015), ("1.1.1", "N/A"), ("1.1.2", "C")))

    assert not said(reading)


def test_a_parent_unlike_the_worst_of_its_parts_is_flagged():
    reading = read(
        sheet(("Ref", 2015), ("1.1.1", "PC"), ("1.1.1.1", "C"), ("1.1.1.2", "CP"))
    )

    assert said(reading) == [("parent_differs", "sheet Annex, row 2, column B")]
    assert reading.problems[0].severity is Severity.FLAG


def test_elements_that_the_file_lacks_are_listed_in_one_note():
    rows = [(ref, "C") for ref in REFS if ref not in {"1.1.2", "3.2.3"}]

    reading = read(sheet(("Ref", 2015), *rows))

    assert [found.message for found in reading.problems] == [
        "2 of 18 elements: 1.1.2, 3.2.3."
    ]


@pytest.mark.parametrize("typed", ["five", "5 of 11", 2.5])
def test_a_total_that_is_no_number_is_named(typed):
    reading = read(
        sheet(
            ("Ref", "Element", 2015),
            ("1.1.1", "We moor", "X C"),
            (None, "Elements sampled", typed),
        )
    )

    assert said(reading) == [("unreadable", "sheet Annex, row 3, column C")]


def test_the_total_of_a_year_without_any_x_may_count_what_was_assessed():
    reading = read(
        sheet(
            ("Ref", "Element", 2015, 2016),
            ("1.1.1", "We moor", "C", "X C"),
            ("1.1.2", "We wait", "C", "C"),
            (None, "Elements sampled", 2, 1),
        )
    )

    assert not said(reading)


def test_section_totals_that_call_themselves_totals_are_sections_still():
    reading = read(
        sheet(
            ("Ref", "Element", 2015),
            ("1.1.1", "We moor", "X C"),
            (None, "Total elements sampled", 1),
            ("2.1.1", "We greet", "X C"),
            ("2.1.2", "We help", "X C"),
            (None, "Total elements sampled", 2),
            (None, "Total elements sampled", 4),
        )
    )

    assert said(reading) == [("wrong_total", "sheet Annex, row 7, column C")]
    assert "4 sampled in all, its own marks give 3" in reading.problems[0].message


def test_one_total_at_the_end_stands_for_the_whole_file():
    reading = read(
        sheet(
            ("Ref", "Element", 2015),
            (1, "Knowing the harbour"),
            ("1.1.1", "We moor", "X C"),
            (2, "How the quay is run"),
            ("2.1.1", "We greet", "X C"),
            (None, "Total elements sampled", 2),
        )
    )

    assert not said(reading)


@pytest.mark.parametrize(
    "rows",
    [
        [("Day", "Dish"), ("Monday", "Soup")],
        [("Ref", 2015), ("Day", "C")],
        [("Ref", "Rating"), ("1.1.1", "C")],
        [],
    ],
)
def test_a_file_without_refs_under_years_is_no_annex(rows):
    assert read_annex_or_none([sheet(*rows)], TREE, this_year=2026) is None
