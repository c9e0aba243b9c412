from datetime import date

import pytest

from actions.another_look import closed_in_words, is_unseen

VISIT = date(2025, 10, 9)


@pytest.mark.parametrize(
    ("closed_on", "visited_on", "unseen"),
    [
        (date(2025, 10, 8), VISIT, False),
        # On the last day, the assessor had seen it before.
        (date(2025, 10, 9), VISIT, True),
        (date(2026, 3, 3), VISIT, True),
        (date(2024, 12, 31), None, False),
        (date(2025, 1, 1), None, True),
    ],
)
def test_what_was_closed_after_the_visit_was_not_seen_by_it(
    closed_on, visited_on, unseen
):
    assert is_unseen(closed_on, found_in=2025, visited_on=visited_on) is unseen


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("4.1.2", "Action 3 on it was closed on 3 March 2026"),
        ("4.1.2.1", "Action 3 on 4.1.2.1 was closed on 3 March 2026"),
    ],
)
def test_the_reason_says_which_action_was_closed_when(ref, words):
    closed_on = date(2026, 3, 3)

    assert closed_in_words(3, closed_on, ref=ref, element_ref="4.1.2") == words
