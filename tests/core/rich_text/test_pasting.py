"""Pasted Word, Excel and web content as a text of ours, and what is said to be missing."""

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cse_tracker.core.rich_text.pasting import MAX_CHARACTERS, TooMuch, convert
from cse_tracker.core.rich_text.reading import read
from cse_tracker.core.rich_text.writing import write
from tests.core.rich_text import clipboards

TAGS = ["p", "b", "ul", "ol", "li", "table", "tr", "td", "div", "h2", "a", "i", "pre"]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (clipboards.WORD, clipboards.WORD_TEXT),
        (clipboards.EXCEL, clipboards.EXCEL_TEXT),
        (clipboards.WEB, clipboards.WEB_TEXT),
        ("<table><tr><td>One cell<br>two lines</td></tr></table>", "One cell\ntwo lines"),
        ("<table><tr><td><b>Who</b></td></tr><tr><td>Lena</td></tr></table>", "- Who: Lena"),
        ("<div>one</div>two &amp; three", "one\n\ntwo & three"),
        ("<p>a<b> bold </b>word</p>", "a **bold** word"),
        ("<p class=MsoListParagraph>1)&nbsp;&nbsp; typed</p>", "1. typed"),
        ("<ul><li data-aria-level=2>deep</li></ul>", "- deep"),
        ("<p>- no point</p><p>2026. A year</p><p>2 * 3</p>", "\\- no point\n\n2026. A year\n\n2 * 3"),
        ("<p>kept<del> gone</del><span style='display:none'> hidden</span></p>", "kept"),
        ("", ""),
    ],
)  # fmt: skip
def test_words_lists_bold_and_links_come_through(html, text):
    assert convert(html).text == text


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (clipboards.WORD, "Left out: 1 picture, 1 comment in the margin and italics."),
        (clipboards.EXCEL, "1 table became a list."),
        (
            clipboards.WEB,
            (
                "Left out: 1 link that leads to no web or mail address. "
                "1 heading became a bold line. 1 point of a deeper level moved up."
            ),
        ),
        ("<img><img><svg></svg><u>x</u>", "Left out: 3 pictures and underlining."),
        ("<iframe src='//x'></iframe><del>x</del>", "Left out: 1 embedded item and 1 deleted passage."),
        ("<p>plain <a href='#there'>words</a><a name='x'></a></p>", ""),
    ],
)  # fmt: skip
def test_it_says_what_is_missing(html, said):
    assert convert(html).left_out == said


@given(
    st.lists(
        st.one_of(
            st.sampled_from([f"<{tag}>" for tag in TAGS]),
            st.sampled_from([f"</{tag}>" for tag in TAGS]),
            st.sampled_from(["<br>", "x", " y ", "*", "- ", "1. ", "](", "\\", "<li value=7>"]),
        ),
        max_size=25,
    )
)  # fmt: skip
def test_every_word_comes_through_whatever_the_tags(pieces):
    html = "".join(pieces)
    letters = [c for c in nh3.clean(html, tags=set()) if c in "xy"]
    kept = convert(html).text
    assert sorted(c for c in kept if c in "xy") == sorted(letters)
    assert write(read(kept)) == kept or read(write(read(kept))) == read(kept)


@pytest.mark.parametrize(
    "html",
    [
        "x" * (MAX_CHARACTERS + 1),
        "<div>" * 2_000,
        "<p>x" * 50_000,
        "<ul><li>" * 5_000,
        "<b><i>" * 3_000,
    ],
    ids=len,
)
def test_what_would_keep_the_server_busy_is_refused(html):
    with pytest.raises(TooMuch):
        convert(html)


@pytest.mark.parametrize(
    "html", ["<b>*</b> " * 9_000, "<br>x" * 19_000, "<div>" * 900 + "<p>x" * 9_000], ids=len
)  # fmt: skip
def test_a_long_paste_takes_a_time_that_grows_with_its_length(html):
    # Each took minutes while anything in it grew with the square.
    assert len(convert(html).text) > 9_000
