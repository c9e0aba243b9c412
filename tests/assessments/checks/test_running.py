"""What holds for any record: told once, in one order, accepted as long as nothing changes."""

import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.checks.catalogue import BY_NUMBER, CHECKS
from assessments.checks.facts import Said
from assessments.checks.hits import Hit
from assessments.checks.running import run_checks
from assessments.checks.telling import (
    Acceptance,
    by_check,
    open_counts,
    open_counts_by_ref,
    told_with,
)
from assessments.ratings import Rating
from tests.assessments.checks.records import (
    ANSWERED,
    IMPROVEMENT,
    WHY,
    record,
    year,
)

quick = settings(max_examples=25)
REFS = ["1.1.1", "1.1.1.1", "1.1.1.2", "1.1.2", "1.1.3", "2.1.1", "2.1.1.1"]
ratings = st.sampled_from([*Rating, None])
results = st.builds(
    Said,
    rating=ratings,
    sampled=st.booleans(),
    applicable=st.sampled_from([True, True, True, False]),
    planned=st.booleans(),
    has_reason=st.booleans(),
    source_year=st.sampled_from([None, None, 2013]),
    source_rating=ratings,
)
points = st.dictionaries(
    st.sampled_from(REFS), st.lists(st.sampled_from([WHY, ANSWERED, IMPROVEMENT]))
)


@st.composite
def records(draw):
    numbers = draw(
        st.lists(st.integers(2010, 2027), unique=True, min_size=1, max_size=5)
    )
    years = [
        year(
            number,
            draw(st.dictionaries(st.sampled_from(REFS), results, min_size=1)),
            points=draw(points),
            examines_everything=draw(st.booleans()),
            is_open=draw(st.booleans()),
        )
        for number in sorted(numbers)
    ]
    cycle = draw(st.sampled_from([None, (2010, 3), (2012, 2), (2013, 1)]))
    return record(*years, cycle=cycle)


@pytest.mark.slow
@quick
@given(records())
def test_no_node_is_told_twice_of_one_cause(facts):
    hits = run_checks(facts)

    spots = [(hit.key, hit.ref, BY_NUMBER[hit.number].cause) for hit in hits]
    assert len(spots) == len(set(spots))


@pytest.mark.slow
@quick
@given(records())
def test_no_sub_element_is_told_what_its_element_is_told(facts):
    told = {(hit.key, hit.ref, hit.number) for hit in run_checks(facts)}

    for key, ref, number in told:
        assert not ref or (key, ref.rpartition(".")[0], number) not in told


@pytest.mark.slow
@quick
@given(records(), st.randoms(use_true_random=False))
def test_the_order_of_the_data_changes_nothing(facts, chance: random.Random):
    def shuffled(mapping):
        items = list(mapping.items())
        chance.shuffle(items)
        return dict(items)

    years = [
        replace(
            each,
            results=shuffled(each.results),
            points={
                ref: chance.sample(found, len(found))
                for ref, found in shuffled(each.points).items()
            },
        )
        for each in facts.years
    ]

    assert run_checks(replace(facts, years=years)) == run_checks(facts)


@pytest.mark.slow
@quick
@given(records())
def test_each_year_alone_finds_what_all_years_find_of_it(facts):
    everything = run_checks(facts)

    for each in facts.years:
        of_year = [hit for hit in everything if hit.key == each.key]
        assert run_checks(facts, keys={each.key}) == of_year


def accepted(hits):
    """All of them accepted as they stand."""
    now = datetime(2026, 11, 22, tzinfo=UTC)
    return {
        (hit.key, hit.ref, hit.number): Acceptance(
            number, hit.fingerprint, "The report is lost", "Lena", now
        )
        for number, hit in enumerate(hits)
    }


@pytest.mark.slow
@quick
@given(records())
def test_what_was_accepted_stays_accepted_while_the_data_is_the_same(facts):
    acceptances = accepted(run_checks(facts))

    told = told_with(run_checks(facts), acceptances)

    is_error = [not each.check.may_be_accepted for each in told]
    assert [each.is_open for each in told] == is_error
    assert open_counts(told).flags == 0


@pytest.mark.slow
@quick
@given(records(), records())
def test_an_acceptance_lapses_exactly_where_the_facts_changed(before, after):
    earlier = {(hit.key, hit.ref, hit.number): hit.facts for hit in run_checks(before)}

    for each in told_with(run_checks(after), accepted(run_checks(before))):
        spot = (each.hit.key, each.hit.ref, each.hit.number)
        if each.check.may_be_accepted:
            assert each.is_accepted == (earlier.get(spot) == each.hit.facts)
            assert each.has_lapsed == (spot in earlier and not each.is_accepted)


def test_an_error_cannot_be_accepted():
    hit = Hit("CHK-105", 1, 2027, "", "Too early", ())

    (told,) = told_with([hit], accepted([hit]))

    assert told.is_open
    assert str(open_counts([told])) == "1 error"


def test_groups_come_gravest_first_and_counts_say_what_is_open():
    hits = [
        Hit("CHK-202", 1, 2026, "1.1.1", "Blank", ()),
        Hit("CHK-205", 1, 2026, "1.1.1", "Lost", ()),
        Hit("CHK-105", 1, 2026, "", "Too early", ()),
    ]
    told = told_with(hits, accepted(hits[:1]))

    assert [group.check.number for group in by_check(told)] == [
        "CHK-105",
        "CHK-202",
        "CHK-205",
    ]
    assert [group.open_count for group in by_check(told)] == [1, 0, 1]
    assert str(open_counts(told)) == "1 error and 1 flag"
    assert open_counts_by_ref(told) == {"": 1, "1.1.1": 1}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.number)
def test_each_check_says_what_why_and_where(check):
    assert check.title
    assert check.why.endswith(".")
    assert check.mending.endswith(".")


def test_numbers_are_unique_and_in_order():
    numbers = [check.number for check in CHECKS]

    assert numbers == sorted(set(numbers))
