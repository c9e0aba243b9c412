"""The standard laid out and searched."""

import pytest

from assessments.standard_page import (
    YearRating,
    element_count,
    lay_out_standard,
    mentions,
)
from assessments.tree import Kind, Node, Tree

SPLIT = Node(4, "1.1.1.1", Kind.SUB_ELEMENT, "We ask", "We ask travellers.")
TREE = Tree(
    [
        Node(1, "1", Kind.CRITERION, "Insight"),
        Node(2, "1.1", Kind.SUB_CRITERION, "Identification"),
        Node(3, "1.1.1", Kind.ELEMENT, "Knowing", "We know.", "A profile\nA table"),
        SPLIT,
        Node(5, "1.1.2", Kind.ELEMENT, "Asking", "We ask customers.", "A survey"),
        Node(6, "1.3", Kind.SUB_CRITERION, "Satisfaction"),
        Node(7, "1.3.1", Kind.ELEMENT, "Measuring", "We measure.", "A figure"),
        Node(8, "2", Kind.CRITERION, "Culture"),
        Node(9, "2.1", Kind.SUB_CRITERION, "Leadership"),
        Node(10, "2.1.3", Kind.ELEMENT, "Leading", "We lead.", "A speech"),
    ]
)


def found(search):
    return [
        part.node.ref
        for criterion in lay_out_standard(TREE, {}, search)
        for sub_criterion in criterion.sub_criteria
        for part in sub_criterion.elements
    ]


def test_without_a_search_everything_is_laid_out():
    criteria = lay_out_standard(TREE, {})

    assert [part.node.ref for part in criteria] == ["1", "2"]
    assert element_count(criteria) == 4
    assert criteria[0].sub_criteria[0].elements[0].guidance == ["A profile", "A table"]


def test_headings_with_nothing_below_are_left_out():
    criteria = lay_out_standard(TREE, {}, "measure")

    assert [part.node.ref for part in criteria] == ["1"]
    assert [part.node.ref for part in criteria[0].sub_criteria] == ["1.3"]


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("ASK", ["1.1.1", "1.1.2"]),
        ("customers ask", ["1.1.2"]),
        ("travellers", ["1.1.1"]),
        ("survey", ["1.1.2"]),
        ("nonsense", []),
        ("1.3", ["1.3.1"]),
        ("1.1.", ["1.1.1", "1.1.2"]),
        ("1.1.1.1", ["1.1.1"]),
        ("2", ["2.1.3"]),
        ("1 survey", ["1.1.2"]),
        ("2 survey", []),
    ],
)
def test_a_search_finds_words_and_refs(search, expected):
    assert found(search) == expected


@pytest.mark.parametrize("search", ["", "   "])
def test_a_blank_search_finds_everything(search):
    assert mentions(SPLIT, search)


def test_sub_elements_carry_their_years():
    years = {SPLIT.id: [YearRating("2014", "PC", is_carried=False)]}

    [part] = lay_out_standard(TREE, years)[0].sub_criteria[0].elements[0].sub_elements

    assert (part.node, part.years) == (SPLIT, years[SPLIT.id])
