"""The addresses at which calendar programs read due dates."""

import secrets
from functools import partial
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from cse_tracker.accounts.models import Membership, TenantModel


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def open(self) -> Self:
        """Feeds that are not revoked, of people who are still members."""
        return self.filter(
            revoked_at=None,
            membership__ended_at=None,
            membership__user__is_active=True,
        )


class CalendarFeed(TenantModel):
    """The secret address at which one member's calendar program reads their due dates."""

    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="calendar_feeds"
    )
    token = models.CharField(
        max_length=43,
        unique=True,
        default=partial(secrets.token_urlsafe, 32),
        editable=False,
    )
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["membership"],
                condition=Q(revoked_at=None),
                name="one_open_feed_per_member",
            ),
        ]

    def __str__(self) -> str:
        return f"Calendar of {self.membership}"

    def get_absolute_url(self) -> str:
        return reverse("calendar_feed", args=[self.token])
