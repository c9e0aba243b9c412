"""Telling those who look after a certificate, some time before it runs out."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.conf import settings
from django.db.models import F, OuterRef, Subquery
from django.urls import reverse

from assessments.certificates import Standing
from assessments.due_dates import days_words, reminder_stage_or_none
from assessments.models import Certificate
from cse_tracker.accounts.models import Membership, Topic
from cse_tracker.accounts.permissions import Permission
from cse_tracker.accounts.services.notifications import News, tell
from cse_tracker.core.dates import local_day, long_date
from cse_tracker.core.working_days import Nation, is_working_day


def remind_of_certificates(*, now: datetime) -> None:
    """Tell everyone who is to hear of a certificate's end today and was not told yet.

    Once for each certificate, end, stage and person, however often it runs. Where nobody is
    at work today, the next working day makes up for it.
    """
    today = local_day(now)
    for certificate in _running_out(today):
        if is_working_day(today, Nation(certificate.organisation.nation)):
            tell(news=_news(certificate, today), now=now)


def _running_out(today: date) -> list[Certificate]:
    """The newest certificate of each certification, unless it ended or was withdrawn.

    One that is renewed already runs out without a word.
    """
    newest = Certificate.objects.filter(certification=OuterRef("certification"))
    last = Subquery(newest.newest_first().values("pk")[:1])
    found = (
        Certificate.objects.annotate(last=last)
        .filter(pk=F("last"), expires_on__gte=today)
        .select_related("organisation")
        .with_history()
        .order_by("pk")
    )
    return [
        each for each in found if each.facts.standing(today) is not Standing.WITHDRAWN
    ]


def _news(certificate: Certificate, today: date) -> Iterator[News]:
    left = certificate.facts.days_left(today)
    stage = reminder_stage_or_none(left, settings.CERTIFICATE_REMINDER_DAYS)
    if stage is None:
        return
    for person in _people(certificate):
        yield News(
            membership=person,
            topic=Topic.EXPIRY,
            # A corrected end is another thing to hear of.
            key=f"certificate:{certificate.pk}:{certificate.expires_on}:{stage}",
            subject=f"Your certificate {certificate.number} runs out {days_words(left)}",
            lines=tuple(_lines(certificate)),
            path=reverse(
                "assessments:certificate", args=[certificate.organisation.slug]
            ),
        )


def _lines(certificate: Certificate) -> Iterator[str]:
    yield f"Its last day is {long_date(certificate.expires_on)}."
    yield f"Issued by {certificate.body}: {certificate.scope}."
    yield "Agree the next full assessment with the body in good time."
    yield "Once you enter the new certificate, these reminders stop."


def _people(certificate: Certificate) -> Iterable[Membership]:
    """Who rates and who approves, of those who are members now."""
    members = Membership.objects.of(certificate.organisation).current()
    holders = members.who_may(Permission.RATE) | members.who_may(Permission.APPROVE)
    return holders.distinct().order_by("pk")
