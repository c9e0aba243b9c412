"""Telling members: once of each thing, on their page and by email if they want that."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.mail import EmailMessage
from django.db import transaction

from cse_tracker.accounts.invitation_mail import invitation_mail_of
from cse_tracker.accounts.mail import is_handed_over
from cse_tracker.accounts.models import (
    InvitationMail,
    Membership,
    Notification,
    Organisation,
    Topic,
    UnwantedMail,
)
from cse_tracker.accounts.models.mailing import MailingQuerySet, Row
from cse_tracker.accounts.notification_mail import mail_of


@dataclass(frozen=True, kw_only=True)
class News:
    """What one member is to be told. ``key`` is the same for the same thing, for ever."""

    membership: Membership
    topic: Topic
    key: str
    subject: str
    # Each becomes one line, whatever breaks stand in it.
    lines: tuple[str, ...] = ()
    # Inside the site, from its root.
    path: str


@transaction.atomic
def tell(*, news: Iterable[News], now: datetime) -> None:
    """Tell members what they were not told yet. Nothing of the record changes: no events."""
    told = list(news)
    unwanted = set(
        UnwantedMail.objects.filter(
            membership__in={one.membership.pk for one in told}
        ).values_list("membership_id", "topic")
    )
    Notification.objects.bulk_create(
        [
            Notification(
                organisation_id=one.membership.organisation_id,
                membership=one.membership,
                topic=one.topic.value,
                key=one.key,
                subject=one.subject[:200],
                lines="\n".join(" ".join(line.split()) for line in one.lines),
                path=one.path,
                created_at=now,
                is_mailed=(one.membership.pk, one.topic.value) not in unwanted,
            )
            for one in told
        ],
        ignore_conflicts=True,
        batch_size=500,
    )


def take_back(
    *, organisation: Organisation, things: Collection[str], since: datetime
) -> None:
    """Nobody was told of ``things`` that are gone, such as "action:14"; no mail of it waits.

    Nothing was told of them before ``since``.
    """
    told = Notification.objects.filter(organisation=organisation, created_at__gte=since)
    gone = [pk for pk, key in told.values_list("pk", "key") if _thing(key) in things]
    Notification.objects.filter(pk__in=gone).delete()


def send_waiting_mail(*, now: datetime) -> int:
    """Send what is waiting; how many mails the server took. Safe to run twice at once."""
    invitations = _send_all(InvitationMail.objects.all(), invitation_mail_of, now)
    return invitations + _send_all(Notification.objects.all(), mail_of, now)


def mark_all_read(*, membership: Membership, now: datetime) -> None:
    """Everything this member was told counts as read."""
    Notification.objects.of(membership).unread().update(read_at=now)


@transaction.atomic
def choose_mail(*, membership: Membership, wanted: Iterable[Topic]) -> None:
    """Say about which topics the member wants email; none about all others."""
    unwanted = set(Topic) - set(wanted)
    UnwantedMail.objects.filter(membership=membership).exclude(
        topic__in=[topic.value for topic in unwanted]
    ).delete()
    for topic in unwanted:
        stop_mail(membership=membership, topic=topic)


def stop_mail(*, membership: Membership, topic: Topic) -> None:
    """No more email about this. What waits to be sent is not sent either."""
    UnwantedMail.objects.get_or_create(
        organisation_id=membership.organisation_id,
        membership=membership,
        topic=topic.value,
    )
    Notification.objects.filter(
        membership=membership, topic=topic.value, mailed_at=None
    ).update(is_mailed=False)


def _thing(key: str) -> str:
    """What a key is about: "action:14" of "action:14:owner:1"."""
    return ":".join(key.split(":", 2)[:2])


def _send_all(
    rows: MailingQuerySet[Row], message_of: Callable[[Row], EmailMessage], now: datetime
) -> int:
    """Send what is waiting of one table; how many mails the server took."""
    waiting = rows.to_mail(now=now).order_by("pk")
    pks = list(waiting.values_list("pk", flat=True))
    return sum(_send(rows, pk, message_of, now) for pk in pks)


def _send(
    rows: MailingQuerySet[Row],
    pk: int,
    message_of: Callable[[Row], EmailMessage],
    now: datetime,
) -> bool:
    if not rows.claim(pk, now=now):
        return False
    row = rows.select_related("membership__user", "organisation").filter(pk=pk).first()
    if row is None:  # Taken back at this moment.
        return False
    is_sent = False
    try:
        what = f"{row._meta.verbose_name} {pk}"
        is_sent = is_handed_over(message_of(row).send, what=what)
    finally:
        # Also when it could not be written: the others go on with the next run.
        if not is_sent:
            rows.put_back(pk, now=now)
    return is_sent
