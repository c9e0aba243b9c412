"""Four years of ratings, and who looks at them."""

import pytest

from assessments.models import Assessment
from tests.assessments.past import assess

INITIAL = Assessment.Kind.INITIAL


@pytest.fixture
def past(cast, certification):
    """1.1.1 rose in 2016, 1.1.2 is partial, 1.1.3 fell without a sample; 2017 is not confirmed."""
    ratings = {"1.1.1": "C", "1.1.2": "PC", "1.1.3": "CP", "2.1.1": "C"}
    changes = [{}, {"1.1.1": "CP", "1.1.3": "C"}, {"2.1.1": "CP"}]
    assess(certification, 2014, ratings, by=cast.lena, kind=INITIAL)
    assess(certification, 2015, changes[0], by=cast.lena, sampled=["1.1.2"])
    assess(certification, 2016, changes[1], by=cast.lena, sampled=["1.1.1"])
    assess(
        certification,
        2017,
        changes[2],
        by=cast.lena,
        sampled=["2.1.1"],
        is_confirmed=False,
    )
    return certification


@pytest.fixture
def lena(cast, signed_in):
    return signed_in(cast.lena)


@pytest.fixture
def vik(cast, signed_in):
    return signed_in(cast.vik)
