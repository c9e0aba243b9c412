from datetime import UTC, datetime

import pytest

from assessments.models import Assessment
from assessments.ratings import Basis, Rating
from assessments.services.assessments import (
    confirm_assessment,
    edit_assessment,
    hand_to_approver,
    start_assessment,
    take_back,
    unlock_assessment,
)
from assessments.services.ratings import RatingEntry, rate_nodes
from assessments.services.sub_elements import add_sub_element
from assessments.standard_tree import tree_for
from cse_tracker.accounts.models import Event
from cse_tracker.core.errors import Conflict, RuleBroken
from tests.factories import confirmed

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


@pytest.fixture
def lena(cast):
    return cast.lena


def start(certification, year, lena, **options):
    kind = options.pop("kind", Assessment.Kind.REVIEW)
    return start_assessment(
        certification=certification, year=year, kind=kind, by=lena, **options
    )


def rate(assessment, ref, rating, lena):
    result = assessment.results.get(node__ref=ref)
    entry = RatingEntry(result.pk, result.version, rating, sampled=True)
    rate_nodes(assessment=assessment, entries=[entry], by=lena)


def test_a_new_assessment_has_an_empty_result_for_each_element(certification, lena):
    assessment = start(certification, 2026, lena)

    assert assessment.results.count() == 57
    assert not assessment.results.rated().exists()
    assert assessment.state == Assessment.State.PLANNED


def test_a_year_has_one_assessment_of_a_kind(open_assessment, certification, lena):
    with pytest.raises(RuleBroken, match="2026 already has a review"):
        start(certification, 2026, lena)


def test_carrying_forward_copies_the_last_known_rating_with_its_source(
    certification, lena
):
    first = start(certification, 2024, lena)
    rate(first, "1.1.1", Rating.PLUS, lena)
    start(certification, 2025, lena)

    later = start(certification, 2026, lena, carry_forward=True)

    carried = later.results.get(node__ref="1.1.1")
    assert (carried.rating, carried.basis) == (Rating.PLUS, Basis.CARRIED)
    assert carried.carried_from.assessment == first
    assert later.results.get(node__ref="1.1.2").basis == Basis.RECORDED


def test_a_self_assessment_is_no_source_for_carrying(certification, lena):
    own = start(certification, 2025, lena, kind=Assessment.Kind.SELF)
    rate(own, "1.1.1", Rating.PLUS, lena)

    later = start(certification, 2026, lena, carry_forward=True)

    assert later.results.get(node__ref="1.1.1").rating == ""


def test_a_self_assessment_starts_without_ratings_and_with_its_sub_elements(
    certification, lena
):
    first = start(certification, 2025, lena)
    tree = tree_for(certification.organisation, certification.standard)
    clause = add_sub_element(
        assessment=first, parent=tree.by_ref["1.3.4"], statement="Targets", by=lena
    )
    rate(first, "1.1.1", Rating.PARTIAL, lena)

    own = start(
        certification, 2026, lena, kind=Assessment.Kind.SELF, carry_forward=True
    )

    assert not own.results.rated().exists()
    assert own.results.filter(node=clause).exists()


def test_sub_elements_that_were_still_tracked_continue(certification, lena):
    first = start(certification, 2025, lena)
    tree = tree_for(certification.organisation, certification.standard)
    clause = add_sub_element(
        assessment=first, parent=tree.by_ref["1.3.4"], statement="Targets", by=lena
    )
    rate(first, clause.ref, Rating.PARTIAL, lena)

    later = start(certification, 2026, lena, carry_forward=True)

    assert later.results.get(node=clause).rating == Rating.PARTIAL


def test_a_sub_element_that_is_not_rated_yet_continues_too(certification, lena):
    first = start(certification, 2025, lena)
    rate(first, "1.1.1", Rating.COMPLIANT, lena)
    tree = tree_for(certification.organisation, certification.standard)
    clause = add_sub_element(
        assessment=first, parent=tree.by_ref["1.3.4"], statement="Targets", by=lena
    )

    later = start(certification, 2026, lena, carry_forward=True)

    assert later.results.get(node=clause).rating == ""
    event = Event.objects.about(later).get(verb="started")
    assert event.changes["carried_ratings"] == [0, 1]


def test_what_did_not_apply_last_year_does_not_apply_this_year(certification, lena):
    first = start(certification, 2025, lena)
    first.results.filter(node__ref="3.3.3").update(
        applicable=False, reason="No public premises"
    )

    later = start(certification, 2026, lena)

    exempt = later.results.get(node__ref="3.3.3")
    assert (exempt.applicable, exempt.reason) == (False, "No public premises")


def test_nothing_can_be_confirmed_before_something_is_rated(open_assessment, cast):
    with pytest.raises(RuleBroken, match="Nothing is rated yet"):
        confirm_assessment(
            assessment=open_assessment, seen_version=1, now=NOW, by=cast.cass
        )


def test_confirming_locks_and_says_who_and_when(open_assessment, cast):
    rate(open_assessment, "1.1.1", Rating.COMPLIANT, cast.lena)

    saved = confirm_assessment(
        assessment=open_assessment, seen_version=1, now=NOW, by=cast.cass
    )

    assert not saved.is_open
    assert (saved.confirmed_at, saved.confirmed_by) == (NOW, cast.cass)
    with pytest.raises(RuleBroken, match="was confirmed on 3 November 2026"):
        saved.check_open()


def test_unlocking_asks_for_a_reason_and_keeps_it(open_assessment, cast):
    locked = confirmed(open_assessment, by=cast.lena)
    with pytest.raises(RuleBroken, match="Enter the reason"):
        unlock_assessment(
            assessment=locked, seen_version=locked.version, reason=" ", by=cast.cass
        )

    opened = unlock_assessment(
        assessment=locked,
        seen_version=locked.version,
        reason="4.1.2 was misread",
        by=cast.cass,
    )

    assert opened.is_open
    event = Event.objects.about(opened).first()
    assert event.changes["reason"] == ["", "4.1.2 was misread"]


def test_an_open_assessment_needs_no_unlocking(open_assessment, cast):
    with pytest.raises(RuleBroken, match="not confirmed"):
        unlock_assessment(
            assessment=open_assessment, seen_version=1, reason="why not", by=cast.cass
        )


def test_an_assessment_goes_to_the_approver_and_back(open_assessment, lena):
    handed = hand_to_approver(assessment=open_assessment, seen_version=1, by=lena)
    back = take_back(assessment=handed, seen_version=handed.version, by=lena)

    assert handed.state == Assessment.State.WITH_APPROVER
    assert back.state == Assessment.State.IN_PROGRESS


def test_details_are_not_overwritten_unseen(open_assessment, lena):
    edit_assessment(
        assessment=open_assessment, seen_version=1, by=lena, outcome="Retained"
    )

    with pytest.raises(Conflict):
        edit_assessment(
            assessment=open_assessment, seen_version=1, by=lena, outcome="Lost"
        )

    open_assessment.refresh_from_db()
    assert open_assessment.outcome == "Retained"
