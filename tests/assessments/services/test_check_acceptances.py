"""A flag that may stay: with a reason, for these facts, and taken back again."""

from datetime import UTC, datetime

import pytest

from assessments.check_readings import acceptances_of
from assessments.checks.hits import Hit
from assessments.checks.telling import told_with
from assessments.models import CheckAcceptance
from assessments.services.check_acceptances import accept_check, withdraw_acceptance
from assessments.standard_tree import tree_for
from cse_tracker.accounts.models import Event
from cse_tracker.core.errors import RuleBroken
from tests.factories import confirmed

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def lost(assessment, ref="1.1.1", after="C", number="CHK-205"):
    """Compliance Plus lost at an element."""
    return Hit(number, assessment.pk, 2026, ref, "Lost", ("CP", 2025, after))


@pytest.fixture
def accept(open_assessment, cast):
    def accept_hits(*hits, reason="The assessor explained it"):
        accept_check(
            assessment=open_assessment, hits=hits, reason=reason, now=NOW, by=cast.lena
        )

    return accept_hits


@pytest.fixture
def told(open_assessment, certification, cast):
    """A hit with what the database says of it."""

    def of(hit):
        tree = tree_for(cast.ashby, certification.standard)
        return told_with([hit], acceptances_of(open_assessment, tree))[0]

    return of


@pytest.mark.parametrize("ref", ["1.1.1", ""])
def test_an_accepted_flag_stays_accepted_until_its_facts_change(
    accept, told, open_assessment, ref
):
    accept(lost(open_assessment, ref))

    assert told(lost(open_assessment, ref)).is_accepted
    changed = told(lost(open_assessment, ref, after="PC"))
    assert changed.has_lapsed
    assert changed.acceptance.reason == "The assessor explained it"


def test_accepting_again_on_other_facts_takes_the_place_of_the_first(
    accept, told, open_assessment
):
    accept(lost(open_assessment))
    accept(lost(open_assessment, after="PC"), reason="It was put right")

    assert told(lost(open_assessment, after="PC")).is_accepted
    assert CheckAcceptance.objects.count() == 1


def test_accepting_the_same_twice_writes_once(accept, open_assessment):
    accept(lost(open_assessment))
    accept(lost(open_assessment))

    assert Event.objects.filter(verb="accepted").count() == 1


def test_nobodys_reason_is_replaced_by_anothers_for_the_same_facts(
    accept, told, open_assessment
):
    accept(lost(open_assessment))

    with pytest.raises(RuleBroken, match="meanwhile, because: “The assessor explained"):
        accept(lost(open_assessment), reason="It is on paper")

    acceptance = told(lost(open_assessment)).acceptance
    assert acceptance.reason == "The assessor explained it"


def test_many_places_are_accepted_together_each_with_its_entry_in_the_log(
    accept, open_assessment, cast
):
    accept(lost(open_assessment), lost(open_assessment, "1.1.2"))

    events = Event.objects.filter(verb="accepted", by=cast.lena)
    assert [event.changes for event in events] == [
        {"reason": ["", "The assessor explained it"]}
    ] * 2


def test_an_error_is_not_accepted(accept, open_assessment):
    with pytest.raises(RuleBroken, match="error cannot be accepted"):
        accept(lost(open_assessment, number="CHK-105"))


def test_nothing_is_accepted_without_a_reason(accept, open_assessment):
    with pytest.raises(RuleBroken, match="Enter the reason"):
        accept(lost(open_assessment), reason="  ")


def test_a_flag_of_a_confirmed_year_can_be_accepted(
    accept, told, open_assessment, cast
):
    confirmed(open_assessment, by=cast.lena)

    accept(lost(open_assessment))

    assert told(lost(open_assessment)).is_accepted


def test_an_acceptance_taken_back_opens_the_flag_and_stays_in_the_log(
    accept, told, open_assessment, cast
):
    accept(lost(open_assessment))
    acceptance = CheckAcceptance.objects.get()

    withdraw_acceptance(acceptance=acceptance, by=cast.lena)
    withdraw_acceptance(acceptance=acceptance, by=cast.lena)

    assert told(lost(open_assessment)).acceptance is None
    [event] = Event.objects.filter(verb="withdrew the acceptance of")
    assert event.target_label == "CHK-205 at 1.1.1"
    assert event.changes == {"reason": ["The assessor explained it", ""]}
