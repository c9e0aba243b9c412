"""Inviting assessors: one event each, and a membership that follows the invitations."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from assessments.models import AssessorAccess, AssessorLook
from assessments.services.assessments import start_assessment
from assessments.services.assessors import (
    Stay,
    change_invitation,
    end_invitation,
    invite_assessor,
)
from assessments.services.looks import record_look
from cse_tracker.accounts.models import DataVersion, Event, Membership, User
from cse_tracker.accounts.permissions import Role
from cse_tracker.accounts.services import NewMember, add_member, name_administrator
from cse_tracker.core.errors import Conflict, RuleBroken
from tests.factories import invited_assessor

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
JUNE, JULY = date(2026, 6, 30), date(2026, 7, 31)
TESS = "tess@assessors.example"


def invite(assessment, cast, email=TESS, until=JUNE, may_rate=False):
    return invite_assessor(
        assessment=assessment,
        full_name="Tess Vane",
        email=email,
        stay=Stay(until=until, may_rate=may_rate),
        now=NOW,
        by=cast.ada,
    )


def end(access, cast):
    end_invitation(access=access, now=NOW, by=cast.ada)


def membership_of(email=TESS):
    return Membership.objects.get(user__email=email)


@pytest.fixture
def next_year(certification, cast):
    return start_assessment(
        certification=certification, year=2027, kind="review", by=cast.lena
    )


def test_an_invitation_is_an_account_a_way_in_and_one_event(open_assessment, cast):
    before = Event.objects.count()

    access = invite(open_assessment, cast, may_rate=True)

    assert User.objects.get(email=TESS).full_name == "Tess Vane"
    assert membership_of().roles == {Role.ASSESSOR}
    assert (access.until, access.may_rate) == (JUNE, True)
    [event] = Event.objects.order_by("pk")[before:]
    assert (event.verb, event.by, event.assessment_id) == (
        "invited",
        cast.ada,
        open_assessment.pk,
    )
    assert event.changes == {"until": [None, "2026-06-30"], "may_rate": [None, True]}


def test_a_member_can_not_be_an_assessor(open_assessment, cast):
    with pytest.raises(RuleBroken, match="Only somebody from outside"):
        invite(open_assessment, cast, email=cast.mo.email)


def test_nobody_is_invited_twice_to_one_assessment(open_assessment, cast):
    access = invite(open_assessment, cast)

    with pytest.raises(RuleBroken, match="invited to this assessment already"):
        invite(open_assessment, cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        AssessorAccess.objects.create(
            organisation=cast.ashby,
            assessment=open_assessment,
            membership=access.membership,
            until=JULY,
        )


def test_the_last_day_can_not_be_over(open_assessment, cast):
    with pytest.raises(RuleBroken, match="today or in the future"):
        invite(open_assessment, cast, until=date(2026, 5, 31))


def test_a_membership_lasts_as_long_as_the_latest_invitation(
    open_assessment, next_year, cast
):
    invite(open_assessment, cast, until=JULY)
    later = invite(next_year, cast, until=JUNE)
    assert membership_of().until == JULY

    change_invitation(
        access=later,
        seen_version=1,
        stay=Stay(until=date(2026, 9, 1), may_rate=True),
        now=NOW,
        by=cast.ada,
    )
    assert membership_of().until == date(2026, 9, 1)

    end(later, cast)
    assert (membership_of().until, membership_of().ended_at) == (JULY, None)


def test_the_second_to_change_an_invitation_is_told(open_assessment, cast):
    access = invite(open_assessment, cast)
    change = {"access": access, "seen_version": 1, "now": NOW, "by": cast.ada}
    change_invitation(stay=Stay(JULY, may_rate=False), **change)

    with pytest.raises(Conflict):
        change_invitation(stay=Stay(JUNE, may_rate=True), **change)

    access.refresh_from_db()
    assert (access.until, access.may_rate) == (JULY, False)


def test_an_invitation_ends_once_and_can_be_made_again(open_assessment, cast):
    access = invite(open_assessment, cast)

    end(access, cast)
    end(access, cast)

    assert membership_of().ended_at == NOW
    assert Event.objects.filter(verb="ended").count() == 1
    with pytest.raises(RuleBroken, match="Invite Tess Vane again"):
        change_invitation(
            access=access, seen_version=2, stay=Stay(JULY, True), now=NOW, by=cast.ada
        )
    assert invite(open_assessment, cast).membership.ended_at is None


def add_as_officer(cast, now=NOW):
    tess = NewMember("Tess Vane", TESS, frozenset({Role.OFFICER}))
    return add_member(organisation=cast.ashby, person=tess, now=now, by=cast.ada)


def test_who_assesses_is_not_a_member_at_the_same_time(open_assessment, cast):
    invite(open_assessment, cast)

    with pytest.raises(RuleBroken, match="End the invitation"):
        add_as_officer(cast)
    with pytest.raises(RuleBroken, match="End the invitation"):
        name_administrator(
            organisation=cast.ashby, full_name="Tess", email=TESS, now=NOW, by=None
        )


def test_an_assessor_of_the_past_can_become_a_member_and_stays_one(
    open_assessment, cast
):
    access = invite(open_assessment, cast)
    add_as_officer(cast, now=datetime(2026, 7, 1, tzinfo=UTC))
    assert membership_of().roles == {Role.OFFICER}
    assert membership_of().until is None

    end(access, cast)

    assert membership_of().ended_at is None


def test_an_assessor_may_be_a_member_elsewhere(open_assessment, cast):
    sam = cast.sam

    access = invite(open_assessment, cast, email=sam.email)

    assert access.membership.user == sam
    assert sam.memberships.count() == 2


def test_looks_are_no_change_of_the_organisations_data(open_assessment, cast):
    access = invited_assessor(open_assessment).access
    before = DataVersion.objects.of(cast.ashby).version()

    record_look(access=access, what="All elements", path="/o/ashby/" + "x" * 600)

    assert DataVersion.objects.of(cast.ashby).version() == before
    assert len(AssessorLook.objects.get().path) == 500


@pytest.mark.postgresql
def test_the_database_refuses_to_change_what_was_looked_at(open_assessment):
    access = invited_assessor(open_assessment).access
    record_look(access=access, what="All elements", path="/")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AssessorLook.objects.update(what="Nothing")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AssessorLook.objects.all().delete()
