"""Each check, by what is found and what is not."""

from dataclasses import replace
from datetime import date

import pytest

from assessments.checks.facts import Said
from assessments.checks.running import run_checks
from assessments.ratings import Rating
from tests.assessments.checks.records import (
    ANSWERED,
    IMPROVEMENT,
    WHY,
    record,
    said,
    told,
    year,
)

PC, C, CP = Rating.PARTIAL, Rating.COMPLIANT, Rating.PLUS
# Enough elements for a year that counts as entered.
OTHERS = {"1.1.8": "X C", "1.1.9": "X C"}


def found(*years, cycle=None):
    return told(run_checks(record(*years, cycle=cycle)))


def of_last(*years, cycle=None):
    """Check number to refs in the last year."""
    last = years[-1].year
    hits = found(*years, cycle=cycle)
    return {number: each[last] for number, each in hits.items() if last in each}


def review(text_or_said, number=2016, points=(), **more):
    return year(
        number, OTHERS | {"1.1.1": text_or_said}, points={"1.1.1": points}, **more
    )


def full(text, number=2015, **more):
    results = dict.fromkeys(OTHERS, "C") | {"1.1.1": text}
    points = {ref: [ANSWERED] for ref, each in results.items() if "PC" in each}
    return year(number, results, examines_everything=True, points=points, **more)


@pytest.mark.parametrize(
    ("before", "now", "number"),
    [
        ("C", "X", "CHK-201"),
        ("C", "-", "CHK-202"),
        ("PC", "C", "CHK-204"),
        ("NC", "CP", "CHK-204"),
        ("CP", "C", "CHK-205"),
        ("CP", "X C", "CHK-205"),
        ("C", "CP", "CHK-206"),
        ("PC", "PC", "CHK-402"),
    ],
)
def test_a_review_after_a_full_assessment_is_told_once_of_each_cause(
    before, now, number
):
    hits = of_last(full(before), review(now, points=[ANSWERED]))

    # A comment on non-compliance at a compliant element is found besides.
    hits.pop("CHK-208", None)
    assert hits == {number: ["1.1.1"]}


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("C", "C"),
        ("C", "X CP"),
        ("PC", "X C"),
        ("C", said("CP", has_reason=True)),
        ("PC", said("C", has_reason=True)),
        ("C", said("-", applicable=False)),
    ],
)
def test_nothing_is_found_where_nothing_is_wrong(before, now):
    assert of_last(full(before), review(now)) == {}


def test_a_blank_is_no_news_while_entering_has_only_begun():
    blank = dict.fromkeys(["1.1.1", "1.1.2", "1.1.3"], "-")
    begun = year(2016, blank | {"1.1.4": "X C"}, is_open=True)

    assert found(begun) == {}
    for over in (replace(begun, is_handed_over=True), replace(begun, is_open=False)):
        assert found(over) == {"CHK-202": {2016: ["1.1.1", "1.1.2", "1.1.3"]}}


def test_a_follow_up_visit_rates_only_what_was_open():
    visit = year(2016, {"1.1.1": "X C", "1.1.2": "-"}, is_follow_up=True)

    assert found(visit) == {}


def test_a_carried_rating_is_compared_with_what_its_source_says_now():
    carried = Said(C, source_year=2015, source_rating=PC)

    assert of_last(full("PC"), review(carried)) == {"CHK-203": ["1.1.1"]}


def test_a_carried_rating_whose_source_is_blank_now_differs():
    carried = Said(C, source_year=2015)

    assert of_last(full("-"), review(carried)) == {"CHK-203": ["1.1.1"]}


def test_an_element_is_as_good_as_its_worst_part():
    parts = {"1.1.1": "X C", "1.1.1.1": "CP", "1.1.1.2": "NC", "1.1.1.3": "-"}

    assert found(year(2016, parts, points={"1.1.1.2": [ANSWERED]})) == {
        "CHK-207": {2016: ["1.1.1"]}
    }


def test_a_part_is_examined_with_its_element_and_not_told_what_its_element_is_told():
    before = year(
        2015, {"1.1.1": "C", "1.1.1.1": "C"}, examines_everything=True, points={}
    )
    sampled = year(2016, {"1.1.1": "X CP", "1.1.1.1": "CP"})
    unsampled = year(2016, {"1.1.1": "CP", "1.1.1.1": "CP"})

    assert of_last(before, sampled) == {}
    assert of_last(before, unsampled) == {"CHK-206": ["1.1.1"]}


def test_a_full_assessment_carries_nothing():
    carried = Said(C, source_year=2015, source_rating=C)
    second = year(2016, {"1.1.1": carried}, examines_everything=True)

    assert of_last(full("C"), second) == {"CHK-209": ["1.1.1"]}


@pytest.mark.parametrize(
    ("points", "number"),
    [
        ([], "CHK-301"),
        ([IMPROVEMENT], "CHK-301"),
        ([WHY], "CHK-302"),
        ([ANSWERED, WHY], "CHK-302"),
    ],
)
def test_a_partial_needs_a_comment_and_an_answer_to_it(points, number):
    assert found(review("X PC", points=points)) == {number: {2016: ["1.1.1"]}}


def test_an_answered_partial_is_settled_also_by_a_comment_on_its_part():
    results = OTHERS | {"1.1.1": "X PC", "1.1.1.1": "PC"}

    assert found(year(2016, results, points={"1.1.1.1": [ANSWERED]})) == {}


def test_a_carried_partial_has_its_comment_in_the_year_it_came_from():
    carried = Said(PC, planned=True, source_year=2015, source_rating=PC)

    assert of_last(full("PC"), review(carried, is_open=True)) == {}


@pytest.mark.parametrize(
    ("others", "more", "words"),
    [
        ("C", {"is_open": True}, "but is not planned to be sampled."),
        ("X C", {"is_open": True}, "but was not sampled."),
        ("C", {"is_open": True, "is_handed_over": True}, "but was not sampled."),
        ("C", {}, "but was not sampled."),
    ],
)
def test_before_the_visit_no_partial_is_said_to_have_been_left_out(others, more, words):
    results = dict.fromkeys(OTHERS, others) | {"1.1.1": "PC"}
    points = {"1.1.1": [ANSWERED]}

    hits = run_checks(record(full("PC"), year(2016, results, points=points, **more)))

    [message] = [hit.message for hit in hits if hit.number == "CHK-402"]
    assert message == f"1.1.1 was PC in 2015 and still is in 2016, {words}"


def test_a_part_is_planned_with_its_element():
    carried = Said(PC, planned=True, source_year=2015, source_rating=PC)
    parts = {"1.1.1.1": carried._replace(planned=False)}
    before = year(
        2015,
        OTHERS | {"1.1.1": "PC", "1.1.1.1": "PC"},
        points={"1.1.1": [ANSWERED]},
        examines_everything=True,
    )

    now = year(2016, OTHERS | {"1.1.1": carried} | parts, is_open=True)

    assert of_last(before, now) == {}


def test_findings_that_are_not_known_are_not_missed():
    assert found(year(2016, OTHERS | {"1.1.1": "X PC"}, points=None)) == {}


def test_a_comment_on_non_compliance_contradicts_a_compliant_rating():
    assert found(review("X C", points=[ANSWERED])) == {"CHK-208": {2016: ["1.1.1"]}}
    assert found(review("X C", points=[IMPROVEMENT])) == {}


def over_a_cycle(last, **more):
    return [
        year(2015, OTHERS | {"1.1.1": "C"}),
        year(2016, OTHERS | {"1.1.1": "C"}),
        year(2017, OTHERS | {"1.1.1": last}, **more),
    ]


@pytest.mark.parametrize(
    ("years", "cycle", "is_found"),
    [
        (over_a_cycle("C"), (2015, 3), True),
        (over_a_cycle("C"), None, False),
        (over_a_cycle("X C"), (2015, 3), False),
        # The cycle is not over, or began before the record.
        (over_a_cycle("C"), (2015, 4), False),
        (over_a_cycle("C"), (2014, 4), False),
        (over_a_cycle(said("C", planned=True), is_open=True), (2015, 3), False),
        (over_a_cycle(said("C", planned=True)), (2015, 3), True),
        # The approver has it: what is only planned was not sampled.
        (
            over_a_cycle(said("C", planned=True), is_open=True, is_handed_over=True),
            (2015, 3),
            True,
        ),
    ],
)
def test_each_element_is_sampled_once_a_cycle(years, cycle, is_found):
    hits = found(*years, cycle=cycle)

    assert hits.get("CHK-401") == ({2017: ["1.1.1"]} if is_found else None)


def test_an_open_partial_that_was_never_sampled_is_told_once():
    points = {"1.1.1": [ANSWERED]}
    years = [
        year(number, OTHERS | {"1.1.1": "PC"}, points=points)
        for number in (2015, 2016, 2017)
    ]

    assert of_last(*years, cycle=(2015, 3)) == {"CHK-401": ["1.1.1"]}


def test_what_changed_over_a_missing_year_is_told_of_the_assessment():
    assert of_last(full("C", 2013), review("C")) == {"CHK-501": [""]}
    assert of_last(full("C", 2015), review("C")) == {}


@pytest.mark.parametrize(
    ("number", "starts_on", "text", "is_found"),
    [
        (2027, None, "X C", True),
        (2026, date(2026, 11, 23), "X C", True),
        (2026, date(2026, 11, 22), "X C", False),
        (2027, None, said("C", source_year=2026, source_rating=C), False),
    ],
)
def test_nobody_has_seen_what_is_still_to_come(number, starts_on, text, is_found):
    visit = year(number, {"1.1.1": text}, visit_starts_on=starts_on)

    assert found(visit) == ({"CHK-105": {number: [""]}} if is_found else {})
