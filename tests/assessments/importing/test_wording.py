"""The wording that a file carries: tidied, compared with what is shown, never reworded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.importing.annex import AnnexReading
from assessments.importing.problems import AnnexProblem
from assessments.importing.reading import read_annex_or_none
from assessments.importing.wording import (
    differs,
    new_wording,
    offered_wording,
    tidy_guidance,
    tidy_lines,
    tidy_statement,
)
from assessments.tree import Words
from assessments.wording_page import WordingStanding, compare, tally_words
from cse_tracker.core.word_differences import Mark as PieceMark
from tests.assessments.importing.annexes import (
    draft_annex,
    harbour_tree,
    simple_marks,
)

TREE = harbour_tree()


def read(draft) -> AnnexReading:
    reading = read_annex_or_none(draft.as_sheets(), TREE, this_year=2026)
    assert reading is not None
    return reading


@pytest.mark.parametrize(
    ("cell", "statement"),
    [
        ("We moor  boats\nby night. ", "We moor boats by night."),
        ("We moor boats", "We moor boats"),
        ("", ""),
    ],
)
def test_a_statement_is_one_line_with_single_blanks(cell, statement):
    assert tidy_statement(cell) == statement


@pytest.mark.parametrize(
    ("cell", "entries"),
    [
        ("• Ropes • Logs", ["Ropes", "Logs"]),
        ("Ropes and\nlogs\nLetters", ["Ropes and logs", "Letters"]),
        ("- Ropes\n- Logs", ["Ropes", "Logs"]),
        ("• Ropes\n\n•  Logs,\n  well kept", ["Ropes", "Logs, well kept"]),
        ("Well-kept logs - and ropes", ["Well-kept logs - and ropes"]),
        ("• ropes • logs", ["ropes", "logs"]),
        (" \n ", []),
    ],
)
def test_guidance_is_one_point_a_line_without_the_cells_bullets(cell, entries):
    assert tidy_guidance(cell).splitlines() == entries


@given(st.text(alphabet="abc AB.\n•", max_size=60))
def test_tidying_changes_no_word_and_what_is_tidy_stays(text):
    tidied = tidy_guidance(text)

    assert tidied.split() == text.replace("•", " ").split()
    assert tidy_lines(tidied) == tidied


def test_what_a_file_leaves_blank_says_nothing():
    assert not differs(Words("", "Ropes"), Words("We moor boats.", "Ropes"))
    assert differs(Words("We moor ships.", ""), Words("We moor boats.", "Ropes"))


def test_each_element_is_offered_with_its_cell_and_sub_elements_are_not(three_years):
    reading = read(three_years)

    offered = offered_wording(reading)

    assert [each.ref for each in offered] == [node.ref for node in TREE.elements]
    assert offered[0].words == Words(
        "We keep mooring rule 1.1.1, in fair weather; and in foul",
        "Ropes, logs and letters that show 1.1.1",
    )
    assert offered[0].address.letter == "B"


def test_an_adopted_wording_that_the_file_has_otherwise_is_flagged_with_its_cell(
    three_years,
):
    from_file = {each.ref: each for each in offered_wording(read(three_years))}
    adopted = adopted_tree(from_file)
    _, row = three_years.row_of("1.1.2")
    row.cells[three_years.text_column] += " as ever"
    drifted = read(three_years)

    [changed] = new_wording(drifted, adopted)
    by_ref = {
        each.node.ref: each for each in compare(adopted, offered_wording(drifted))
    }

    assert changed.ref == "1.1.2"
    assert by_ref["1.1.2"].standing is WordingStanding.DRIFTED
    assert by_ref["1.1.1"].standing is WordingStanding.SAME
    marked = [
        piece.text.strip()
        for piece in by_ref["1.1.2"].in_file.statement
        if piece.mark is not PieceMark.SAME
    ]
    assert "as ever" in " ".join(marked)
    assert "1 element in other words than you adopted" in tally_words(
        list(by_ref.values())
    )


def test_our_own_words_never_drift(three_years):
    [first, *_] = compare(TREE, offered_wording(read(three_years)))

    assert first.standing is WordingStanding.NEW
    assert AnnexProblem.DRIFTED_WORDING.severity == "flag"


def test_a_file_without_statements_offers_nothing():
    draft = draft_annex(simple_marks([2016]), [2016])
    for _, row in draft.rows("element"):
        row.cells = {k: v for k, v in row.cells.items() if k not in {2, 3}}

    assert offered_wording(read(draft)) == []


def adopted_tree(offered):
    return TREE.with_wording(
        {TREE.by_ref[ref].id: each.words for ref, each in offered.items()}
    )
