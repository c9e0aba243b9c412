import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Assessment
from assessments.ratings import Rating
from assessments.services.assessments import start_assessment
from assessments.services.ratings import RatingEntry, rate_nodes
from assessments.services.sub_elements import add_sub_element
from assessments.standard_tree import shared_tree
from cse_tracker.accounts.models import Event
from tests.factories import confirmed
from tests.overview.test_grid import CONFLICT, fields, result_of


@pytest.fixture
def lena(cast, signed_in):
    return signed_in(cast.lena)


@pytest.fixture
def send(lena, open_assessment):
    """``send(fields)`` is the answer to rows sent by the page while somebody works on it."""
    url = rate_url(open_assessment)

    def post(*rows):
        data = {name: value for row in rows for name, value in row.items()}
        answer = lena.post(url, data)
        assert answer.status_code == 200, answer.text
        return answer.json()

    return post


@pytest.fixture
def element(open_assessment):
    return result_of(open_assessment, "1.1.1")


@pytest.fixture
def other(open_assessment):
    return result_of(open_assessment, "1.1.2")


def rate_url(assessment):
    slugs = [assessment.organisation.slug, assessment.slug]
    return reverse("overview:rate_rows", args=slugs)


def save(result, rating, *, by, sampled=True):
    entry = RatingEntry(result.pk, result.version, rating, sampled=sampled)
    rate_nodes(assessment=result.assessment, entries=[entry], by=by)


def test_a_saved_row_is_told_what_stands_there_now(send, element):
    [row] = send(fields(element, rating="CP", sampled="on"))["rows"]

    assert (row["id"], row["refused"], row["seen"]) == (element.pk, False, "2:CP:1")
    element.refresh_from_db()
    assert (element.rating, element.sampled) == (Rating.PLUS, True)


def test_the_counts_and_the_state_follow(send, element):
    pieces = send(fields(element, rating="CP", sampled="on"))["pieces"]

    assert "11 elements: 1 CP" in pieces["grid-counts-1"]
    assert "1 of 57" in pieces["grid-counts"]
    assert "In progress" in pieces["grid-state"]


def test_the_flags_that_hold_after_the_save_stand_at_the_rows(
    lena, partial_review, cast
):
    part = add_sub_element(
        assessment=partial_review,
        parent=shared_tree(partial_review.certification.standard).by_ref["1.1.1"],
        statement="We ask who moors here",
        by=cast.lena,
    )
    element, sub_element = (
        result_of(partial_review, ref) for ref in ("1.1.1", part.ref)
    )

    pieces = lena.post(
        rate_url(partial_review), fields(sub_element, rating="C", sampled="on")
    ).json()["pieces"]

    assert "2 to check" in pieces[f"checks-{element.pk}"]
    assert "to check" not in pieces[f"checks-{sub_element.pk}"]
    assert "Checks (2 open)" in pieces["grid-checks"]

    pieces = lena.post(
        rate_url(partial_review), fields(element, rating="C", sampled="on")
    ).json()["pieces"]

    assert "to check" not in pieces[f"checks-{element.pk}"]
    assert "open)" not in pieces["grid-checks"]


def test_one_refused_row_does_not_keep_the_others_from_being_saved(
    send, cast, element, other
):
    save(element, Rating.PARTIAL, by=cast.mo)

    first, second = send(
        fields(element, rating="CP", sampled="on"),
        fields(other, rating="C", sampled="on"),
    )["rows"]

    assert (first["refused"], first["clash"], second["refused"]) == (True, True, False)
    assert "Someone saved Partial compliance, sampled for 1.1.1" in first["note"]
    assert "Use mine" in first["note"]
    other.refresh_from_db()
    assert other.rating == Rating.COMPLIANT


def test_a_row_sent_again_after_its_answer_was_lost_is_saved_once(send, element):
    sent = fields(element, rating="CP", sampled="on")
    send(sent)
    before = Event.objects.count()

    [row] = send(sent)["rows"]

    assert (row["refused"], row["seen"]) == (False, "2:CP:1")
    assert Event.objects.count() == before


def test_what_somebody_else_saved_alike_is_no_clash(send, cast, element):
    save(element, Rating.PLUS, by=cast.mo)

    [row] = send(fields(element, rating="CP", sampled="on"))["rows"]

    assert row["refused"] is False


def test_a_change_without_a_sample_asks_for_its_reason(
    lena, cast, certification, element
):
    save(element, Rating.PLUS, by=cast.lena)
    this_year = Assessment.objects.get(pk=element.assessment_id)
    confirmed(this_year, by=cast.lena)
    later = start_assessment(
        certification=certification, year=2027, kind=Assessment.Kind.REVIEW, by=cast.ada
    )
    row = result_of(later, "1.1.1")

    answer = lena.post(rate_url(later), fields(row, rating="C")).json()["rows"][0]
    lena.post(rate_url(later), fields(row, rating="C", reason="Lost in the report"))

    assert (answer["refused"], answer["clash"]) == (True, False)
    assert "1.1.1 was Compliance Plus in 2026" in answer["note"]
    assert f'name="reason-{row.pk}"' in answer["note"]
    row.refresh_from_db()
    assert (row.rating, row.reason) == ("C", "Lost in the report")


def test_an_element_that_does_not_apply_any_more_is_refused_by_itself(
    send, element, other
):
    type(element).objects.filter(pk=element.pk).update(applicable=False)

    first, second = send(
        fields(element, rating="C", sampled="on"), fields(other, rating="C")
    )["rows"]

    assert "does not apply to this organisation any more" in first["note"]
    assert second["refused"] is False


def test_a_confirmed_assessment_says_why_nothing_is_saved(
    lena, cast, open_assessment, element
):
    confirmed(open_assessment, by=cast.lena)

    answer = lena.post(rate_url(open_assessment), fields(element, rating="C"))

    assert answer.status_code == CONFLICT
    assert "Ask an approver to unlock it" in answer.json()["problem"]


def test_rows_of_another_assessment_are_ignored(send, element):
    assert send({"seen-999999": "1::0", "rating-999999": "C"})["rows"] == []


def test_a_rating_that_no_page_offers_is_refused(lena, open_assessment, element):
    answer = lena.post(rate_url(open_assessment), fields(element, rating="A"))

    assert answer.status_code == 400


def test_saving_many_rows_costs_as_many_queries_as_saving_few(lena, assessment_with):
    def cost(assessment):
        data = {}
        for row in assessment.results.all():
            data |= fields(row, rating="CP", sampled="on")
        lena.get(assessment.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            lena.post(rate_url(assessment), data)
        return len(queries)

    few = cost(assessment_with(nodes=5))
    many = cost(assessment_with(nodes=57))

    assert few == many
    assert many <= 23
