from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.cycle import Cycle
from assessments.ratings import Rating
from assessments.sampling import ElementStanding, PlannedVisit, propose_sample

CYCLE = Cycle(2017, 2019)
SECOND = PlannedVisit(2018, CYCLE, cycle_length=3)
ROW_OF_SIX = [f"1.1.{number}" for number in range(1, 7)]


def seen(ref, year, **facts):
    """An element of this ref that a review last sampled in ``year``."""
    return ElementStanding(
        node_id=0, ref=ref, sampled_in=year, examined_in=year, **facts
    )


def picked(standings, visit=SECOND):
    return {
        pick.standing.ref: pick.reasons
        for pick in propose_sample(standings, visit).picks
    }


def test_what_was_never_sampled_comes_first_then_what_was_longest_ago():
    standings = [seen(ref, 2017) for ref in ROW_OF_SIX]
    standings[1] = seen("1.1.2", 2016)
    standings[4] = replace(seen("1.1.5", None), examined_in=2014)

    assert list(picked(standings).items()) == [
        ("1.1.5", ("Never sampled at a review, last examined in 2014",)),
        ("1.1.2", ("Not sampled in this cycle (2017 to 2019), last in 2016",)),
    ]


def test_every_open_partial_is_picked_also_above_the_quota():
    standings = [
        seen(ref, 2017, rating=Rating.PARTIAL, open_refs=(ref,)) for ref in ROW_OF_SIX
    ]
    standings[0] = seen("1.1.1", 2017, rating=Rating.NON, open_refs=("1.1.1",))

    found = picked(standings)

    assert list(found) == ROW_OF_SIX
    assert found["1.1.1"] == ("Open non-compliance",)
    assert found["1.1.2"] == ("Open partial",)


def test_an_element_is_open_where_one_of_its_parts_is():
    standings = [seen(ref, 2017, rating=Rating.COMPLIANT) for ref in ROW_OF_SIX]
    standings[5] = replace(standings[5], open_refs=("1.1.6.2",))

    assert picked(standings)["1.1.6"] == ("Open in part: 1.1.6.2",)


@pytest.mark.parametrize(
    ("examined_in", "is_picked"), [(2014, True), (2015, True), (2016, False)]
)
def test_compliance_plus_is_picked_once_its_sample_is_a_cycle_old(
    examined_in, is_picked
):
    standings = [seen(ref, 2012) for ref in ROW_OF_SIX]
    standings[5] = seen("1.1.6", examined_in, rating=Rating.PLUS)

    found = picked(standings, replace(SECOND, cycle=None))

    assert ("1.1.6" in found) == is_picked
    if is_picked:
        assert found["1.1.6"] == (f"Compliance Plus last examined in {examined_in}",)


def test_compliance_plus_that_came_after_the_last_sample_rests_on_none():
    standings = [seen(ref, 2012) for ref in ROW_OF_SIX]
    recorded = seen("1.1.6", 2017, rating=Rating.PLUS, rated_since=2018)
    visit = PlannedVisit(2019, None, cycle_length=3)

    found = picked([*standings[:5], recorded], visit)
    examined = picked([*standings[:5], replace(recorded, rated_since=2017)], visit)

    assert found["1.1.6"] == (
        "Compliance Plus recorded in 2018 without an examination",
    )
    assert "1.1.6" not in examined


def test_a_sample_without_a_rating_is_looked_at_again():
    standings = [seen(ref, 2017) for ref in ROW_OF_SIX]
    standings[5] = ElementStanding(0, "1.1.6", examined_in=2014, result_missing_in=2017)

    assert next(iter(picked(standings).items())) == (
        "1.1.6",
        ("Sampled in 2017, rating not on record",),
    )


def test_when_it_was_sampled_last_is_said_in_the_same_words_as_why():
    unrated = ElementStanding(0, "1.1.6", sampled_in=2015, result_missing_in=2017)

    assert unrated.last_sampled == "2017, rating not on record"
    assert seen("1.1.1", 2017).last_sampled == "2017"
    assert ElementStanding(0, "1.1.2").last_sampled == "Never"


def test_an_element_has_every_reason_that_holds():
    partial = ElementStanding(0, "1.1.1", rating=Rating.PARTIAL, open_refs=("1.1.1",))
    last = replace(SECOND, year=2019)

    assert picked([partial], last)["1.1.1"] == (
        "Never sampled at a review",
        "Last visit of the cycle",
        "Open partial",
    )


def test_what_does_not_apply_is_left_out_and_not_counted():
    standings = [seen(ref, None, applicable=ref == "1.1.3") for ref in ROW_OF_SIX]

    plan = propose_sample(standings, SECOND)

    assert [pick.standing.ref for pick in plan.picks] == ["1.1.3"]
    assert [(each.element_count, each.quota) for each in plan.criteria] == [(1, 1)]


@pytest.mark.parametrize(
    ("elements", "length", "percent", "quota"),
    [
        (11, 3, None, 4),
        (12, 3, None, 4),
        (13, 3, None, 5),
        (11, 2, None, 6),
        (11, 3, 50, 6),
        (12, 3, 25, 3),
        (12, 3, 100, 12),
    ],
)
def test_the_quota_is_a_share_of_each_criterion_rounded_up(
    elements, length, percent, quota
):
    visit = PlannedVisit(2018, CYCLE, length, percent)

    assert visit.quota(elements) == quota


def test_a_follow_up_visit_looks_at_what_is_open_and_nothing_else():
    standings = [seen(ref, None) for ref in ROW_OF_SIX]
    standings[3] = replace(
        standings[3], rating=Rating.PARTIAL, open_refs=("1.1.4",), sampled_in=2018
    )

    found = picked(standings, replace(SECOND, follows_up=True))

    assert list(found) == ["1.1.4"]


def test_without_a_known_cycle_the_quota_is_filled_from_what_is_known():
    visit = PlannedVisit(2019, None, cycle_length=3)
    standings = [seen(ref, 2015 + at % 3) for at, ref in enumerate(ROW_OF_SIX)]
    standings[2] = seen("1.1.3", None)

    assert picked(standings, visit) == {
        "1.1.3": ("Never sampled at a review",),
        "1.1.1": ("Sampled longest ago of those left, in 2015",),
    }


@st.composite
def standards(draw):
    """Elements of up to four criteria with any past before 2020."""
    counts = draw(st.lists(st.integers(1, 14), min_size=1, max_size=4))
    years = st.integers(2010, 2019)
    pasts = st.one_of(
        st.just({}),
        years.map(lambda year: {"examined_in": year}),
        years.map(lambda year: {"sampled_in": year, "examined_in": year}),
        st.tuples(years, years).map(
            lambda two: {"sampled_in": min(two), "examined_in": max(two)}
        ),
    )
    return [
        ElementStanding(
            node_id=node_id,
            ref=f"{criterion}.1.{number}",
            applicable=draw(st.integers(0, 9)) > 0,
            rating=draw(st.sampled_from([None, *Rating])),
            rated_since=draw(st.none() | years),
            result_missing_in=draw(st.none() | years),
            **draw(pasts),
        )
        for criterion, count in enumerate(counts, start=1)
        for node_id, number in enumerate(range(1, count + 1))
    ]


def with_new_rating(standing, rating):
    is_open = rating in {Rating.PARTIAL, Rating.NON}
    return replace(
        standing, rating=rating, open_refs=(standing.ref,) if is_open else ()
    )


def follow(standings, visit):
    """The standings after a visit that sampled what the plan says, and nothing else."""
    refs = picked(standings, visit).keys()
    return [
        replace(
            each,
            sampled_in=visit.year,
            examined_in=visit.year,
            result_missing_in=None,
        )
        if each.ref in refs
        else each
        for each in standings
    ]


@given(
    standings=standards(),
    length=st.integers(1, 6),
    starts_late=st.integers(0, 5),
    begins_full=st.booleans(),
    share=st.none() | st.integers(1, 100),
    ratings=st.randoms(use_true_random=False),
)
def test_whoever_follows_the_plan_samples_every_element_that_applies_once_a_cycle(
    standings, length, starts_late, begins_full, share, ratings
):
    """Whatever was before, whatever the visits find, from whichever year of the cycle on."""
    cycle = Cycle(2020, 2019 + length)
    begins_full = begins_full and length > 1
    first = min(2020 + max(starts_late, begins_full), cycle.last_year)
    if begins_full:
        standings = [replace(each, examined_in=2020) for each in standings]
    for year in range(first, cycle.last_year + 1):
        visit = PlannedVisit(year, cycle, length, share)
        standings = [
            with_new_rating(each, ratings.choice(list(Rating)))
            for each in follow(standings, visit)
        ]

    missed = [
        each.ref for each in standings if each.applicable and each.examined_in < 2020
    ]
    assert missed == []


@given(standings=standards(), year=st.integers(2020, 2022), share=st.integers(1, 100))
def test_each_criterion_meets_its_quota_and_exceeds_it_only_for_what_must_be_seen(
    standings, year, share
):
    standings = [with_new_rating(each, each.rating) for each in standings]
    visit = PlannedVisit(year, Cycle(2020, 2022), 3, share_percent=share)
    reached = propose_sample(standings, visit)

    for criterion in reached.criteria:
        group = [
            each
            for each in standings
            if each.applicable and each.criterion_ref == criterion.ref
        ]
        due = [e for e in group if e.open_refs or visit.rests_on_old_sample(e)]
        owed = sum(map(visit.is_owed, group))
        must = -(-owed // visit.reviews_left)
        assert len(criterion.picks) >= min(criterion.quota, len(group))
        assert len(criterion.picks) <= max(criterion.quota, len(due) + must)


@given(standards())
def test_whoever_follows_the_plan_never_needs_more_than_the_quota_in_a_quiet_cycle(
    standings,
):
    """No partial, no Compliance Plus: a third each year, and all of it in three."""
    standings = [replace(each, rating=Rating.COMPLIANT) for each in standings]
    for year in (2020, 2021, 2022):
        visit = PlannedVisit(year, Cycle(2020, 2022), 3)
        sizes = [
            (len(each.picks), each.quota)
            for each in propose_sample(standings, visit).criteria
        ]
        assert all(size == quota for size, quota in sizes)
        standings = follow(standings, visit)


@given(standards(), st.randoms(use_true_random=False))
def test_the_same_facts_make_the_same_plan_in_any_order(standings, order):
    mixed = list(standings)
    order.shuffle(mixed)

    assert propose_sample(mixed, SECOND) == propose_sample(standings, SECOND)


@given(standards())
def test_every_pick_says_why(standings):
    assert all(all(reasons) and reasons for reasons in picked(standings).values())
