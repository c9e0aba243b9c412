from datetime import date

import pytest

from assessments.models import Assessment, Result
from assessments.ratings import Basis, Rating
from assessments.services.assessments import start_assessment
from assessments.services.ratings import RatingEntry, ReasonsMissing, rate_nodes
from cse_tracker.accounts.models import Event
from cse_tracker.core.errors import Conflict, RuleBroken
from tests.factories import confirmed

pytestmark = pytest.mark.django_db


def result_of(assessment, ref):
    return assessment.results.select_related("node").get(node__ref=ref)


def rate(assessment, ref, rating, *, by, sampled=False, reason="", seen_version=None):
    result = result_of(assessment, ref)
    version = seen_version or result.version
    entry = RatingEntry(result.pk, version, rating, sampled, reason)
    rate_nodes(assessment=assessment, entries=[entry], by=by)
    return result_of(assessment, ref)


@pytest.fixture
def lena(cast):
    return cast.lena


@pytest.fixture
def last_year(certification, lena):
    """A confirmed initial assessment in which 1.1.1 is compliant and 2.1.4 partial."""
    assessment = start_assessment(
        certification=certification, year=2025, kind=Assessment.Kind.INITIAL, by=lena
    )
    rate(assessment, "1.1.1", Rating.COMPLIANT, by=lena)
    rate(assessment, "2.1.4", Rating.PARTIAL, by=lena)
    assessment.refresh_from_db()
    return confirmed(assessment, by=lena)


@pytest.fixture
def review(last_year, open_assessment):
    return open_assessment


def test_rating_an_element_again_replaces_the_first_rating(open_assessment, lena):
    rate(open_assessment, "1.1.1", Rating.PARTIAL, by=lena)

    result = rate(open_assessment, "1.1.1", Rating.COMPLIANT, by=lena)

    assert (result.rating, result.version) == (Rating.COMPLIANT, 3)


def test_a_rating_says_who_changed_what_from_what(open_assessment, lena):
    rate(open_assessment, "1.1.1", Rating.COMPLIANT, by=lena)

    result = rate(open_assessment, "1.1.1", Rating.PLUS, sampled=True, by=lena)

    event = Event.objects.about(result).first()
    assert event.by == lena
    assert event.changes["rating"] == ["C", "CP"]
    assert (event.assessment_id, event.node_id) == (open_assessment.pk, result.node_id)


def test_the_same_rating_again_writes_nothing(open_assessment, lena):
    rate(open_assessment, "1.1.1", Rating.COMPLIANT, by=lena)
    before = Event.objects.count()

    result = rate(open_assessment, "1.1.1", Rating.COMPLIANT, by=lena)

    assert (result.version, Event.objects.count()) == (2, before)


def test_the_first_rating_takes_a_planned_assessment_into_progress(
    open_assessment, lena
):
    rate(open_assessment, "1.1.1", Rating.COMPLIANT, by=lena)

    open_assessment.refresh_from_db()
    assert open_assessment.state == Assessment.State.IN_PROGRESS
    began = Event.objects.about(open_assessment).first()
    assert began.changes == {"state": ["planned", "in_progress"]}


def test_a_dated_visit_is_later_than_an_undated_one_of_the_same_year(
    certification, lena, open_assessment
):
    """On every database: they differ in where they sort what is blank."""
    dated = start_assessment(
        certification=certification,
        year=2025,
        kind=Assessment.Kind.FOLLOW_UP,
        details={"visit_starts_on": date(2025, 3, 1)},
        by=lena,
    )
    undated = start_assessment(
        certification=certification, year=2025, kind=Assessment.Kind.REVIEW, by=lena
    )
    rate(undated, "1.1.1", Rating.PARTIAL, by=lena, sampled=True)
    rate(dated, "1.1.1", Rating.COMPLIANT, by=lena, sampled=True)

    result = rate(open_assessment, "1.1.1", Rating.COMPLIANT, by=lena)

    assert result.carried_from == result_of(dated, "1.1.1")
    assert list(Assessment.objects.before(dated)) == [undated]


def test_the_last_known_rating_again_is_tied_to_its_source(review, last_year, lena):
    result = rate(review, "1.1.1", Rating.COMPLIANT, by=lena)

    assert result.basis == Basis.CARRIED
    assert result.carried_from == result_of(last_year, "1.1.1")


def test_marking_a_carried_rating_as_sampled_makes_it_assessed(review, lena):
    rate(review, "1.1.1", Rating.COMPLIANT, by=lena)

    result = rate(review, "1.1.1", Rating.COMPLIANT, sampled=True, by=lena)

    assert (result.basis, result.carried_from) == (Basis.ASSESSED, None)


def test_a_carried_rating_entered_again_at_a_full_assessment_was_assessed(
    last_year, certification, lena
):
    full = start_assessment(
        certification=certification,
        year=2026,
        kind=Assessment.Kind.FULL,
        carry_forward=True,
        by=lena,
    )

    result = rate(full, "1.1.1", Rating.COMPLIANT, by=lena)

    assert (result.basis, result.carried_from) == (Basis.ASSESSED, None)


def test_a_change_without_a_sample_asks_for_a_reason(review, lena):
    with pytest.raises(ReasonsMissing, match=r"2\.1\.4"):
        rate(review, "2.1.4", Rating.COMPLIANT, by=lena)

    assert result_of(review, "2.1.4").rating == ""


def test_a_change_without_a_sample_is_recorded_with_its_reason(review, lena):
    reason = "The assessor agreed by letter."

    result = rate(review, "2.1.4", Rating.COMPLIANT, reason=reason, by=lena)

    assert (result.basis, result.reason) == (Basis.RECORDED, reason)


def test_a_reason_goes_with_the_change_that_it_was_for(review, lena):
    reason = "Closed in the report's covering letter."
    rate(review, "2.1.4", Rating.COMPLIANT, reason=reason, by=lena)

    result = rate(review, "2.1.4", Rating.PARTIAL, reason=reason, by=lena)

    assert (result.basis, result.reason) == (Basis.CARRIED, "")
    newest = Event.objects.filter(node_id=result.node_id).latest("pk")
    assert newest.changes["reason"] == [reason, ""]
    with pytest.raises(ReasonsMissing):
        rate(review, "2.1.4", Rating.COMPLIANT, by=lena)


def test_a_newer_value_is_not_overwritten_unseen(open_assessment, cast):
    rate(open_assessment, "1.1.1", Rating.PARTIAL, by=cast.mo)

    with pytest.raises(Conflict) as refusal:
        rate(open_assessment, "1.1.1", Rating.PLUS, seen_version=1, by=cast.lena)

    (clash,) = refusal.value.clashes
    assert clash.current.rating == Rating.PARTIAL
    assert clash.attempted["rating"] == Rating.PLUS
    assert result_of(open_assessment, "1.1.1").rating == Rating.PARTIAL


def test_one_stale_row_keeps_all_the_others_from_being_written(open_assessment, lena):
    rate(open_assessment, "1.1.1", Rating.PARTIAL, by=lena)
    results = [result_of(open_assessment, ref) for ref in ("1.1.1", "1.1.2")]
    entries = [RatingEntry(row.pk, 1, Rating.PLUS, sampled=True) for row in results]

    with pytest.raises(Conflict):
        rate_nodes(assessment=open_assessment, entries=entries, by=lena)

    assert result_of(open_assessment, "1.1.2").rating == ""


def test_a_confirmed_assessment_cannot_be_rated(last_year, lena):
    with pytest.raises(RuleBroken, match="was confirmed on"):
        rate(last_year, "1.1.1", Rating.PLUS, by=lena)


def test_what_does_not_apply_cannot_be_rated(open_assessment, lena):
    Result.objects.filter(pk=result_of(open_assessment, "1.1.1").pk).update(
        applicable=False
    )

    with pytest.raises(RuleBroken, match=r"1\.1\.1 does not apply"):
        rate(open_assessment, "1.1.1", Rating.PLUS, by=lena)


def test_results_of_another_assessment_are_left_alone(review, last_year, lena):
    foreign = result_of(last_year, "1.1.1")
    entry = RatingEntry(foreign.pk, foreign.version, Rating.NON, sampled=True)

    assert rate_nodes(assessment=review, entries=[entry], by=lena) == []

    foreign.refresh_from_db()
    assert foreign.rating == Rating.COMPLIANT


def test_saving_many_ratings_costs_few_queries(
    assessment_with, lena, django_assert_max_num_queries
):
    assessment = assessment_with(nodes=57)
    entries = [
        RatingEntry(row.pk, row.version, Rating.PLUS, sampled=True)
        for row in assessment.results.all()
    ]

    # Beside the eight statements, savepoints of the test's own transaction.
    with django_assert_max_num_queries(10):
        rate_nodes(assessment=assessment, entries=entries, by=lena)

    assert assessment.results.filter(rating=Rating.PLUS.value).count() == 57
