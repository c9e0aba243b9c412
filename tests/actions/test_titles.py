"""The title that a finding proposes for its action."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.titles import MAX_CHARACTERS, title_from

LONG = "word " * (MAX_CHARACTERS // 5 - 1) + "words"


@pytest.mark.parametrize(
    ("comment", "title"),
    [
        ("", ""),
        ("Ask customers.", "Ask customers"),
        ("Ask customers. Then tell them.", "Ask customers"),
        ("Ask\n\n customers  often", "Ask customers often"),
        ("Ask e.g. Anglers. Then tell them.", "Ask e.g. Anglers"),
        ("Ask 'Was it good? yes or no'. Tell.", "Ask 'Was it good? yes or no'"),
        ("- Ask customers\n- Tell them", "Ask customers"),
        (f"{LONG}. Ask.", LONG),
        (f"{LONG}s. Ask.", ""),
    ],
)
def test_it_is_the_first_sentence_of_the_comment_if_it_fits(comment, title):
    assert title_from(comment) == title


@given(st.text())
def test_it_always_fits_the_field(comment):
    title = title_from(comment)

    assert len(title) <= 200
    assert "\n" not in title
