"""Pages that split an element into an organisation's own clauses."""

import pytest
from django.urls import reverse

from assessments.models import StandardNode
from assessments.services.sub_elements import add_sub_element
from assessments.standard_tree import shared_tree
from tests.factories import AssessmentFactory, FindingFactory, ResultFactory, confirmed
from tests.pages import form_of, text_of


@pytest.fixture
def as_lena(signed_in, cast):
    return signed_in(cast.lena)


@pytest.fixture
def url(open_assessment):
    def of(name, ref):
        slugs = [open_assessment.organisation.slug, open_assessment.slug]
        return reverse(f"assessments:{name}", args=[*slugs, ref])

    return of


@pytest.fixture
def rename_url(cast):
    return reverse("assessments:sub_element_rename", args=[cast.ashby.slug, "1.3.3.1"])


@pytest.fixture
def sub_element(open_assessment, cast):
    tree = shared_tree(open_assessment.certification.standard)
    return add_sub_element(
        assessment=open_assessment,
        parent=tree.by_ref["1.3.3"],
        statement="We compare our results.",
        by=cast.lena,
    )


def own_refs():
    own = StandardNode.objects.exclude(organisation=None).order_by("ref")
    return list(own.values_list("ref", flat=True))


def words(page):
    return page.content.decode()


def test_an_element_is_split(as_lena, url, open_assessment):
    page = as_lena.post(
        url("sub_element_create", "1.3.3"), {"statement": "We compare our results."}
    )

    assert own_refs() == ["1.3.3.1"]
    assert page.url == open_assessment.url_of("1.3.3")
    assert open_assessment.results.filter(node__ref="1.3.3.1").exists()


def test_save_and_add_another_stays_on_the_form(as_lena, url):
    create_url = url("sub_element_create", "1.3.3")

    page = as_lena.post(create_url, {"statement": "We compare.", "another": "1"})

    assert page.url == create_url
    assert "We compare." in words(as_lena.get(create_url))


def test_a_double_click_splits_once(as_lena, url):
    sent = {
        "statement": "We compare.",
        "submission_key": "8f0d1df5-9b8c-4f5c-9c57-6a3c1a2b3c4d",
    }

    as_lena.post(url("sub_element_create", "1.3.3"), sent)
    as_lena.post(url("sub_element_create", "1.3.3"), sent)

    assert own_refs() == ["1.3.3.1"]


def test_missing_words_are_asked_for(as_lena, url):
    page = as_lena.post(url("sub_element_create", "1.3.3"), {"statement": " "})

    assert page.context["form"].errors["statement"] == [
        "Enter what this part of the element says"
    ]


def test_a_sub_element_is_not_split(as_lena, url, sub_element):
    assert as_lena.get(url("sub_element_create", "1.3.3.1")).status_code == 404


def test_a_confirmed_assessment_is_not_split(as_lena, url, open_assessment, cast):
    confirmed(open_assessment, by=cast.cass)

    page = as_lena.post(
        url("sub_element_create", "1.3.3"), {"statement": "Typed meanwhile"}
    )

    assert "Ask an approver to unlock it." in words(page)
    assert "Typed meanwhile" in words(page)
    assert own_refs() == []


def test_words_are_changed_for_all_years(as_lena, rename_url, sub_element):
    assert "We compare our results." in words(as_lena.get(rename_url))

    as_lena.post(
        rename_url,
        {"statement": "We publish.", "seen_statement": "We compare our results."},
    )

    sub_element.refresh_from_db()
    assert (sub_element.statement, sub_element.title) == ("We publish.", "We publish")


def test_words_of_several_lines_are_not_mistaken_for_changed(
    as_lena, rename_url, sub_element
):
    StandardNode.objects.filter(pk=sub_element.pk).update(statement="One\nTwo")

    as_lena.post(rename_url, {"statement": "Three", "seen_statement": "One\r\nTwo"})

    sub_element.refresh_from_db()
    assert sub_element.statement == "Three"


def test_the_second_to_change_the_words_sees_both_and_may_go_on(
    as_lena, rename_url, sub_element
):
    seen = {"seen_statement": "We compare our results."}
    as_lena.post(rename_url, seen | {"statement": "Of the first"})

    refused = as_lena.post(rename_url, seen | {"statement": "Of the second"})
    both = "There now [new: Of the first] You typed [new: Of the second]"
    assert both in text_of(refused)
    as_lena.post(rename_url, form_of(refused).sending(**{"keep-statement": "mine"}))

    sub_element.refresh_from_db()
    assert sub_element.statement == "Of the second"


@pytest.mark.parametrize(
    "choice",
    [
        {"keep-statement": "both"},
        {"keep-statement": "merged", "keep-statement-merged": "a" * 2001},
    ],
)
def test_what_two_people_wrote_must_fit_together(
    as_lena, rename_url, sub_element, choice
):
    seen = {"seen_statement": "We compare our results."}
    as_lena.post(rename_url, seen | {"statement": "a" * 1200})
    refused = as_lena.post(rename_url, seen | {"statement": "b" * 1200})

    page = as_lena.post(rename_url, form_of(refused).sending(**choice))

    assert "must be 2,000 characters or fewer, and is now 2," in text_of(page)
    sub_element.refresh_from_db()
    assert sub_element.statement == "a" * 1200


def test_taking_out_asks_once(as_lena, url, sub_element, open_assessment):
    drop_url = url("sub_element_drop", "1.3.3.1")
    assert "Take 1.3.3.1 out of this assessment?" in words(as_lena.get(drop_url))
    assert own_refs() == ["1.3.3.1"]

    page = as_lena.post(drop_url, {"version": 1})

    assert own_refs() == []
    assert page.url == open_assessment.url_of("1.3.3")


def test_a_sub_element_with_comments_stays(as_lena, url, sub_element, open_assessment):
    FindingFactory(assessment=open_assessment, node=sub_element)

    page = as_lena.post(url("sub_element_drop", "1.3.3.1"), {"version": 1}, follow=True)

    assert "Withdraw them first." in words(page)
    assert own_refs() == ["1.3.3.1"]


def test_a_sub_element_of_another_year_is_taken_up(
    as_lena, url, sub_element, open_assessment
):
    other = AssessmentFactory(certification=open_assessment.certification)
    ResultFactory(assessment=other, node=sub_element)
    as_lena.post(url("sub_element_drop", "1.3.3.1"), {"version": 1})
    assert "In other years only" in words(
        as_lena.get(url("sub_element_create", "1.3.3"))
    )

    as_lena.post(url("sub_element_track", "1.3.3.1"))

    assert open_assessment.results.filter(node=sub_element).exists()


def test_an_element_of_the_standard_is_neither_dropped_nor_tracked(
    as_lena, url, open_assessment
):
    assert as_lena.get(url("sub_element_drop", "1.3.3")).status_code == 404
    assert as_lena.post(url("sub_element_track", "1.3.3")).status_code == 404
    assert open_assessment.results.filter(node__ref="1.3.3").exists()


def test_a_manager_does_not_split(signed_in, cast, url, rename_url, sub_element):
    as_mo = signed_in(cast.mo)

    assert as_mo.get(url("sub_element_create", "1.3.3")).status_code == 403
    assert as_mo.get(rename_url).status_code == 403
    assert as_mo.post(url("sub_element_drop", "1.3.3.1")).status_code == 403


def test_another_organisation_does_not_reach_the_sub_element(
    signed_in, cast, rename_url, sub_element
):
    as_sam = signed_in(cast.sam)
    own = reverse("assessments:sub_element_rename", args=["elsewhere", "1.3.3.1"])

    assert as_sam.get(rename_url).status_code == 404
    assert as_sam.get(own).status_code == 404
