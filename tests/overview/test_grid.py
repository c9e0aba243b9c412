from datetime import date

import pytest
from django.urls import reverse

from assessments.models import Assessment
from assessments.ratings import Basis, Rating
from assessments.services.assessments import start_assessment
from assessments.services.ratings import RatingEntry, rate_nodes
from assessments.standard_tree import tree_for
from evidence.services.details import ItemDetails, VersionDates
from evidence.services.items import add_link
from evidence.services.links import Mark, link_to_element
from tests.factories import FindingFactory, confirmed
from tests.pages import form_of, rows_of, text_of

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
    assert many <= 15


def test_saving_keeps_the_filter(lena, open_assessment, element):
    address = f"{open_assessment.get_absolute_url()}?show=not-rated&criterion=1"
    data = fields(element, rating="CP", sampled="on") | {"save": "criterion-1"}

    page = lena.post(address, data)

    assert page.headers["Location"] == f"{address}#criterion-1"


def test_a_filter_leaves_out_rows_and_counts_them_all_the_same(
    lena, cast, open_assessment, element
):
    entry = RatingEntry(element.pk, element.version, Rating.PARTIAL, sampled=True)
    rate_nodes(assessment=open_assessment, entries=[entry], by=cast.lena)

    page = lena.get(open_assessment.get_absolute_url(), {"show": "partial"})

    assert 'id="row-1.1.1"' in page.text
    assert 'id="row-1.1.2"' not in page.text
    assert "11 elements: 0 CP, 0 C, 1 PC, 0 NC, 10 not rated" in text_of(page)


def test_a_filter_that_no_page_offers_filters_nothing(lena, open_assessment):
    page = lena.get(open_assessment.get_absolute_url(), {"show": "odd", "criterion": 9})

    assert page.text.count('id="row-') == 57


def test_a_filter_that_leaves_nothing_says_so(lena, open_assessment):
    page = lena.get(open_assessment.get_absolute_url(), {"show": "partial"})

    assert "No element is like that" in page.text


def test_the_last_comment_and_the_evidence_stand_beside_the_rating(
    lena, cast, open_assessment, element
):
    node = tree_for(cast.ashby, open_assessment.certification.standard).by_id[
        element.node_id
    ]
    FindingFactory(
        assessment=open_assessment, node=element.node, comment="Ask more people."
    )
    item = add_link(
        organisation=cast.ashby,
        details=ItemDetails(title="Minutes"),
        url="https://ashby.example/minutes",
        dates=VersionDates(as_at=date(2026, 5, 1)),
        by=cast.lena,
    )
    link_to_element(
        item=item, assessment=open_assessment, node=node, mark=Mark(), by=cast.lena
    )

    row = rows_of(lena.get(open_assessment.get_absolute_url()))[1]

    assert row[-3:] == ["2026 Ask more people.", "1", "1"]


def test_setting_a_criterion_shows_the_ratings_before_anything_is_saved(
    lena, open_assessment
):
    first, other = (result_of(open_assessment, ref) for ref in ("1.1.1", "2.1.1"))
    data = fields(first) | fields(other)
    data |= {"fill": "1", "fill-rating-1": "C", "fill-scope-1": "not-rated"}

    page = lena.post(open_assessment.get_absolute_url(), data)

    assert "1 element of criterion 1 changed below and not saved yet" in page.text
    sent = form_of(page).values
    assert (sent[f"rating-{first.pk}"], sent[f"rating-{other.pk}"]) == (["C"], [""])
    assert not open_assessment.results.rated().exists()


def test_setting_a_criterion_to_what_is_no_rating_is_refused(lena, open_assessment):
    data = {"fill": "1", "fill-rating-1": "A", "fill-scope-1": "not-rated"}

    assert lena.post(open_assessment.get_absolute_url(), data).status_code == 400


def test_an_earlier_years_comment_shows_until_this_year_has_one(
    lena, cast, certification, open_assessment, element
):
    FindingFactory(
        assessment=open_assessment, node=element.node, comment="**Ask** more people."
    )
    confirmed(open_assessment, by=cast.lena)
    later = start_assessment(
        certification=certification,
        year=2027,
        kind=Assessment.Kind.REVIEW,
        by=cast.lena,
    )

    before = rows_of(lena.get(later.get_absolute_url()))[1]
    FindingFactory(assessment=later, node=element.node, comment="Ask the tenants.")
    after = rows_of(lena.get(later.get_absolute_url()))[1]

    assert before[-3:] == ["2026 Ask more people.", "", ""]
    assert after[-3:] == ["2027 Ask the tenants.", "1", ""]


def test_the_organisations_own_rating_stands_in_the_row(
    lena, cast, certification, open_assessment
):
    own = start_assessment(
        certification=certification, year=2026, kind=Assessment.Kind.SELF, by=cast.lena
    )
    for assessment, rating in [(own, Rating.PLUS), (open_assessment, Rating.PARTIAL)]:
        result = assessment.results.get(node__ref="1.1.1")
        entry = RatingEntry(result.pk, result.version, rating, sampled=True)
        rate_nodes(assessment=assessment, entries=[entry], by=cast.lena)

    page = lena.get(open_assessment.get_absolute_url())

    assert "you: CP, higher than the assessor" in page.text


@pytest.mark.slow
def test_what_was_carried_into_a_self_assessment_is_no_rating_of_ones_own(
    lena, cast, certification, open_assessment
):
    own = start_assessment(
        certification=certification, year=2026, kind=Assessment.Kind.SELF, by=cast.lena
    )
    source = open_assessment.results.get(node__ref="1.1.1")
    own.results.filter(node__ref="1.1.1").update(
        rating=Rating.PARTIAL, basis=Basis.CARRIED, carried_from=source
    )
    grid, element = open_assessment.get_absolute_url(), open_assessment.url_of("1.1.1")

    assert "you: PC" not in lena.get(grid).text
    assert "You rated yourselves" not in lena.get(element).text
    assert "Planned to be sampled" in lena.get(grid).text
    assert "Planned to be sampled" not in lena.get(own.get_absolute_url()).text
