"""Reminders of a certificate's end: to whom, on which day, and once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from assessments import tasks
from assessments.certificates import Change
from assessments.models import Certificate
from assessments.services import certificate_reminders
from assessments.services.certificate_reminders import remind_of_certificates
from assessments.services.certificates import (
    ChangeDetails,
    add_certificate,
    edit_certificate,
    record_change,
)
from cse_tracker.accounts.models import Notification, Topic
from cse_tracker.accounts.permissions import Role
from cse_tracker.accounts.services.notifications import send_waiting_mail, stop_mail
from tests.assessments.services.test_certificates import DETAILS
from tests.factories import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate(certification, cast):
    return add_certificate(certification=certification, details=DETAILS, by=cast.lena)


def days_before(days):
    """Seven o'clock on the day so many days before 2 March 2027."""
    day = date(2027, 3, 2) - timedelta(days=days)
    return datetime(day.year, day.month, day.day, 7, tzinfo=UTC)


def told():
    rows = Notification.objects.order_by("pk").select_related("membership__user")
    return [(row.membership.user.email, row.subject) for row in rows]


def run(now):
    """What beat does: tell, and send the mail that waits."""
    remind_of_certificates(now=now)
    send_waiting_mail(now=now)


def test_officers_and_approvers_get_a_mail_with_the_days_and_the_way(
    certificate, mailoutbox, settings
):
    settings.SITE_URL = "https://cse.ashby.example/"

    run(days_before(90))

    receivers = sorted(mail.to[0] for mail in mailoutbox)
    assert receivers == ["cass@ashby.example", "lena@ashby.example"]
    mail = mailoutbox[0]
    assert mail.subject == "Your certificate L 17 runs out in 90 days"
    assert "Its last day is 2 March 2027." in mail.body
    assert "https://cse.ashby.example/o/ashby/certificate/" in mail.body


def test_nobody_is_told_twice_at_one_stage(certificate):
    for days in (181, 180, 179, 95, 90, 90, 29, 8, 7, 1, 0, -1):
        remind_of_certificates(now=days_before(days))

    to_lena = [subject for who, subject in told() if who == "lena@ashby.example"]
    assert [subject.split("out ")[1] for subject in to_lena] == [
        "in 180 days",
        "in 90 days",
        "in 29 days",
        "in 7 days",
    ]


def test_a_day_on_which_nothing_ran_is_made_up_for(certificate):
    remind_of_certificates(now=days_before(85))
    remind_of_certificates(now=days_before(84))

    assert {subject[-10:] for _, subject in told()} == {"in 85 days"}


def test_nobody_is_told_on_a_weekend_or_a_bank_holiday_of_their_nation(
    certificate, cast
):
    # The day 92 days before is St Andrew's Day; 30 days before is a Sunday.
    cast.ashby.nation = "SCT"
    cast.ashby.save()
    for days in (92, 91, 31, 30, 29):
        remind_of_certificates(now=days_before(days))

    assert {subject[-10:] for _, subject in told()} == {"in 91 days", "in 29 days"}


def test_nobody_is_told_who_left_or_may_not_sign_in(certificate, cast, mailoutbox):
    cast.cass.is_active = False
    cast.cass.save()
    remind_of_certificates(now=days_before(90))
    # Lena leaves between the reminder and its mail.
    cast.lena.memberships.update(ended_at=days_before(90))
    send_waiting_mail(now=days_before(90))
    remind_of_certificates(now=days_before(29))

    assert [who for who, _ in told()] == ["lena@ashby.example"]
    assert mailoutbox == []


def test_one_who_does_both_is_told_once_and_one_who_joins_later_at_the_next(
    certificate, cast
):
    both = member(cast.ashby, Role.OFFICER, Role.APPROVER)
    remind_of_certificates(now=days_before(90))
    newcomer = member(cast.ashby, Role.OFFICER)
    remind_of_certificates(now=days_before(29))

    people = [who for who, _ in told()]
    assert (people.count(both.email), people.count(newcomer.email)) == (2, 1)


def test_who_wants_no_such_mail_is_told_on_their_page_alone(
    certificate, cast, mailoutbox
):
    for user in (cast.lena, cast.cass):
        stop_mail(membership=user.memberships.get(), topic=Topic.EXPIRY)

    run(days_before(90))

    assert mailoutbox == []
    assert len(told()) == 2


def test_a_renewed_certificate_runs_out_without_a_word(
    certificate, certification, cast
):
    renewal = replace(
        DETAILS,
        number="L 18",
        issued_on=date(2026, 11, 1),
        expires_on=date(2029, 11, 1),
    )
    add_certificate(certification=certification, details=renewal, by=cast.lena)

    remind_of_certificates(now=days_before(90))

    assert told() == []


def test_a_withdrawn_certificate_is_not_reminded_of_and_a_suspended_one_is(
    certificate, cast
):
    def happened(change):
        record_change(
            certificate=certificate,
            seen_version=Certificate.objects.get().version,
            details=ChangeDetails(change, date(2026, 6, 1), "No visit"),
            today=date(2026, 6, 1),
            by=cast.lena,
        )

    happened(Change.SUSPENDED)
    remind_of_certificates(now=days_before(90))
    happened(Change.WITHDRAWN)
    remind_of_certificates(now=days_before(29))

    assert {subject[-10:] for _, subject in told()} == {"in 90 days"}


def test_a_corrected_end_is_reminded_of_anew(certificate, cast):
    remind_of_certificates(now=days_before(90))
    later = replace(DETAILS, expires_on=date(2027, 3, 12))
    edit_certificate(
        certificate=certificate, seen_version=1, details=later, by=cast.lena
    )

    remind_of_certificates(now=days_before(78))

    assert len(told()) == 4


def test_another_organisations_people_hear_nothing(certificate, cast):
    remind_of_certificates(now=days_before(90))

    assert cast.sam.email not in {who for who, _ in told()}


@pytest.mark.parametrize(
    ("expires", "moment", "days"),
    [
        # 23:30 in winter time is still that day; in summer time it is the next one.
        (date(2027, 4, 3), datetime(2027, 3, 27, 23, 30, tzinfo=UTC), "in 7 days"),
        (date(2027, 4, 4), datetime(2027, 3, 28, 23, 30, tzinfo=UTC), "in 6 days"),
        # The hour that comes twice belongs to one day.
        (date(2027, 11, 7), datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "in 7 days"),
        (date(2027, 11, 7), datetime(2027, 10, 31, 1, 30, tzinfo=UTC), "in 7 days"),
    ],
)
def test_the_day_is_the_local_one_when_the_clock_changes(
    certificate, settings, monkeypatch, expires, moment, days
):
    # The clock changes on Sundays.
    monkeypatch.setattr(certificate_reminders, "is_working_day", lambda *_: True)
    settings.CERTIFICATE_REMINDER_DAYS = (7,)
    Certificate.objects.update(expires_on=expires)

    remind_of_certificates(now=moment)

    assert {subject[-9:] for _, subject in told()} == {days}


def test_beat_asks_for_it_each_morning(certificate, settings):
    Certificate.objects.update(expires_on=date(2999, 1, 1))
    entry = settings.CELERY_BEAT_SCHEDULE["remind-of-certificates"]

    tasks.remind_of_certificates()

    assert entry["task"] == tasks.remind_of_certificates.name
    assert (entry["schedule"].hour, entry["schedule"].minute) == ({7}, {0})
