"""Tables from the clipboard keep their cells, whatever copied them."""

import pytest

from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.text_tables.cells import plain_cell_text
from cse_tracker.core.text_tables.pasted import read_html, read_tabbed


def texts(tables):
    return [[[cell.text for cell in row] for row in table.rows] for table in tables]


def test_a_line_end_inside_a_cell_of_plain_text_breaks_no_row():
    pasted = "Ref\tComment\tResponse\n1.1.1\tFirst\nsecond\tYes\nindeed\n1.1.2\tB\tC"

    assert texts(read_tabbed(pasted)) == [
        [
            ["Ref", "Comment", "Response"],
            ["1.1.1", "First\nsecond", "Yes\nindeed"],
            ["1.1.2", "B", "C"],
        ]
    ]


def test_a_cell_that_a_spreadsheet_quotes_loses_its_quotation_marks():
    assert texts(read_tabbed('1.1.1\t"Say ""no"""')) == [[["1.1.1", 'Say "no"']]]


def test_titles_between_tables_of_plain_text_are_kept():
    first, second = read_tabbed("One\n\na\tb\n## Two\n\nc\td")

    assert (first.titles, second.titles) == (("One",), ("Two",))


def test_a_cell_over_two_rows_and_one_over_two_columns_are_laid_out():
    [table] = read_html(
        "<table><tr><td rowspan=2>a</td><td colspan=2>b</td></tr>"
        "<tr><td>c</td><td>d</td></tr></table>"
    )

    assert [cell.text for cell in table.rows[0]] == ["a", "b", ""]
    assert [cell.text for cell in table.rows[1]] == ["", "c", "d"]
    assert table.rows[1][0].continues


def test_a_table_inside_a_cell_is_a_list_there():
    [table] = read_html(
        "<table><tr><td>x</td><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>"
    )

    assert table.rows[0][1].text == "- a; b"


def test_words_without_a_table_are_refused():
    with pytest.raises(RuleBroken, match="There is no table"):
        read_html("<p>Words</p>")


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("• one\n• two", "- one\n- two"),
        ("Both:\n1. one\n2) two", "Both:\n\n1. one\n2. two"),
        ("- one\n- two", "- one\n- two"),
        ("- 3 % less", "\\- 3 % less"),
        ("1. one.\nAfter it.", "1. one.\n\nAfter it."),
        ("A line\nthat was cut", "A line\nthat was cut"),
        ("1.3.4", "1.3.4"),
        ("•", ""),
    ],
)
def test_typed_marks_become_a_list(typed, text):
    assert plain_cell_text(typed) == text
