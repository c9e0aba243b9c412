"""Assessors invited to one assessment, and what they looked at."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from assessments.models.assessment import Assessment
from cse_tracker.accounts.models import Membership, TenantModel
from cse_tracker.accounts.permissions import (
    INVITED_TO_RATE,
    INVITED_TO_READ,
    Permission,
)
from cse_tracker.core.dates import long_date
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.locking import Versioned


class AssessorAccessQuerySet(models.QuerySet["AssessorAccess"]):
    def not_ended(self) -> Self:
        """Invitations that nobody ended, also those whose last day is over."""
        return self.filter(ended_at=None)

    def open(self, *, on: date) -> Self:
        """Invitations that let somebody in on that day; the last day counts."""
        return self.not_ended().filter(until__gte=on)

    def with_people(self) -> Self:
        """With the person and the assessment loaded."""
        return self.select_related(
            "membership__user",
            "assessment__organisation",
            "assessment__certification__standard",
        )


class AssessorAccess(TenantModel, Versioned):
    """One assessor's way into one assessment, until a day. It ends; it is not deleted."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="assessor_accesses"
    )
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="+"
    )
    may_rate = models.BooleanField(default=False)
    # The last day, in the United Kingdom.
    until = models.DateField()
    invited_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AssessorAccessQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["assessment", "membership"],
                condition=Q(ended_at=None),
                name="an_assessor_is_invited_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership} as assessor of the {self.assessment}"

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the person may do in this assessment, and nowhere else."""
        return INVITED_TO_RATE if self.may_rate else INVITED_TO_READ

    def is_open(self, *, on: date) -> bool:
        """Whether it lets the person in on that day; the same rule as ``open`` above."""
        return self.ended_at is None and on <= self.until

    def check_not_ended(self) -> None:
        """Raise RuleBroken once somebody ended it."""
        if self.ended_at:
            raise RuleBroken(
                f"This invitation was ended on {long_date(self.ended_at)}."
                f" Invite {self.membership} again."
            )


class AssessorLook(TenantModel):
    """A page or file that an assessor was shown. Append-only, and apart from the change log:

    a look changes nothing, so it must not make pages and papers seem out of date.
    """

    access = models.ForeignKey(
        AssessorAccess, on_delete=models.PROTECT, related_name="looks"
    )
    at = models.DateTimeField(auto_now_add=True)
    what = models.CharField(max_length=200)
    path = models.CharField(max_length=500)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["access", "id"], name="look_by_access")]

    def __str__(self) -> str:
        return f"{self.access.membership}: {self.what}"
