"""A public body, and the services (departments) it consists of."""

import uuid
from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse

from cse_tracker.accounts.models.tenant import TenantModel
from cse_tracker.core.working_days import Nation


class Organisation(models.Model):
    """The tenant. Everything that people enter belongs to exactly one."""

    # Names the organisation's folder in file storage, so that paths tell nothing.
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=150)
    slug = models.SlugField(max_length=60, unique=True)
    language = models.CharField(max_length=10, default="en-GB")
    # Whose bank holidays are kept: on them nobody is reminded of anything.
    nation = models.CharField(
        max_length=3,
        choices=[(nation.value, nation.label) for nation in Nation],
        default=Nation.ENGLAND.value,
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("overview:home", args=[self.slug])


class ServiceQuerySet(models.QuerySet["Service"]):
    def of(self, organisation: Organisation) -> Self:
        """One organisation's services, also withdrawn ones."""
        return self.filter(organisation=organisation)

    def current(self) -> Self:
        """Services that still exist; a withdrawn one stays on what it did."""
        return self.filter(withdrawn_at=None)

    def with_member_counts(self) -> Self:
        """With ``member_count``: the people who belong to it and have not left."""
        staying = models.Q(memberships__ended_at=None)
        return self.annotate(member_count=models.Count("memberships", filter=staying))


class Service(TenantModel):
    """A department of an organisation: owns actions and contributes evidence."""

    name = models.CharField(max_length=100)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ServiceQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        ordering = ["name"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                "organisation",
                Lower("name"),
                condition=models.Q(withdrawn_at=None),
                name="one_current_service_per_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name
