"""Pages of the Standard: all of it, and one element."""

import re

import pytest
from django.urls import reverse

from assessments.services.sub_elements import add_sub_element
from assessments.standard_tree import shared_tree
from cse_tracker.accounts.models import Event
from tests.factories import (
    AssessmentFactory,
    ResultFactory,
    StandardNodeFactory,
    confirmed,
)


@pytest.fixture
def as_lena(signed_in, cast):
    return signed_in(cast.lena)


@pytest.fixture
def browse_url(cast):
    return reverse("assessments:standard", args=[cast.ashby.slug])


@pytest.fixture
def element_url(cast):
    def of(ref):
        return reverse("assessments:standard_element", args=[cast.ashby.slug, ref])

    return of


@pytest.fixture
def sub_element(open_assessment, cast):
    """1.3.3.1, added by Lena in the open assessment."""
    tree = shared_tree(open_assessment.certification.standard)
    return add_sub_element(
        assessment=open_assessment,
        parent=tree.by_ref["1.3.3"],
        statement="We compare our results with other councils.",
        by=cast.lena,
    )


def words(page):
    """What a reader sees, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_the_whole_standard_can_be_read(as_lena, open_assessment, browse_url):
    page = words(as_lena.get(browse_url))

    for node in shared_tree(open_assessment.certification.standard):
        assert f"{node.ref} " in page
        assert node.title.replace("'", "&#x27;") in page


def test_guidance_stands_below_its_element(as_lena, open_assessment, browse_url):
    page = words(as_lena.get(browse_url))

    assert "A customer profile that describes each main group" in page
    assert page.count("What an assessor looks for") == 57


def test_a_search_narrows_the_page_and_keeps_its_words(
    as_lena, open_assessment, browse_url
):
    page = as_lena.get(browse_url, {"q": "seldom heard"})

    assert "1 element mentions “seldom heard”" in words(page)
    assert 'value="seldom heard"' in page.content.decode()
    assert [part.node.ref for part in page.context["criteria"]] == ["1"]


def test_a_search_that_finds_nothing_says_so(as_lena, open_assessment, browse_url):
    page = words(as_lena.get(browse_url, {"q": "<script>zebra"}))

    assert "0 elements mention" in page
    assert "Nothing was found" in page
    assert "&lt;script&gt;zebra" in page


def test_before_a_standard_is_loaded_the_page_says_whom_to_ask(
    as_lena, browse_url, cast
):
    page = words(as_lena.get(browse_url))

    assert "No standard is loaded yet" in page
    assert as_lena.get(f"{browse_url}1.1.1/").status_code == 404


def test_an_organisation_without_a_certification_reads_the_latest(
    as_lena, standard, browse_url
):
    assert "Customer Insight" in words(as_lena.get(browse_url))
    assert Event.objects.count() == 0


def test_the_page_lists_sub_elements_with_their_years(
    as_lena, open_assessment, sub_element, browse_url
):
    last_year = AssessmentFactory(
        certification=open_assessment.certification, year=2025
    )
    ResultFactory(assessment=last_year, node=sub_element, rating="PC")

    page = words(as_lena.get(browse_url))

    assert "Your sub-elements 1.3.3.1 We compare our results" in page
    assert "2025 PC Partial compliance" in page
    assert "2026 – Not rated" in page


def test_one_element_has_all_its_words(as_lena, open_assessment, element_url):
    node = shared_tree(open_assessment.certification.standard).by_ref["3.4.2"]

    page = as_lena.get(element_url("3.4.2"))

    assert page.context["node"] == node
    for line in [node.statement, *node.guidance.splitlines()]:
        assert line.replace("'", "&#x27;") in words(page)


def test_one_element_shows_its_ratings_newest_first(
    as_lena, open_assessment, element_url
):
    earlier = AssessmentFactory(certification=open_assessment.certification, year=2025)
    node = open_assessment.certification.standard.nodes.get(ref="3.4.2")
    ResultFactory(assessment=earlier, node=node, rating="CP")

    page = as_lena.get(element_url("3.4.2"))

    assert [r.assessment.year for r in page.context["history"]] == [2026, 2025]
    assert "CP Compliance Plus Recorded" in words(page)


@pytest.mark.parametrize("ref", ["9.9.9", "1", "1.1", "1.3.3.1"])
def test_what_is_not_an_element_is_not_found(
    as_lena, open_assessment, element_url, ref
):
    assert as_lena.get(element_url(ref)).status_code == 404


def test_a_sub_element_has_a_page_of_its_own(as_lena, sub_element, element_url):
    page = words(as_lena.get(element_url("1.3.3.1")))

    assert "Your sub-element of 1.3.3" in page
    assert "Change its words" in page
    assert "Take it out of the 2026 review" in page


def test_another_organisations_sub_elements_do_not_show(signed_in, cast, sub_element):
    as_sam = signed_in(cast.sam)
    slug = cast.elsewhere.slug

    page = words(as_sam.get(reverse("assessments:standard", args=[slug])))
    assert "We compare our results" not in page
    own = reverse("assessments:standard_element", args=[slug, "1.3.3.1"])
    assert as_sam.get(own).status_code == 404


def test_who_may_rate_is_offered_what_to_change(
    as_lena, signed_in, cast, open_assessment, element_url
):
    offered = "Say that it does not apply in the 2026 review"

    assert offered in words(as_lena.get(element_url("3.4.2")))
    assert offered not in words(signed_in(cast.mo).get(element_url("3.4.2")))


def test_a_confirmed_year_offers_nothing_to_change(
    as_lena, cast, open_assessment, element_url
):
    confirmed(open_assessment, by=cast.cass)

    assert "Make it fit your organisation" not in words(
        as_lena.get(element_url("3.4.2"))
    )


class TestTheGoverningBody:
    """Sees confirmed years only, here as everywhere."""

    @pytest.fixture
    def as_vik(self, signed_in, cast):
        return signed_in(cast.vik)

    def test_reads_the_standard(self, as_vik, open_assessment, browse_url):
        assert "Customer Insight" in words(as_vik.get(browse_url))

    def test_does_not_see_an_open_years_ratings(
        self, as_vik, open_assessment, element_url
    ):
        open_assessment.results.filter(node__ref="3.4.2").update(rating="NC")

        page = as_vik.get(element_url("3.4.2"))

        assert page.context["history"] == []
        assert "Non-compliance" not in words(page)

    def test_does_not_see_sub_elements_of_an_open_year(
        self, as_vik, sub_element, browse_url, element_url
    ):
        assert "We compare our results" not in words(as_vik.get(browse_url))
        assert "We compare our results" not in words(
            as_vik.get(browse_url, {"q": "compare"})
        )
        assert as_vik.get(element_url("1.3.3.1")).status_code == 404

    def test_sees_all_once_the_year_is_confirmed(
        self, as_vik, sub_element, open_assessment, browse_url, element_url, cast
    ):
        open_assessment.results.filter(node=sub_element).update(rating="C")
        confirmed(open_assessment, by=cast.cass)

        assert "We compare our results" in words(as_vik.get(browse_url))
        assert len(as_vik.get(element_url("1.3.3.1")).context["history"]) == 1


def test_the_page_costs_the_same_for_many_sub_elements_and_years(
    as_lena, open_assessment, browse_url, queries_for, cast
):
    certification = open_assessment.certification
    parent = certification.standard.nodes.get(ref="1.3.3")

    def split(count, year):
        assessment = AssessmentFactory(certification=certification, year=year)
        for number in range(count):
            node = StandardNodeFactory(
                standard=certification.standard,
                organisation=cast.ashby,
                parent=parent,
                kind="sub_element",
                ref=f"1.3.3.{year - 2000}{number:02}",
            )
            ResultFactory(assessment=assessment, node=node, rating="C")

    split(2, 2015)
    few = queries_for(as_lena, browse_url)
    split(40, 2016)
    many = queries_for(as_lena, browse_url)

    assert few == many
    assert many <= 10
