import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.tree import Kind, Node, Tree, Words, ref_key
from tests.assessments.tables import REFS, TREE


@pytest.mark.parametrize(
    ("ref", "kind"),
    [
        ("3", Kind.CRITERION),
        ("3.4", Kind.SUB_CRITERION),
        ("3.4.1", Kind.ELEMENT),
        ("3.4.1.10", Kind.SUB_ELEMENT),
    ],
)
def test_a_refs_depth_says_its_level(ref, kind):
    assert Kind.of_ref(ref) is kind


@given(st.randoms())
def test_nodes_stand_in_reading_order_however_they_come(chance: random.Random):
    nodes = list(TREE)
    chance.shuffle(nodes)

    assert [node.ref for node in Tree(nodes)] == REFS


def test_the_tenth_comes_after_the_ninth():
    assert sorted(["1.10", "1.9", "1", "1.9.1"], key=ref_key) == [
        *["1", "1.9", "1.9.1", "1.10"]
    ]


def test_what_stands_within_a_node_is_all_below_it_and_nothing_else():
    within = {node.ref: [each.ref for each in TREE.within(node)] for node in TREE}

    assert within["1.1"] == ["1.1.1", "1.1.1.1", "1.1.1.2", "1.1.2"]
    assert within["2"] == ["2.1", "2.1.1", "2.1.2", "2.1.2.1"]
    assert within["1.2.1"] == []


def test_criterion_1_does_not_contain_criterion_10():
    tree = Tree(
        Node(n, ref, Kind.of_ref(ref), ref)
        for n, ref in enumerate(["1", "1.1", "1.1.1", "10", "10.1", "10.1.1"])
    )

    assert [node.ref for node in tree.within(tree.by_ref["1"])] == ["1.1", "1.1.1"]
    assert [n.ref for n in tree.elements_within(tree.by_ref["1"])] == ["1.1.1"]


def test_the_elements_of_the_criteria_together_are_all_elements():
    parts = [TREE.elements_within(criterion) for criterion in TREE.criteria]

    assert [element for part in parts for element in part] == list(TREE.elements)
    assert list(TREE.elements_within(None)) == list(TREE.elements)


def test_saving_and_going_on_leads_through_elements_and_their_sub_elements():
    ratable = [TREE.by_ref[ref] for ref in REFS if ref.count(".") >= 2]
    following = [None, *ratable, None]

    for before, node, after in zip(following, ratable, following[2:], strict=False):
        assert TREE.previous_ratable(node, TREE.by_id) == before
        assert TREE.next_ratable(node, TREE.by_id) == after


def test_going_on_passes_over_what_is_not_tracked():
    first, *clauses, second = [TREE.by_ref[ref] for ref in REFS if ref.count(".") >= 2][
        :4
    ]
    tracked = {first.id, second.id}

    assert clauses
    assert TREE.next_ratable(first, tracked) == second
    assert TREE.previous_ratable(second, tracked) == first


def test_a_new_sub_element_gets_the_ref_after_the_highest():
    gap = Tree(node for node in TREE if node.ref != "1.1.1.1")

    assert gap.next_child_ref(gap.by_ref["1.1.1"]) == "1.1.1.3"
    assert TREE.next_child_ref(TREE.by_ref["2.1.1"]) == "2.1.1.1"


def test_an_organisations_own_nodes_stand_under_their_element():
    own = Node(99, "2.1.1.1", Kind.SUB_ELEMENT, "A clause")

    tree = TREE.with_nodes([own])

    assert tree.children(tree.by_ref["2.1.1"]) == [own]
    assert TREE.children(TREE.by_ref["2.1.1"]) == []


def test_adopted_wording_replaces_the_statement_and_nothing_else():
    element = TREE.by_ref["1.1.1"]

    tree = TREE.with_wording({element.id: Words("In the body's own words", "")})

    assert tree.by_ref["1.1.1"].statement == "In the body's own words"
    assert tree.by_ref["1.1.1"].guidance == element.guidance
    assert tree.by_ref["1.1.1"].title == element.title
    assert tree.adopted == {element.id}
    assert tree.by_ref["1.1.2"] == TREE.by_ref["1.1.2"]
