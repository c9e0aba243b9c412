"""Numbers from a browser are read only as far as a key can go."""

import pytest

from cse_tracker.core.keys import key_or_none, keys_in


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("0", 0),
        ("12", 12),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
        ("9" * 5_000, None),
        ("", None),
        ("-1", None),
        ("²", None),
        ("1.3", None),
    ],
)
def test_a_number_of_more_digits_than_a_key_is_none(text, key):
    assert key_or_none(text) == key


def test_what_is_no_key_is_left_out():
    assert keys_in(["3", "x", "9" * 5_000, "0"]) == {3, 0}
