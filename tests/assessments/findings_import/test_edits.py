"""A row of the preview can be given another place, another element, another half."""

import pytest

from assessments.importing.findings.edits import (
    NoSuchRow,
    beginning_given,
    end_given,
    merged_up,
    moved,
    rewritten,
    split,
    with_inclusion,
)
from assessments.importing.findings.pointers import answering_or_none
from assessments.importing.findings.ratings import ReportedRating, ratings_to_record
from assessments.importing.findings.rows import (
    FindingRow,
    rows_from_json,
    rows_to_json,
)
from assessments.ratings import Rating


def row(key, ref="1.1.1", comment="Slow.", response="Faster.", **values):
    kind = {"kind": "compliance", "rating": "PC"} | values
    return FindingRow(key=key, ref=ref, comment=comment, response=response, **kind)


ROWS = (
    row(1, comment="One.", response="We counted, and there were"),
    row(2, ref="2.2.1", comment="Two.", response="- fifty boats.\n- A new course."),
    row(3, ref="3.3.2", comment="Three.", answered_by=2),
)


def keys(rows):
    return [each.key for each in rows]


def test_a_row_moves_up_and_down_and_stops_at_the_ends():
    assert keys(moved(ROWS, 3, by=-1)) == [1, 3, 2]
    assert keys(moved(ROWS, 1, by=1)) == [2, 1, 3]
    assert keys(moved(ROWS, 1, by=-1)) == [1, 2, 3]


def test_merging_puts_both_texts_below_the_element_above():
    whole = merged_up(ROWS, 2)[0]

    assert (whole.ref, whole.comment) == ("1.1.1", "One.\n\nTwo.")
    assert (
        whole.response == "We counted, and there were fifty boats.\n\n- A new course."
    )


def test_what_used_the_merged_rows_response_uses_the_whole_ones():
    assert merged_up(ROWS, 2)[1].answered_by == 1


def test_the_first_row_has_none_above_to_merge_with():
    with pytest.raises(NoSuchRow):
        merged_up(ROWS, 1)


def test_the_beginning_of_a_response_goes_to_the_row_it_belongs_to():
    first, second, _ = beginning_given(ROWS, 2, to=1, column="response", units=1)

    assert first.response == "We counted, and there were fifty boats."
    assert second.response == "- A new course."


def test_the_end_of_a_response_goes_back_to_the_row_below():
    moved_up = beginning_given(ROWS, 2, to=1, column="response", units=2)

    first, second, _ = end_given(moved_up, 1, to=2, column="response", units=1)

    assert first.response == "We counted, and there were fifty boats."
    assert second.response == "- A new course."


def test_splitting_makes_a_second_row_of_the_same_element():
    _, first, second, _ = split(ROWS, 2, comment_at=1, response_at=1)

    assert (first.comment, first.response) == ("Two.", "- fifty boats.")
    assert (second.ref, second.comment, second.response) == (
        "2.2.1", "", "- A new course.",
    )  # fmt: skip
    assert second.key not in keys(ROWS)


def test_a_split_that_leaves_nothing_is_refused():
    with pytest.raises(ValueError, match="empty"):
        split(ROWS, 2, comment_at=1, response_at=2)


def test_choosing_an_element_ends_the_guessing():
    edited = rewritten((row(1, ref="", is_guess=True),), 1, ref="1.1.2")

    assert (edited[0].ref, edited[0].is_guess) == ("1.1.2", False)


def test_an_improvement_reports_no_rating():
    edited = rewritten(ROWS, 1, kind="improvement")

    assert edited[0].rating == ""


def by_key(rows):
    return {each.key: each for each in rows}


def test_a_response_of_a_row_that_is_left_out_answers_nothing():
    edited = with_inclusion(ROWS, 2, is_included=False)

    assert answering_or_none(by_key(ROWS), ROWS[2]) == ROWS[1]
    assert answering_or_none(by_key(edited), edited[2]) is None


def test_two_rows_that_point_at_each_other_answer_nothing():
    ring = (row(1, answered_by=2), row(2, answered_by=1))

    assert answering_or_none(by_key(ring), ring[0]) is None


def test_ratings_to_record_are_those_that_differ():
    current = {"1.1.1": Rating.COMPLIANT, "2.2.1": Rating.PARTIAL, "3.3.2": None}

    assert ratings_to_record(ROWS, current) == [
        ReportedRating("1.1.1", Rating.COMPLIANT, Rating.PARTIAL),
        ReportedRating("3.3.2", None, Rating.PARTIAL),
    ]


def test_rows_come_back_from_storage_as_they_were():
    assert rows_from_json(rows_to_json(ROWS)) == ROWS
