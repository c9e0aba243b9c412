"""The base of every table that belongs to one organisation."""

from django.db import models


class TenantModel(models.Model):
    """A row of exactly one organisation.

    The unique pair lets PostgreSQL bind references within the organisation (see
    ``cse_tracker.core.postgresql``). A subclass's Meta inherits this one and repeats its
    constraints before its own.
    """

    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "id"], name="%(app_label)s_%(class)s_tenant"
            )
        ]
