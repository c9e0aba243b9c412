import pytest

from assessments.ratings import Rating
from assessments.self_assessment import Gap, gaps


@pytest.mark.parametrize(
    ("own", "assessors", "words"),
    [
        (Rating.PLUS, Rating.COMPLIANT, "higher than the assessor"),
        (Rating.PARTIAL, Rating.COMPLIANT, "lower than the assessor"),
        (Rating.COMPLIANT, Rating.COMPLIANT, "as the assessor"),
        (Rating.COMPLIANT, None, ""),
    ],
)
def test_the_gap_is_said_from_the_organisations_side(own, assessors, words):
    assert Gap(own, assessors).words == words


def test_only_what_the_organisation_rated_itself_has_a_gap():
    found = gaps({1: Rating.PLUS}, {1: Rating.PARTIAL, 2: Rating.COMPLIANT})

    assert list(found) == [1]
    assert found[1].ranks == -2
