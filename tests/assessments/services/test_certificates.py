"""Certificates: added, corrected, suspended, reinstated, withdrawn, removed."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from assessments.certificates import Change, Standing
from assessments.models import Certificate, CertificateStatus
from assessments.services.certificates import (
    SAVING_VERBS,
    CertificateDetails,
    ChangeDetails,
    add_certificate,
    edit_certificate,
    record_change,
    remove_certificate,
    take_back_change,
)
from assessments.services.certifications import certification_of
from cse_tracker.accounts.models import Event
from cse_tracker.core.errors import Conflict, RuleBroken

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
DETAILS = CertificateDetails(
    "Larkmoor", "L 17", "Whole organisation", date(2024, 3, 3), date(2027, 3, 2)
)


@pytest.fixture
def certificate(certification, cast):
    return add_certificate(certification=certification, details=DETAILS, by=cast.lena)


def version_of(certificate):
    return Certificate.objects.get(pk=certificate.pk).version


@pytest.fixture
def record(certificate, cast):
    def record_one(change, day=date(2025, 6, 1), reason="No visit took place"):
        return record_change(
            certificate=certificate,
            seen_version=version_of(certificate),
            details=ChangeDetails(change, day, reason),
            today=TODAY,
            by=cast.lena,
        )

    return record_one


def test_a_new_certificate_was_granted_on_the_day_of_its_issue(certificate, cast):
    entry = certificate.history.get()

    assert (entry.change, entry.happened_on) == ("granted", date(2024, 3, 3))
    assert certificate.facts.standing(TODAY) is Standing.VALID
    event = Event.objects.about(certificate).get()
    assert (event.verb, event.changes["number"]) == ("added", ["", "L 17"])


def test_a_number_is_there_once_for_each_body_of_an_organisation(
    certificate, certification, cast
):
    again = replace(DETAILS, body="LARKMOOR", number="l 17")

    with pytest.raises(RuleBroken, match="already"):
        add_certificate(certification=certification, details=again, by=cast.lena)
    elsewhere = certification_of(organisation=cast.elsewhere)
    add_certificate(certification=elsewhere, details=DETAILS, by=cast.sam)


def test_the_database_refuses_nonsense(certificate, certification, cast):
    values = {"organisation": cast.ashby, "certificate": certificate}
    twin = Certificate.objects.get()
    twin.pk = None
    ended = Certificate.objects.get()
    ended.expires_on = ended.issued_on
    for row in (
        twin,
        ended,
        CertificateStatus(**values, change="granted", happened_on=TODAY),
        CertificateStatus(**values, change="suspended", happened_on=TODAY),
        CertificateStatus(**values, change="expired", happened_on=TODAY, reason="x"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


def test_it_is_suspended_and_reinstated_with_dates_and_reason(certificate, record):
    record(Change.SUSPENDED)
    record(Change.REINSTATED, date(2025, 9, 1), "")

    facts = Certificate.objects.get().facts
    assert facts.standing(date(2025, 7, 1)) is Standing.SUSPENDED
    assert facts.standing(TODAY) is Standing.VALID
    verbs = [event.verb for event in Event.objects.about(certificate)]
    assert sorted(verbs) == ["added", "reinstated", "suspended"]


@pytest.mark.parametrize(
    ("change", "day", "reason", "words"),
    [
        (Change.REINSTATED, date(2025, 6, 1), "", "can't be reinstated now"),
        (Change.SUSPENDED, date(2026, 11, 23), "x", "today or in the past"),
        (Change.SUSPENDED, date(2024, 3, 2), "x", "must not be before 3 March 2024"),
        (Change.WITHDRAWN, date(2025, 6, 1), "", "Enter the reason"),
    ],
)
def test_what_cannot_have_happened_is_refused(record, change, day, reason, words):
    with pytest.raises(RuleBroken, match=words):
        record(change, day, reason)


def test_only_the_newest_entry_is_taken_back(certificate, record, cast):
    first = record(Change.SUSPENDED)
    second = record(Change.REINSTATED, date(2025, 9, 1), "")

    def take_back(entry_id):
        take_back_change(
            certificate=certificate,
            seen_version=version_of(certificate),
            status_id=entry_id,
            by=cast.lena,
        )

    with pytest.raises(RuleBroken, match="newest"):
        take_back(first.pk)
    taken = second.pk
    take_back(taken)
    take_back(taken)

    assert certificate.history.count() == 2
    grant = certificate.history.get(change="granted")
    take_back(first.pk)
    with pytest.raises(RuleBroken):
        take_back(grant.pk)


def test_nothing_happens_to_a_certificate_that_somebody_changed_meanwhile(
    certificate, record, cast
):
    seen = {
        "certificate": certificate,
        "seen_version": version_of(certificate),
        "by": cast.lena,
    }
    entry = record(Change.SUSPENDED)
    withdrawn = ChangeDetails(Change.WITHDRAWN, TODAY, "The organisation closed")

    with pytest.raises(Conflict):
        record_change(details=withdrawn, today=TODAY, **seen)
    with pytest.raises(Conflict):
        take_back_change(status_id=entry.pk, **seen)
    with pytest.raises(Conflict):
        remove_certificate(**seen)

    assert certificate.history.count() == 2


def test_each_change_of_the_history_is_a_save_that_a_conflict_can_name(
    certificate, record, cast
):
    entry = record(Change.SUSPENDED)
    take_back_change(
        certificate=certificate, seen_version=2, status_id=entry.pk, by=cast.lena
    )

    saves = Event.objects.about(certificate).filter(verb__in=SAVING_VERBS)
    assert saves.count() == version_of(certificate) - 1 == 2


def test_a_correction_moves_the_grant_and_keeps_its_order(certificate, record, cast):
    record(Change.SUSPENDED)
    earlier = replace(DETAILS, issued_on=date(2024, 2, 1))

    saved = edit_certificate(
        certificate=certificate, seen_version=2, details=earlier, by=cast.lena
    )

    assert saved.history.get(change="granted").happened_on == date(2024, 2, 1)
    with pytest.raises(RuleBroken, match="suspended on 1 June 2025"):
        edit_certificate(
            certificate=certificate,
            seen_version=3,
            details=replace(DETAILS, issued_on=date(2025, 7, 1)),
            by=cast.lena,
        )
    with pytest.raises(Conflict):
        edit_certificate(
            certificate=certificate, seen_version=1, details=DETAILS, by=cast.lena
        )


def test_the_same_details_again_write_nothing(certificate, cast):
    edit_certificate(
        certificate=certificate, seen_version=1, details=DETAILS, by=cast.lena
    )

    assert version_of(certificate) == 1
    assert Event.objects.about(certificate).count() == 1


def test_what_ends_before_it_begins_is_refused(certification, cast):
    wrong = replace(DETAILS, expires_on=DETAILS.issued_on)

    with pytest.raises(RuleBroken, match="after the date of issue"):
        add_certificate(certification=certification, details=wrong, by=cast.lena)


def test_a_removed_certificate_stays_in_the_change_log(certificate, record, cast):
    record(Change.SUSPENDED)

    remove_certificate(certificate=certificate, seen_version=2, by=cast.lena)

    assert not Certificate.objects.exists()
    assert Event.objects.get(verb="removed").changes["number"] == ["L 17", ""]


def test_what_a_double_click_removed_already_is_said_to_be_gone(certificate, cast):
    remove_certificate(certificate=certificate, seen_version=1, by=cast.lena)

    with pytest.raises(RuleBroken, match="removed meanwhile"):
        remove_certificate(certificate=certificate, seen_version=1, by=cast.lena)
