import pytest
from django.urls import reverse

from assessments.ratings import Rating
from assessments.services.ratings import RatingEntry, rate_nodes
from tests.factories import confirmed

CONFLICT = 409


def result_of(assessment, ref):
    return assessment.results.get(node__ref=ref)


def fields(result, **changes):
    """What the page sends back for one row."""
    seen = f"{result.version}:{result.rating}:{int(result.sampled)}"
    row = {"seen": seen, "rating": result.rating} | changes
    return {f"{name}-{result.pk}": value for name, value in row.items()}


@pytest.fixture
def lena(cast, signed_in):
    return signed_in(cast.lena)


@pytest.fixture
def element(open_assessment):
    return result_of(open_assessment, "1.1.1")


def test_all_elements_can_be_rated_in_one_go(lena, open_assessment):
    rows = list(open_assessment.results.all())
    data = {}
    for row in rows:
        data |= fields(row, rating="C", sampled="on")

    page = lena.post(open_assessment.get_absolute_url(), data, follow=True)

    assert "57 elements saved" in page.text
    assert open_assessment.results.filter(rating="C", sampled=True).count() == 57


def test_saving_leads_back_to_the_criterion(lena, open_assessment, element):
    data = fields(element, rating="CP", sampled="on") | {"save": "criterion-1"}

    page = lena.post(open_assessment.get_absolute_url(), data)

    assert page.headers["Location"].endswith("#criterion-1")


def test_both_values_are_shown_when_somebody_was_faster(
    lena, cast, open_assessment, element
):
    data = fields(element, rating="CP", sampled="on")
    entry = RatingEntry(element.pk, element.version, Rating.PARTIAL, sampled=True)
    rate_nodes(assessment=open_assessment, entries=[entry], by=cast.mo)

    page = lena.post(open_assessment.get_absolute_url(), data)

    assert page.status_code == CONFLICT
    assert "Someone saved Partial compliance, sampled for 1.1.1" in page.text
    assert "You chose Compliance Plus, sampled" in page.text
    element.refresh_from_db()
    assert element.rating == Rating.PARTIAL


def test_saving_again_after_seeing_both_puts_mine_in_place(
    lena, cast, open_assessment, element
):
    entry = RatingEntry(element.pk, element.version, Rating.PARTIAL, sampled=True)
    rate_nodes(assessment=open_assessment, entries=[entry], by=cast.mo)
    element.refresh_from_db()

    lena.post(
        open_assessment.get_absolute_url(), fields(element, rating="CP", sampled="on")
    )

    element.refresh_from_db()
    assert element.rating == Rating.PLUS


def test_a_row_that_i_did_not_touch_never_clashes(lena, cast, open_assessment, element):
    untouched = fields(element)
    entry = RatingEntry(element.pk, element.version, Rating.PARTIAL, sampled=True)
    rate_nodes(assessment=open_assessment, entries=[entry], by=cast.mo)
    other = result_of(open_assessment, "1.1.2")

    page = lena.post(
        open_assessment.get_absolute_url(),
        untouched | fields(other, rating="C", sampled="on"),
        follow=True,
    )

    assert "1 element saved" in page.text
    element.refresh_from_db()
    assert element.rating == Rating.PARTIAL


def test_a_change_without_a_mark_is_asked_for_its_reason_at_the_row(
    lena, cast, certification, open_assessment, element
):
    entry = RatingEntry(element.pk, element.version, Rating.PLUS, sampled=True)
    rate_nodes(assessment=open_assessment, entries=[entry], by=cast.lena)
    open_assessment.refresh_from_db()
    confirmed(open_assessment, by=cast.lena)
    start_url = reverse("assessments:start", args=[cast.ashby.slug])
    lena.post(start_url, {"year": 2027, "kind": "review", "carry_forward": "on"})
    later = certification.assessments.get(year=2027)
    row = result_of(later, "1.1.1")

    refused = lena.post(later.get_absolute_url(), fields(row, rating="C"))
    lena.post(
        later.get_absolute_url(), fields(row, rating="C", reason="Lost in the report")
    )

    assert "1.1.1 was Compliance Plus in 2026" in refused.text
    row.refresh_from_db()
    assert (row.rating, row.reason) == ("C", "Lost in the report")


def test_a_manager_reads_and_does_not_rate(signed_in, cast, open_assessment, element):
    mo = signed_in(cast.mo)

    assert "Save all changes" not in mo.get(open_assessment.get_absolute_url()).text
    assert mo.post(open_assessment.get_absolute_url(), {}).status_code == 403


def test_the_governing_body_knows_confirmed_assessments_only(
    signed_in, cast, open_assessment
):
    vik = signed_in(cast.vik)

    assert vik.get(open_assessment.get_absolute_url()).status_code == 404

    confirmed(open_assessment, by=cast.lena)
    assert vik.get(open_assessment.get_absolute_url()).status_code == 200


def test_a_rating_that_no_page_offers_is_refused(lena, open_assessment, element):
    page = lena.post(open_assessment.get_absolute_url(), fields(element, rating="A"))

    assert page.status_code == 400


def test_the_page_costs_the_same_for_many_elements(lena, assessment_with, queries_for):
    few = queries_for(lena, assessment_with(nodes=5).get_absolute_url())
    many = queries_for(lena, assessment_with(nodes=200).get_absolute_url())

    assert few == many
    assert many <= 10
