import pytest

from assessments.models import Assessment, Finding
from assessments.ratings import Rating
from assessments.services.assessments import start_assessment
from assessments.services.findings import add_finding
from assessments.services.ratings import RatingEntry, rate_nodes
from assessments.services.responses import add_response
from assessments.services.sub_elements import add_sub_element
from assessments.standard_tree import tree_for
from tests.factories import confirmed
from tests.pages import form_of, text_of

CONFLICT = 409


@pytest.fixture
def lena(cast, signed_in):
    return signed_in(cast.lena)


@pytest.fixture
def element(open_assessment):
    return open_assessment.results.get(node__ref="1.1.3")


@pytest.fixture
def url(open_assessment):
    return open_assessment.url_of("1.1.3")


def add_comment(assessment, cast, ref="1.1.3", comment="Ask tenants too."):
    tree = tree_for(assessment.organisation, assessment.certification.standard)
    finding = add_finding(
        assessment=assessment,
        node=tree.by_ref[ref],
        kind=Finding.Kind.IMPROVEMENT,
        comment=comment,
        by=cast.lena,
    )
    add_response(findings=[finding], text="We ask them in May.", by=cast.lena)
    return finding


def test_a_split_element_shows_the_rating_of_each_clause(
    lena, cast, url, open_assessment
):
    tree = tree_for(cast.ashby, open_assessment.certification.standard)
    clause = add_sub_element(
        assessment=open_assessment,
        parent=tree.by_ref["1.1.3"],
        statement="We ask tenants.",
        by=cast.lena,
    )
    assert "1.1.3.1 We ask tenants Not rated yet" in text_of(lena.get(url))

    result = open_assessment.results.get(node=clause)
    entry = RatingEntry(result.pk, 1, Rating.PARTIAL, sampled=True)
    rate_nodes(assessment=open_assessment, entries=[entry], by=cast.lena)

    assert "1.1.3.1 We ask tenants PC" in text_of(lena.get(url))


def test_the_page_says_what_the_element_asks(lena, url):
    page = lena.get(url)

    assert "1.1.3 Reaching people who are seldom heard" in page.text
    assert "What an assessor looks for" in page.text


def test_save_and_next_keeps_the_rating_and_opens_the_next_element(
    lena, url, element, open_assessment
):
    data = {"version": 1, "rating": "CP", "sampled": "on", "save_next": "1"}

    page = lena.post(url, data)

    assert page.headers["Location"] == open_assessment.url_of("1.2.1")
    element.refresh_from_db()
    assert (element.rating, element.sampled) == (Rating.PLUS, True)


def test_both_values_are_shown_when_somebody_was_faster(
    lena, cast, url, element, open_assessment
):
    entry = RatingEntry(element.pk, 1, Rating.PARTIAL, sampled=True)
    rate_nodes(assessment=open_assessment, entries=[entry], by=cast.mo)

    typed = {"version": 1, "rating": "CP", "sampled": "on", "save_next": "1"}
    page = lena.post(url, typed)

    assert page.status_code == CONFLICT
    words = text_of(page)
    assert "There now Partial compliance You typed [new: Compliance Plus]" in words
    element.refresh_from_db()
    assert element.rating == Rating.PARTIAL
    done = lena.post(url, form_of(page).sending(**{"keep-rating": "mine"}))
    assert done.headers["Location"] == open_assessment.url_of("1.2.1")
    element.refresh_from_db()
    assert element.rating == Rating.PLUS


def test_comments_stand_with_their_responses(lena, cast, url, open_assessment):
    add_comment(open_assessment, cast)

    page = lena.get(url)

    assert "Ask tenants too." in page.text
    assert "We ask them in May." in page.text
    assert "Will you act on it?" in page.text


def test_the_governing_body_sees_the_rating_and_not_the_comments(
    signed_in, cast, url, open_assessment
):
    add_comment(open_assessment, cast)
    confirmed(open_assessment, by=cast.lena)

    page = signed_in(cast.vik).get(url)

    assert page.status_code == 200
    assert "Ask tenants too." not in page.text


def test_a_colleague_without_the_right_may_look_but_not_rate(signed_in, cast, url):
    mo = signed_in(cast.mo)

    assert "Save and next" not in mo.get(url).text
    assert mo.post(url, {"version": 1, "rating": "C"}).status_code == 403


def test_the_organisations_own_rating_stands_beside_the_assessors(
    lena, cast, url, element, open_assessment
):
    own = start_assessment(
        certification=open_assessment.certification,
        year=2026,
        kind=Assessment.Kind.SELF,
        by=cast.lena,
    )
    mine = own.results.get(node__ref="1.1.3")
    rated = [(own, mine, Rating.PLUS), (open_assessment, element, Rating.COMPLIANT)]
    for assessment, result, rating in rated:
        entry = RatingEntry(result.pk, result.version, rating, sampled=True)
        rate_nodes(assessment=assessment, entries=[entry], by=cast.lena)

    page = lena.get(url)

    assert "You rated yourselves" in page.text
    assert "higher than the assessor" in page.text


@pytest.mark.parametrize("ref", ["9.9.9", "1.1", "1"])
def test_what_is_no_element_is_not_found(lena, open_assessment, ref):
    assert lena.get(open_assessment.url_of(ref)).status_code == 404


def test_the_page_costs_the_same_for_many_comments(
    lena, cast, url, open_assessment, queries_for
):
    add_comment(open_assessment, cast)
    few = queries_for(lena, url)
    for number in range(9):
        add_comment(open_assessment, cast, comment=f"Idea {number}")

    assert queries_for(lena, url) == few
