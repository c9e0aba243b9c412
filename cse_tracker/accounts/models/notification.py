"""What a member is told: on a page of their own and, if they want it, by email."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from cse_tracker.accounts.models.mailing import Mailing, MailingQuerySet
from cse_tracker.accounts.models.membership import Membership
from cse_tracker.accounts.models.tenant import TenantModel

# What is older than this is no news any more.
MAILED_WITHIN = timedelta(days=2)


# What the person says of themselves, as we say it to them.
TO_YOU = {"I": "you", "my": "your", "mine": "yours"}


class Topic(models.TextChoices):
    """What it is about. The label completes "Email me about …"."""

    DUE = "due", "my actions that are due soon"
    OVERDUE = "overdue", "what is overdue, once a week"
    EXPIRY = "expiry", "a certificate that runs out"
    OWNING = "owning", "actions that become mine"
    COMMENT = "comment", "comments on actions that I own or said are done"
    FINISHING = "finishing", "actions said to be done, sent back, closed or declined"

    @property
    def to_you(self) -> str:
        """The label as it stands in a sentence to the person: "actions that become yours"."""
        return " ".join(TO_YOU.get(word, word) for word in str(self.label).split())


class NotificationQuerySet(MailingQuerySet["Notification"]):
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
        waiting = super().to_mail(now=now)
        return waiting.filter(
            ~Exists(unwanted),
            is_mailed=True,
            created_at__gt=now - MAILED_WITHIN,
            membership__until=None,
        )


class Notification(TenantModel, Mailing):
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
