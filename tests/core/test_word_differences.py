"""Two texts: which words stayed, which went, which came."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cse_tracker.core.word_differences import (
    Mark,
    after_of,
    before_of,
    word_differences,
)

words = st.lists(
    st.sampled_from(["we", "ask", "tenants", "in", "May.", "\n", "\n\n", " ", "- a"])
).map(" ".join)
texts = st.one_of(st.text(), words)


def marked(before, after):
    return [(piece.mark, piece.text) for piece in word_differences(before, after)]


def joined(pieces):
    return "".join(piece.text for piece in pieces)


@given(texts, texts)
def test_the_difference_applied_to_one_text_gives_the_other(before, after):
    pieces = word_differences(before, after)

    assert joined(before_of(pieces)) == before
    assert joined(after_of(pieces)) == after


@given(texts, texts)
def test_no_piece_is_empty_and_none_follows_its_like(before, after):
    pieces = word_differences(before, after)

    assert all(piece.text for piece in pieces)
    assert all(one.mark != other.mark for one, other in pairwise(pieces))


@given(texts)
def test_a_text_does_not_differ_from_itself(text):
    assert all(piece.mark is Mark.SAME for piece in word_differences(text, text))


def test_a_changed_word_is_told_from_those_that_stayed():
    assert marked("We ask tenants in May.", "We ask all tenants in June.") == [
        (Mark.SAME, "We ask"),
        (Mark.ADDED, " all"),
        (Mark.SAME, " tenants in"),
        (Mark.REMOVED, " May."),
        (Mark.ADDED, " June."),
    ]


def test_what_is_written_on_at_the_end_is_all_that_is_new():
    assert marked("We ask.", "We ask. In May.") == [
        (Mark.SAME, "We ask."),
        (Mark.ADDED, " In May."),
    ]


def test_where_too_many_words_differ_whole_lines_are_compared():
    before = "Kept\n" + "one " * 1_000 + "\n"
    after = "Kept\n" + "two " * 1_000 + "\n"

    assert marked(before, after) == [
        (Mark.SAME, "Kept\n"),
        (Mark.REMOVED, before.removeprefix("Kept\n")),
        (Mark.ADDED, after.removeprefix("Kept\n")),
    ]


def test_texts_of_nothing_but_differences_are_compared_as_a_whole():
    before, after = "no\n" * 9_000, "yes\n" * 9_000

    assert marked(before, after) == [(Mark.REMOVED, before), (Mark.ADDED, after)]
