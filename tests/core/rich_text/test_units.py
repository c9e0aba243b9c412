"""A text is taken apart into paragraphs and points, and put together again."""

import pytest

from cse_tracker.core.rich_text.units import (
    one_after_the_other,
    run_together,
    text_of,
    units_of,
)

TEXT = "Before:\n\n- one\n- two\n  - deeper\n\nAfter **all**."


def test_each_paragraph_and_first_level_point_is_a_unit():
    assert [text_of([unit]) for unit in units_of(TEXT)] == [
        "Before:", "- one", "- two\n  - deeper", "After **all**.",
    ]  # fmt: skip


def test_all_units_together_are_the_text():
    assert text_of(units_of(TEXT)) == TEXT


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("We went", "home. Then", "We went home. Then"),
        ("- a\n- b goes", "on.\n\n- c", "- a\n- b goes on.\n- c"),
        ("It took", "- five days.\n- More.", "It took five days.\n\n- More."),
        ("", "home", "home"),
    ],
)
def test_a_sentence_that_was_cut_is_one_again(first, second, whole):
    assert run_together(first, second) == whole


def test_lists_below_each_other_are_one_list():
    assert one_after_the_other("- a", "- b") == "- a\n- b"
