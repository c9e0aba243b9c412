"""Separated text in the shapes that Excel and other programs write."""

import pytest

from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.tables.delimited import read_delimited


def rows(data):
    return read_delimited(data, name="Sheet 1").rows


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_even_in_a_file_full_of_the_others(separator):
    lines = [
        separator.join(["1.1", '"Boats, ropes; and | buoys"', "C", "CP"])
        for _ in range(4)
    ]

    found = rows("\r\n".join(lines).encode())

    assert found[0] == ("1.1", "Boats, ropes; and | buoys", "C", "CP")


def test_unquoted_sentences_with_commas_do_not_make_a_comma_file():
    text = (
        "Ref;Element;2015\n1.1;We moor, tie, and wait;C\n1.2;We sail, too, often;CP\n"
    )

    assert rows(text.encode())[1] == ("1.1", "We moor, tie, and wait", "C")


def test_excels_own_line_about_the_separator_is_heeded_and_not_a_row():
    assert rows(b"sep=;\r\na;b,c\r\n") == (("a", "b,c"),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_found(encoding):
    found = rows("Ref,Who’s moored – and why\n1,é".encode(encoding))

    assert found == (("Ref", "Who’s moored – and why"), ("1", "é"))


def test_a_line_break_inside_quotes_stays_in_its_cell():
    assert rows(b'a,"b\r\nc"\r\nd,e\r\n') == (("a", "b\r\nc"), ("d", "e"))


def test_blank_cells_and_blank_rows_keep_the_numbers_of_the_others():
    assert rows(b"a,,b\n,,\n , ,c\n") == (("a", None, "b"), (), (None, None, "c"))


def test_a_quotation_mark_that_stays_open_is_refused():
    with pytest.raises(RuleBroken, match="opened and never closed"):
        rows(b'Ref,2015\n1.1,"C\n1.2,CP\n')


def test_text_after_a_closing_quote_is_read_as_excel_does():
    assert rows(b'a,"b" c\nd,e\n') == (("a", "b c"), ("d", "e"))


@pytest.mark.parametrize(
    "data", [b"a,b\x00c\n", b"\xff\xfea\xd8", b"\x81\x8d\x8f\x90 \x9d\xff,1"]
)
def test_what_is_no_text_is_refused(data):
    with pytest.raises(RuleBroken, match="not a text table"):
        rows(data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a,b\n" * 5_001, "more than 5,000 rows"),
        (b",".join([b"a"] * 201), "wider than 200 columns"),
        (b"a,b\n" + b"c" * 40_001, "more than 40,000 characters"),
        (b"\n".join([b",".join([b"a"] * 150)] * 700), "more than 100,000 filled cells"),
    ],
)
def test_a_table_larger_than_any_annex_is_refused(data, words):
    with pytest.raises(RuleBroken, match=words):
        rows(data)


def test_a_separator_that_cuts_all_rows_alike_beats_a_cell_full_of_another():
    text = 'Number,Action\r\n1,"a;b;c;d;e;f;g;h;i;j"\r\n'

    assert rows(text.encode())[1] == ("1", "a;b;c;d;e;f;g;h;i;j")
