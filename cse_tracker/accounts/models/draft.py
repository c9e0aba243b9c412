"""What somebody has typed into a form and not saved yet."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from cse_tracker.accounts.models.organisation import Organisation
from cse_tracker.accounts.models.tenant import TenantModel
from cse_tracker.accounts.models.user import User

# Who typed more recently than this is taken to be at it still.
EDITING_FOR = timedelta(minutes=10)


class DraftQuerySet(models.QuerySet["Draft"]):
    def of(self, organisation: Organisation) -> Self:
        return self.filter(organisation=organisation)

    def unsaved(self) -> Self:
        """Drafts of forms that were not saved: what can be restored."""
        return self.filter(closed_at=None)

    def being_typed(self, *, now: datetime) -> Self:
        """Unsaved drafts that grew a moment ago."""
        return self.unsaved().filter(kept_at__gte=now - EDITING_FOR)


class Draft(TenantModel):
    """One opened form as a person left it: their fields, as a browser sends them.

    Each opened page has its own ``key``, so two tabs never write over each other. Once the
    form is saved the words go and the key stays for a while, so that a keeping that was still
    on its way cannot bring them back.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # Which form of which row, given by the view that shows it: "finding:12".
    subject = models.CharField(max_length=120)
    key = models.UUIDField()
    # How often the page had kept it; an older keeping that arrives late is left out.
    revision = models.PositiveIntegerField(default=0)
    content = models.TextField(blank=True)
    kept_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = DraftQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organisation", "subject", "user", "key"],
                name="one_draft_per_opened_form",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(content=""),
                name="a_saved_form_leaves_no_draft",
            ),
        ]
        indexes = [models.Index(fields=["kept_at"], name="draft_by_age")]

    def __str__(self) -> str:
        return f"Draft of {self.subject}"
