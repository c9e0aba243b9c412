"""Single cells of an annex: marks, refs and headings, however they are written."""

from datetime import date

import pytest

from assessments.importing.marks import (
    Mark,
    read_mark_or_none,
    read_sampled_or_none,
)
from assessments.importing.refs import is_turned_into_date, read_ref_or_none
from assessments.importing.totals import says_total, totals_label_or_none
from assessments.importing.years import read_year_or_none
from assessments.ratings import Rating
from cse_tracker.core.tables.sheets import Uncalculated


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("CP", Rating.PLUS),
        ("compliance plus", Rating.PLUS),
        ("Compliant Plus", Rating.PLUS),
        ("compliance +", Rating.PLUS),
        ("C+", Rating.PLUS),
        ("c", Rating.COMPLIANT),
        ("Compliance", Rating.COMPLIANT),
        ("FULLY COMPLIANT", Rating.COMPLIANT),
        ("full", Rating.COMPLIANT),
        ("Partially Compliant", Rating.PARTIAL),
        ("partial-compliance", Rating.PARTIAL),
        ("Partial", Rating.PARTIAL),
        ("non-compliant", Rating.NON),
        ("Not compliant", Rating.NON),
        ("Non\u00a0compliance", Rating.NON),
    ],
)
@pytest.mark.parametrize(
    ("pattern", "sampled"),
    [("{}", False), ("X {}", True), ("x{}", True), ("{} X", True), ("(X) {}", True)],
)
def test_every_spelling_of_a_rating_is_read_with_its_x(text, rating, pattern, sampled):
    found = read_mark_or_none(pattern.format(text))

    assert found == Mark(sampled=sampled, rating=rating)


@pytest.mark.parametrize("text", ["X", "x", " X ", "(x)", "\u00d7"])
def test_an_x_alone_is_sampled_without_a_rating(text):
    assert read_mark_or_none(text) == Mark(sampled=True)


def test_a_blank_cell_says_nothing():
    assert read_mark_or_none(None) == Mark()


@pytest.mark.parametrize("text", ["N/A", "n.a.", "not applicable"])
def test_what_does_not_apply_is_read(text):
    assert read_mark_or_none(text) == Mark(applicable=False)


@pytest.mark.parametrize(
    "value",
    ["-", "?", "C/PC", "C CP", "X X C", "B", "tbc", "#N/A", 3, True, date(2015, 1, 1)],
)
def test_anything_else_can_not_be_read(value):
    assert read_mark_or_none(value) is None


def test_a_formula_without_a_value_can_not_be_read():
    assert read_mark_or_none(Uncalculated("=A1")) is None
    assert read_sampled_or_none(Uncalculated("=A1")) is None


@pytest.mark.parametrize(
    ("value", "sampled"),
    [
        *[(value, True) for value in ("X", "yes", 1, True, "\u2713")],
        *[(value, False) for value in (None, "No", 0, False)],
        *[(value, None) for value in ("perhaps", 2)],
    ],
)
def test_a_column_of_sampled_marks_takes_yes_and_no(value, sampled):
    assert read_sampled_or_none(value) is sampled


@pytest.mark.parametrize(
    ("value", "ref"),
    [
        ("1.3.3", "1.3.3"),
        ("1.3.3.", "1.3.3"),
        (" 1. 3 .3 ", "1.3.3"),
        ("1.3.3:", "1.3.3"),
        ("1.3.3.1", "1.3.3.1"),
        ("01.3.3", "1.3.3"),
        (1.1, "1.1"),
        (4, "4"),
        ("Criterion 4", "4"),
        ("CRITERION 4:", "4"),
        ("Sub-criterion 4.2", "4.2"),
        ("1.10", "1.10"),
    ],
)
def test_refs_are_read_however_they_are_written(value, ref):
    found = read_ref_or_none(value)

    assert found is not None
    assert (found.ref, found.rest) == (ref, "")


def test_words_after_a_ref_in_the_same_cell_are_its_text():
    found = read_ref_or_none("1.3.3 – We measure tides")

    assert found is not None
    assert (found.ref, found.rest) == ("1.3.3", "We measure tides")


@pytest.mark.parametrize("value", [None, "", "Ref", "1.3.3a", "Annex 1", "2014", True])
def test_what_is_no_ref_is_not_taken_for_one(value):
    assert read_ref_or_none(value) is None


@pytest.mark.parametrize(
    "value", [date(2003, 2, 1), "01/02/2003", "1-Feb", "1 February 2003", "2003-02-01"]
)
def test_a_ref_that_became_a_date_is_noticed(value):
    assert is_turned_into_date(value)
    assert read_ref_or_none(value) is None


@pytest.mark.parametrize(
    ("value", "year", "code"),
    [
        ("2014", 2014, ""),
        (2014, 2014, ""),
        ("2014.0", 2014, ""),
        (date(2014, 3, 1), 2014, ""),
        ("Y1 2015", 2015, "Y1"),
        ("2016 (RP 2)", 2016, "RP2"),
        ("Initial compliance 2014", 2014, ""),
        ("2015/16", 2015, ""),
        ("2015-2016", 2015, ""),
        ("Visit March 2017", 2017, ""),
    ],
)
def test_a_heading_that_names_a_year_is_read(value, year, code):
    found = read_year_or_none(value)

    assert found is not None
    assert (found.year, found.visit_code) == (year, code)


@pytest.mark.parametrize(
    "value",
    [
        *(None, "Ref", 57, 3014, "2014 to 2018", "2014-2018", "Evidence 2015"),
        *("Self-assessment 2016", "12014", True, "2015 " + "and so on " * 8),
    ],
)
def test_a_heading_of_several_years_or_of_something_else_is_no_year(value):
    assert read_year_or_none(value) is None


def test_a_heading_over_sampled_marks_is_told_from_one_over_ratings():
    sampled = read_year_or_none("2015 sampled")
    rating = read_year_or_none("2015 rating")

    assert sampled is not None
    assert rating is not None
    assert (sampled.only_sampled, rating.only_sampled) == (True, False)


@pytest.mark.parametrize(
    ("label", "is_total"),
    [
        ("Elements sampled", False),
        ("Elements samples", False),
        ("No. of elements sampled:", False),
        ("Number sampled", False),
        ("Total elements sampled", True),
        ("Overall sampled", True),
    ],
)
def test_rows_of_typed_totals_are_known_by_their_label(label, is_total):
    found = totals_label_or_none([None, label, 5])

    assert found is not None
    assert says_total(found) is is_total


@pytest.mark.parametrize("label", ["X means sampled", "We sampled two boats", "Total"])
def test_other_rows_are_not_taken_for_totals(label):
    assert totals_label_or_none([label]) is None
