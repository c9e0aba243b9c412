"""The order of a list, from its address."""

import pytest

from cse_tracker.core.sorting import Heading, headings, order_of

ORDERS = {"due": ["due_on", "number"]}
COLUMNS = [("due", "Due"), ("title", "Title"), ("", "Elements")]


@pytest.mark.parametrize(
    ("chosen", "due"),
    [
        ("", Heading("Due", "due")),
        ("due", Heading("Due", "-due", "ascending")),
        ("-due", Heading("Due", "due", "descending")),
    ],
)
def test_a_second_click_turns_the_order_round(chosen, due):
    assert headings(COLUMNS, chosen) == [
        due,
        Heading("Title", "title"),
        Heading("Elements"),
    ]


@pytest.mark.parametrize(("chosen", "descending"), [("due", False), ("-due", True)])
def test_all_fields_turn_round_and_blanks_stay_last(chosen, descending):
    order = order_of(chosen, ORDERS)

    assert [each.expression.name for each in order] == ["due_on", "number"]
    assert all(each.descending is descending for each in order)
    assert all(each.nulls_last for each in order)


@pytest.mark.parametrize(
    "chosen", ["", "-", "--due", "title", "due_on", "owner__email"]
)
def test_only_the_columns_named_can_be_sorted_by(chosen):
    assert order_of(chosen, ORDERS) is None
