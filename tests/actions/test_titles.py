"""The title that a finding proposes for its action."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.titles import MAX_CHARACTERS, title_from


@pytest.mark.parametrize(
    ("comment", "title"),
    [
        ("", ""),
        ("Ask customers.", "Ask customers"),
        ("Ask customers. Then tell them.", "Ask customers"),
        ("Ask\n\n customers  often", "Ask customers often"),
        (
            "one two three four five six seven eight nine ten eleven twelve thirteen",
            "one two three four five six seven eight nine ten eleven twelve …",
        ),
        ("a" * 300, "a" * MAX_CHARACTERS + "…"),
    ],
)
def test_it_is_the_first_words_of_the_comment(comment, title):
    assert title_from(comment) == title


@given(st.text())
def test_it_always_fits_the_field(comment):
    title = title_from(comment)

    assert len(title) <= 200
    assert "\n" not in title
