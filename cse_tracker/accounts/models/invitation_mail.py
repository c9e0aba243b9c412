"""The mail that brings somebody in."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from cse_tracker.accounts.models.mailing import TRIES, Mailing, MailingQuerySet
from cse_tracker.accounts.models.membership import Membership
from cse_tracker.accounts.models.tenant import TenantModel
from cse_tracker.core.dates import local_day


class InvitationMailQuerySet(MailingQuerySet["InvitationMail"]):
    def to_mail(self, *, now: datetime) -> Self:
        """Without those to assessors whose last day is over."""
        lasting = Q(membership__until=None) | Q(membership__until__gte=local_day(now))
        return super().to_mail(now=now).filter(lasting)


class InvitationMail(TenantModel, Mailing):
    """What one person is invited to. The link to choose a password is made as it is sent."""

    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="invitation_mails"
    )
    subject = models.CharField(max_length=300)
    words = models.TextField()
    # Where they begin once signed in: inside the site, from its root.
    path = models.CharField(max_length=300)
    created_at = models.DateTimeField()

    objects = InvitationMailQuerySet.as_manager()

    def __str__(self) -> str:
        return self.subject

    @property
    def obstacle(self) -> str:
        """That it has not gone yet, in words; empty once it has."""
        if self.mailed_at:
            return ""
        if self.mail_attempts >= TRIES:
            return "The email could not be sent. Send the invitation again."
        if self.mail_attempts:
            return "The email could not be sent yet. We try again every 10 minutes."
        return "The email is about to be sent."
