"""Refs in a text lead to the elements that the assessment has."""

import pytest
from django.template import Context, Template

from assessments.element_addresses import ElementAddresses
from assessments.services.sub_elements import add_sub_element
from assessments.standard_tree import tree_for

TEXTS = Template(
    "{% load assessment_texts %}"
    "{% for one in texts %}{{ one|text_of:assessment }}{% endfor %}"
)


@pytest.fixture
def clause(open_assessment, cast):
    standard = open_assessment.certification.standard
    tree = tree_for(open_assessment.organisation, standard)
    return add_sub_element(
        assessment=open_assessment,
        parent=tree.by_ref["1.3.3"],
        statement="We ask those who left.",
        by=cast.lena,
    )


def test_elements_have_a_page_and_what_is_not_there_has_none(open_assessment):
    addresses = ElementAddresses(open_assessment)

    assert addresses.get("3.3.2") == open_assessment.url_of("3.3.2")
    assert addresses.get("3.3.9") is None
    assert addresses.get("1.3.3.1") is None


def test_a_clause_that_is_tracked_has_a_page(open_assessment, clause):
    addresses = ElementAddresses(open_assessment)
    assert addresses.get(clause.ref) == open_assessment.url_of(clause.ref)


def test_many_texts_of_a_page_ask_for_clauses_once(
    open_assessment, clause, django_assert_num_queries
):
    texts = [f"See {clause.ref} and 3.3.2"] * 20
    with django_assert_num_queries(1):
        html = TEXTS.render(Context({"texts": texts, "assessment": open_assessment}))
    assert html.count(open_assessment.url_of(clause.ref)) == 20
