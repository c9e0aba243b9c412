import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.counts import (
    RatingCounts,
    count_codes,
    element_counts,
    sampled_element_count,
    share_percent,
    sub_element_counts,
)
from assessments.ratings import Rating
from assessments.tree import Kind
from tests.assessments.tables import CODES, TREE, results_of, row

ELEMENTS = len(TREE.elements)


def is_sub_element(result) -> bool:
    return TREE.by_id[result.node_id].kind is Kind.SUB_ELEMENT


@given(st.lists(st.sampled_from(CODES)))
def test_every_code_is_counted_once(codes):
    counts = count_codes(codes)

    assert counts.total == len(codes)
    assert counts.rated == len([code for code in codes if code])
    assert counts.by_code() == {rating.value: codes.count(rating) for rating in Rating}


@given(results_of(2018))
def test_element_counts_add_up_to_the_elements_that_apply(rows):
    barred = [r for r in rows if not r.applicable and not is_sub_element(r)]

    assert element_counts(rows, TREE).total == ELEMENTS - len(barred)


@given(results_of(2018))
def test_the_counts_of_the_criteria_add_up_to_the_whole(rows):
    parts = [element_counts(rows, TREE, criterion) for criterion in TREE.criteria]

    assert sum(parts, RatingCounts()) == element_counts(rows, TREE)


@given(results_of(2018))
def test_sub_elements_are_never_counted_with_elements(rows):
    without = [result for result in rows if not is_sub_element(result)]

    assert element_counts(rows, TREE) == element_counts(without, TREE)
    assert sampled_element_count(rows, TREE) == sampled_element_count(without, TREE)
    assert sub_element_counts(without, TREE) == RatingCounts()


@given(results_of(2018), st.randoms())
def test_the_order_of_the_results_does_not_matter(rows, chance: random.Random):
    shuffled = list(rows)
    chance.shuffle(shuffled)

    for count in (
        element_counts,
        sub_element_counts,
        sampled_element_count,
    ):
        assert count(shuffled, TREE) == count(rows, TREE)


def test_an_element_without_a_result_is_blank():
    counts = element_counts([row("1.1.1", 2018, "CP")], TREE)

    assert counts == RatingCounts(plus=1, blank=ELEMENTS - 1)


def test_a_result_of_an_unknown_node_is_not_counted():
    stray = row("1.1.1", 2018, "CP")._replace(node_id=-1, sampled=True)

    assert element_counts([stray], TREE).rated == 0
    assert sub_element_counts([stray], TREE).total == 0
    assert sampled_element_count([stray], TREE) == 0


def test_a_sampled_element_without_a_rating_is_counted_as_sampled():
    assert sampled_element_count([row("1.1.1", 2018, "", sampled=True)], TREE) == 1


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        (0, 0, "0.0"),
        (1, 3, "33.3"),
        (2, 3, "66.7"),
        (1, 16, "6.3"),  # 6.25: a half rounds up, where binary rounding says 6.2
        (57, 57, "100.0"),
    ],
)
def test_shares_are_rounded_as_committees_do(part, whole, percent):
    assert share_percent(part, whole) == Decimal(percent)
