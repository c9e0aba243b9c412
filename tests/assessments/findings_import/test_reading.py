"""Tables of findings are read row by row, whatever a document did to them."""

from collections import Counter
from dataclasses import replace
from time import process_time

import pytest

from assessments.importing.findings import checks as checks_module
from assessments.importing.findings.checks import RowCheck, problems_of
from assessments.importing.findings.edits import rewritten, with_inclusion
from assessments.importing.findings.reading import read_findings
from assessments.importing.findings.rows import FindingRow
from cse_tracker.core.text_tables.limits import MAX_CELL_CHARACTERS
from cse_tracker.core.text_tables.pasted import read_html, read_tabbed
from cse_tracker.core.text_tables.tables import TextCell, TextTable
from tests.assessments.findings_import.documents import (
    CUT_UP,
    HEADING,
    appendix,
    own_tree,
    reading_of,
    reading_of_word,
)


def refs(rows):
    return [row.ref for row in rows]


@pytest.fixture(scope="module")
def rows():
    return reading_of_word(appendix()).rows


@pytest.fixture(scope="module")
def cut_up():
    return read_findings(read_tabbed(CUT_UP), own_tree()).rows


def checks(rows, key):
    return [problem.check for problem in problems_of(rows, known={})[key]]


def test_rows_go_to_their_elements_and_titles_tell_the_kind(rows):
    assert [(row.ref, row.kind, row.rating) for row in rows] == [
        ("1.3.4", "compliance", "PC"),
        ("1.3.4", "compliance", "PC"),
        ("2.2.1", "compliance", "PC"),
        ("3.3.2", "compliance", "PC"),
        ("5.1.1", "compliance", "PC"),
        ("1.2.1", "improvement", ""),
        ("3.4.2", "improvement", ""),
    ]


def test_an_element_without_a_ref_is_found_by_its_words(rows):
    assert "found by its words. It fits well." in rows[2].notes[0]
    assert not rows[2].is_guess


def test_a_response_in_mid_sentence_is_flagged_with_the_row_it_belongs_to(rows):
    [problem] = problems_of(rows, known={})[rows[2].key]

    assert problem.check is RowCheck.MID_SENTENCE
    assert (problem.column, problem.belongs_to) == ("response", rows[1].key)
    assert "probably belongs to row 2 (1.3.4)" in problem.message


def test_response_as_above_is_tied_to_the_response_above(rows):
    assert rows[4].answered_by == rows[3].key


def test_an_improvement_may_come_without_a_comment(rows):
    assert (rows[6].comment, checks(rows, rows[6].key)) == ("", [RowCheck.NO_COMMENT])


def test_bullets_that_were_typed_become_a_list(rows):
    assert rows[0].comment == (
        "- The ferry desk has no target.\n- The harbour tour has one for show."
    )


def test_each_row_says_where_it_stood(rows):
    assert rows[2].place == "Table 1, row 4"


def test_cut_rows_are_joined_and_repeated_headings_dropped(cut_up):
    assert refs(cut_up) == [
        "1.3.4", "1.3.4", "2.2.1", "3.3.2", "5.1.1", "1.2.1", "3.4.2",
    ]  # fmt: skip
    assert cut_up[1].comment == (
        "- The harbour tour was timed once, and nobody knows what became of it. "
        "Some say that the boat was late."
    )
    assert cut_up[1].response == (
        "We time it each month now. In May it took twenty minutes, in June fifteen.\n\n"
        "The skipper keeps a log."
    )
    assert cut_up[5].response == (
        "We will write to them, and to the divers (if they have an address)."
    )


def test_a_list_over_a_page_break_stays_one_comment(cut_up):
    assert cut_up[2].comment == (
        "New wardens wait a year. Their worries are\n\n"
        "1. The night watch.\n2. The far pier in winter.\n\n"
        "On the last day you showed us a new rota."
    )


def test_a_beginning_in_mid_sentence_is_not_joined_over_an_element_of_its_own(cut_up):
    assert cut_up[2].response.startswith("- half of what it was.")
    assert RowCheck.MID_SENTENCE in checks(cut_up, cut_up[2].key)


def test_a_bullet_without_words_is_dropped(cut_up):
    assert cut_up[4].response == "Response as above."
    assert cut_up[4].answered_by == cut_up[3].key


def test_a_table_pasted_from_a_page_reads_like_the_word_file():
    page = """<h2>Areas for improvement</h2><table><tr><th>Ref</th><th>Comments</th>
    <th>Response</th></tr><tr><td rowspan="2">1.2.1</td><td>Ask the <b>rowing</b> club.</td>
    <td rowspan="2"><p>See <a href="https://quay.example/">the plan</a>:</p>
    <ul><li>by May</li></ul></td></tr><tr><td>Ask the divers.</td></tr></table>"""

    first, second = read_findings(read_html(page), own_tree()).rows

    assert (first.ref, first.kind) == ("1.2.1", "improvement")
    assert first.comment == "Ask the **rowing** club."
    assert first.response == "See [the plan](https://quay.example/):\n\n- by May"
    assert (second.ref, second.comment) == ("1.2.1", "Ask the divers.")
    assert second.answered_by == first.key


def test_numbered_points_of_one_row_keep_the_response_of_the_same_number():
    rows = reading_of(
        HEADING,
        ("4.3.1", "", "Two things:\n\n1. Slow.\n2. Rude.", "1. Faster.\n2. A course."),
    ).rows

    assert [(row.comment, row.response) for row in rows] == [
        ("Two things:\n\n1. Slow.", "1. Faster."),
        ("2. Rude.", "2. A course."),
    ]


def test_points_without_numbers_on_both_sides_stay_one_finding():
    [row] = reading_of(
        HEADING, ("4.3.1", "", "1. Slow.\n2. Rude.", "We will see to both.")
    ).rows

    assert row.response == "We will see to both."


@pytest.mark.parametrize(
    "heading",
    [
        ("Ref", "Comments"),
        ("Ref.", "Assessor's feedback", "Our answer"),
        ("Element Ref", "Finding", "Response/Recommendation"),
        ("Reference", "Criterion", "Area for improvement", "Management response"),
    ],
)
def test_columns_are_known_by_many_headings(heading):
    width = len(heading)
    cells = {2: ("1.2.1", "Ask."), 3: ("1.2.1", "Ask.", "Yes.")}
    line = cells.get(width, ("1.2.1", "Consulting", "Ask.", "Yes."))

    [row] = reading_of(heading, line).rows

    assert (row.ref, row.comment) == ("1.2.1", "Ask.")
    assert row.response == ("Yes." if width > 2 else "")


def test_a_table_without_a_heading_is_read_where_its_first_column_holds_refs():
    [row] = reading_of(("1.2.1", "Ask the rowing club.", "We will.")).rows

    assert (row.ref, row.response) == ("1.2.1", "We will.")


def test_a_table_of_something_else_is_not_read_and_named():
    reading = reading_of(("Day", "Dish"), ("Monday", "Soup"))

    assert reading.rows == ()
    assert "Table 1 was not read" in reading.notices[0]


def test_a_column_that_is_not_read_is_named():
    reading = reading_of(("Ref", "Comments", "Colour"), ("1.2.1", "Ask.", "red"))

    assert reading.notices == ("The column “Colour” of table 1 was not read.",)


def test_a_title_inside_the_table_changes_the_kind():
    rows = reading_of(
        ("Ref", "Comments", "Response"),
        ("1.1.1", "No profile.", ""),
        ("Areas for improvement", "", ""),
        ("1.2.1", "Ask.", ""),
    ).rows

    assert [row.kind for row in rows] == ["compliance", "improvement"]


def test_a_title_counts_before_a_sentence_and_the_column_heading_last():
    line = ("1.1.1", "No profile.")
    sentence = "The assessor also named areas for improvement."

    def kind(heading, *titles):
        rows = tuple(tuple(TextCell(text) for text in each) for each in (heading, line))
        [row] = read_findings([TextTable(1, rows, titles)], own_tree()).rows
        return row.kind

    assert kind(("Ref", "Comments"), "Partial compliance", sentence) == "compliance"
    assert kind(("Ref", "Partial compliance")) == "compliance"
    assert kind(("Ref", "Area for improvement")) == "improvement"


def test_non_compliance_in_the_title_reports_that_rating():
    [row] = reading_of(
        HEADING, ("1.1.1", "", "None.", ""), title="Non-compliances"
    ).rows

    assert (row.kind, row.rating) == ("compliance", "NC")


def test_words_of_another_element_beside_a_ref_are_flagged():
    words = "Policies for recruiting, training and developing staff show commitment"
    [row] = reading_of(HEADING, ("1.1.1", words, "A year's wait.", "Soon.")).rows

    assert (row.ref, row.is_guess) == ("1.1.1", True)
    assert "are those of 2.2.1" in row.notes[0]


def test_a_ref_the_standard_lacks_asks_for_an_element():
    rows = reading_of(HEADING, ("9.9.9", "", "Odd.", "Yes.")).rows

    assert rows[0].ref == ""
    assert "names no element" in rows[0].notes[0]
    assert checks(rows, 1) == [RowCheck.NO_ELEMENT]


def test_a_comment_that_the_element_has_already_is_flagged():
    rows = reading_of(HEADING, ("1.1.1", "", "No **profile**.", "Soon.")).rows

    [problem] = problems_of(rows, known={"1.1.1": {"no profile."}})[1]

    assert problem.check is RowCheck.KNOWN


def test_a_row_whose_words_were_all_moved_away_has_to_be_left_out(rows):
    edited = rewritten(rows, 7, response="")

    [problem] = problems_of(edited, known={})[7]

    assert (problem.check, problem.is_barrier) == (RowCheck.NO_WORDS, True)


def test_a_row_that_is_left_out_has_no_problems(rows):
    edited = with_inclusion(rows, 3, is_included=False)

    assert problems_of(edited, known={})[3] == []


def test_each_text_is_parsed_once_however_many_rows_there_are(monkeypatch):
    parsed = Counter()

    def counting(name):
        real = getattr(checks_module, name)

        def count(text):
            parsed[name] += 1
            return real(text)

        monkeypatch.setattr(checks_module, name, count)

    counting("same_words")
    counting("ends_in_mid_sentence")
    row = FindingRow(
        key=0,
        ref="1.1.1",
        kind="compliance",
        rating="PC",
        comment="and nobody asks the anglers.",
        response="",
    )

    problems = problems_of([replace(row, key=n) for n in range(200)], known={})

    assert [p.check for p in problems[199]].count(RowCheck.TWICE) == 1
    assert parsed["same_words"] == 200
    assert parsed["ends_in_mid_sentence"] <= 200


def test_rows_are_joined_to_no_more_than_a_cell_may_hold():
    line = "and then the ferry went to the far pier once again, with " * 20
    lines = [("", "", line, "")] * 40
    rows = reading_of(HEADING, ("1.1.1", "", "First", "Soon."), *lines).rows

    assert 1 < len(rows) < 5
    assert all(len(row.comment) <= MAX_CELL_CHARACTERS for row in rows)
    assert sum(row.comment.count("far pier") for row in rows) == 800
    assert refs(rows) == ["1.1.1"] * len(rows)


@pytest.mark.slow
def test_a_long_chain_of_rows_that_share_a_response_is_followed_quickly():
    first = FindingRow(1, "1.1.1", "compliance", "PC", "A word.", "Soon.")
    chain = [
        replace(first, key=key, response="", answered_by=key - 1)
        for key in range(2, 1_001)
    ]
    began = process_time()

    problems = problems_of([first, *chain], known={})

    assert [each.check for each in problems[1_000]] == [RowCheck.TWICE]
    # It took six seconds and more, searching all rows for each link.
    assert process_time() - began < 3
