"""What counts as a mark, and that nothing else is lost or changed."""

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cse_tracker.core.rich_text.reading import read
from cse_tracker.core.rich_text.tree import (
    Bold,
    Break,
    Item,
    Link,
    Paragraph,
    Points,
    Text,
)
from cse_tracker.core.rich_text.words import excerpt, plain_words
from cse_tracker.core.rich_text.writing import write

MARKED = st.text(alphabet="ab 1.)-*+•\n\t\\[](_#>`!&:/", max_size=60)


def paragraph(*parts):
    return Paragraph(
        tuple(Text(part) if isinstance(part, str) else part for part in parts)
    )


def bullets(*items):
    return Points(
        tuple(item if isinstance(item, Item) else Item((Text(item),)) for item in items)
    )


def numbers(**items):
    return Points(
        tuple(Item((Text(words),), int(number[1:])) for number, words in items.items())
    )


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("", ()),
        (" \n ", ()),
        ("One line", (paragraph("One line"),)),
        ("One\ntwo\n\n\nthree", (paragraph("One", Break(), "two"), paragraph("three"))),
        ("A **bold** word", (paragraph("A ", Bold((Text("bold"),)), " word"),)),
        ("- one\n* two\n• three", (bullets("one", "two", "three"),)),
        ("Points:\n- one\nThen", (paragraph("Points:"), bullets("one"), paragraph("Then"))),
        ("1. one\n2) two", (numbers(_1="one", _2="two"),)),
        ("1. one\n1. two", (numbers(_1="one", _2="two"),)),
        ("3. one\n7. two", (numbers(_3="one", _7="two"),)),
        (
            "- one\n  - inside\n     - deeper\n- two",
            (bullets(Item((Text("one"),), nested=(bullets("inside", "deeper"),)), "two"),),
        ),
        ("- one\n  more of it", (bullets(Item((Text("one"), Break(), Text("more of it")))),)),
        ("Ask [us](https://a.example/x)", (paragraph("Ask ", Link("https://a.example/x", (Text("us"),))),)),
        (
            "On https://a.example/x.",
            (paragraph("On ", Link("https://a.example/x", (Text("https://a.example/x"),)), "."),),
        ),
    ],
)  # fmt: skip
def test_the_marks_of_the_subset(text, blocks):
    assert read(text) == blocks


@pytest.mark.parametrize(
    "text",
    [
        "# not a heading",
        "2026. A year is no number of a list",
        "+ 3 % since last year",
        "2 * 3 * 4 and _so_ __on__",
        "    not code",
        "> not quoted",
        "a | b",
        "<b>not bold</b> &amp; &lt;",
        "```\nnot code\n```",
        "A heading\n====",
        "[x]: y.example",
        "<a@b.example>",
        "[click](javascript:alert(1))",
        "[click](data:text/html,x)",
        "[click](/o/other/)",
        "C:\\Users\\lena",
        "£3.50 - £4.00",
    ],
)
def test_everything_else_is_plain_text(text):
    assert plain_words(text) == " ".join(text.split())
    assert all(isinstance(part, Text | Break) for part in read(text)[0].parts)


@example("- a\n  1. b\n    - c")
@example("* a\n\n  * b\n\n c")
@given(MARKED)
def test_no_letter_is_ever_lost(text):
    kept = "".join(plain_words(text))
    assert [c for c in kept if c in "ab"] == [c for c in text if c in "ab"]


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    letters = [c for c in text if c in string.ascii_letters]
    assert [c for c in plain_words(text) if c in string.ascii_letters] == letters


@example("- a\n\n  b\n  - c\n  1. d")
@given(st.text(alphabet="ab 1.)-+•\n\t\\[](_#>`!&:/", max_size=60))
def test_what_was_read_is_written_and_read_the_same(text):
    once = read(text)
    assert read(write(once)) == once


@example(["1. e", "\n", "*", "\n", "1. e"])
@given(
    st.lists(st.sampled_from(["a", "**b c**", "*", "**", "- d", "1. e", "\n", "\n  "]))
)
def test_bold_words_among_stars_are_read_the_same(pieces):
    once = read(" ".join(pieces))
    assert read(write(once)) == once


@pytest.mark.parametrize(
    "hard",
    [
        "- " * 9000,
        "  " * 9000 + "- x",
        "[" * 18000,
        "*" * 18000,
        "**a " * 5000,
        "[a](" * 4500,
    ],
)
def test_a_hostile_text_neither_fails_nor_hangs(hard):
    assert len(read(hard[:20_000])) <= 1


def test_an_excerpt_is_words_on_one_line():
    assert excerpt("**Do** this:\n- one\n- two", characters=30) == "Do this: one; two"
    assert excerpt("one two three four", characters=10) == "one two …"
