"""What a member is told: on a page of their own and, if they want it, by email."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from cse_tracker.accounts.models.membership import Membership
from cse_tracker.accounts.models.tenant import TenantModel

# A mail server that refuses is asked again after so long, so often.
TRY_AGAIN_AFTER = timedelta(minutes=10)
TRIES = 6
# What is older than this is no news any more.
MAILED_WITHIN = timedelta(days=2)


class Topic(models.TextChoices):
    """What it is about. The label completes "Email me about …"."""

    DUE = "due", "my actions that are due soon"
    OVERDUE = "overdue", "what is overdue, once a week"
    EXPIRY = "expiry", "a certificate that runs out"
    OWNING = "owning", "actions that become mine"
    COMMENT = "comment", "comments on actions that I own or said are done"
    FINISHING = "finishing", "actions said to be done, sent back, closed or declined"


class NotificationQuerySet(models.QuerySet["Notification"]):
    def of(self, membership: Membership) -> Self:
        """One member's, newest first."""
        return self.filter(membership=membership).order_by("-created_at", "-pk")

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def to_mail(self, *, now: datetime) -> Self:
        """Those whose email is still to be sent, to members who still want it.

        One that somebody was sending while it became unwanted may come back as waiting.
        """
        unwanted = UnwantedMail.objects.filter(
            membership=OuterRef("membership"), topic=OuterRef("topic")
        )
        return self.filter(
            ~Exists(unwanted),
            is_mailed=True,
            mailed_at=None,
            created_at__gt=now - MAILED_WITHIN,
            mail_attempts__lt=TRIES,
            membership__ended_at=None,
            membership__until=None,
            membership__user__is_active=True,
        ).filter(Q(next_try_at=None) | Q(next_try_at__lte=now))

    def claim(self, pk: int, *, now: datetime) -> bool:
        """Take one mail to send, as sent. False where another process has taken it.

        Whoever is killed between this and the sending loses one mail and sends none twice;
        the page of notifications tells it all the same.
        """
        mine = self.to_mail(now=now).filter(pk=pk)
        return bool(mine.update(mailed_at=now, mail_attempts=F("mail_attempts") + 1))

    def put_back(self, pk: int, *, now: datetime) -> None:
        """The mail server did not take it: try again later."""
        self.filter(pk=pk).update(mailed_at=None, next_try_at=now + TRY_AGAIN_AFTER)


class Notification(TenantModel):
    """One thing that one member is told, once: ``key`` says what, such as "action:14:…".

    Its text is kept as it was when they were told.
    """

    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="notifications"
    )
    topic = models.CharField(max_length=10, choices=Topic)
    key = models.CharField(max_length=120)
    subject = models.CharField(max_length=200)
    # A line each.
    lines = models.TextField(blank=True)
    # Inside the site, from its root.
    path = models.CharField(max_length=300)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    is_mailed = models.BooleanField()
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["membership", "key"], name="told_once_of_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(topic__in=Topic.values), name="topic_is_known"
            ),
            models.CheckConstraint(
                condition=Q(is_mailed=True) | Q(mailed_at=None),
                name="no_mail_that_nobody_wants",
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=Q(is_mailed=True, mailed_at=None),
                name="mail_to_send",
            )
        ]

    def __str__(self) -> str:
        return self.subject


class UnwantedMail(TenantModel):
    """A topic about which a member wants no email. They are still told on their page."""

    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="unwanted_mail"
    )
    topic = models.CharField(max_length=10, choices=Topic)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["membership", "topic"], name="a_topic_is_unwanted_once"
            ),
            models.CheckConstraint(
                condition=Q(topic__in=Topic.values), name="unwanted_topic_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"No email about {Topic(self.topic).label}"
