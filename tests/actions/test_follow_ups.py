import pytest

from actions.follow_ups import StillOpen
from actions.models import Action
from assessments.models import Assessment


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (2025, "from 2025, still open"),
        # A follow-up visit comes in the year of the review that it follows.
        (2026, "from the 2026 review, still open"),
    ],
)
def test_an_open_action_says_since_when(since, words):
    visits = [
        Assessment(year=since, kind=Assessment.Kind.REVIEW),
        Assessment(year=2026, kind=Assessment.Kind.FOLLOW_UP),
    ]

    assert StillOpen(Action(), *visits).words == words
