"""How many more elements could slip: exact, in words, and never an outcome."""

from hypothesis import given
from hypothesis import strategies as st

from assessments.advice import Thresholds, advise, could_slip
from assessments.counts import RatingCounts

counts = st.builds(RatingCounts, *[st.integers(0, 60)] * 5)
EIGHTY = Thresholds(80)


def compliant_share(rated):
    return (rated.plus + rated.compliant) * 100 / rated.rated


def slipped(before, count):
    """So many elements slip to partial, plain compliant ones first."""
    from_compliant = min(count, before.compliant)
    return RatingCounts(
        before.plus - (count - from_compliant),
        before.compliant - from_compliant,
        before.partial + count,
        before.non,
        before.blank,
    )


@given(counts.filter(lambda each: each.rated), st.integers(0, 100))
def test_so_many_may_slip_and_not_one_more(before, percent):
    more = could_slip(before, percent)

    if more >= 0:
        assert compliant_share(slipped(before, more)) >= percent
        if more < before.plus + before.compliant:
            assert compliant_share(slipped(before, more + 1)) < percent
    else:
        short = -more
        assert compliant_share(slipped(before, -short)) >= percent
        assert compliant_share(slipped(before, -(short - 1))) < percent


@given(counts.filter(lambda each: each.rated), st.integers(0, 99))
def test_a_higher_threshold_never_leaves_more_room(before, percent):
    assert could_slip(before, percent + 1) <= could_slip(before, percent)


@given(counts, st.integers(0, 100), st.none() | st.integers(0, 15))
def test_it_is_always_advice(before, percent, limit):
    advice = advise(before, Thresholds(percent, limit), {"1": before})

    if advice is None:
        assert not before.rated
    else:
        words = " ".join(advice.sentences)
        assert "the certification body decides" in words
        assert not {"pass", "fail", "certified", "outcome"} & set(words.lower().split())


def sentences(rated, thresholds=EIGHTY, **criteria):
    return advise(rated, thresholds, criteria or None).sentences


def test_it_says_how_many_more_could_slip():
    [said] = sentences(RatingCounts(14, 40, 3))

    assert said == (
        "8 more elements could slip before fewer than 80% of the rated elements are "
        "compliant; the certification body decides."
    )


def test_it_says_when_the_next_is_one_too_many_and_when_some_are_missing():
    assert sentences(RatingCounts(0, 46, 11))[0].startswith("No more elements could")
    [said] = sentences(RatingCounts(0, 44, 13))
    assert said.startswith("2 elements more would have to be compliant to reach 80%")


def test_what_is_rated_non_compliant_is_said_first():
    first, *_ = sentences(RatingCounts(14, 40, 2, 1))

    assert first == "1 element is rated non-compliant."


def test_without_a_limit_no_criterion_is_named():
    [only] = sentences(RatingCounts(14, 40, 3), **{"1": RatingCounts(0, 0, 11)})

    assert "criterion" not in only


def test_with_a_limit_the_tight_criteria_are_named_the_tightest_first():
    found = sentences(
        RatingCounts(14, 40, 3),
        Thresholds(80, 2),
        **{
            "1": RatingCounts(0, 8, 1),
            "2": RatingCounts(0, 8, 3),
            "3": RatingCounts(0, 11),
            "4": RatingCounts(0, 8, 2),
        },
    )

    assert found[1:] == [
        "Criterion 2 has 3 elements less than compliant; you set a limit of 2.",
        "No more elements of criterion 4 could slip before your limit of 2.",
        "1 more element of criterion 1 could slip before your limit of 2.",
    ]


def test_nothing_is_said_before_anything_is_rated():
    assert advise(RatingCounts(blank=57), EIGHTY) is None
