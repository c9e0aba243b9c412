"""One file somebody brought in: what it said, what was made of it, and whether it was undone."""

from typing import Self

from django.db import models
from django.db.models import Q

from cse_tracker.accounts.models.organisation import Organisation
from cse_tracker.accounts.models.tenant import TenantModel
from cse_tracker.accounts.models.user import User
from cse_tracker.core.locking import Versioned


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def of_kind(self, organisation: Organisation, kind: str) -> Self:
        """The organisation's imports of one kind, newest first."""
        return self.filter(organisation=organisation, kind=kind)

    def brought_in_before(self, run: "ImportRun") -> Self:
        """Other imports of exactly the run's file that were brought in and not undone."""
        same = self.of_kind(run.organisation, run.kind).filter(
            sha256=run.sha256, state=ImportRun.State.COMMITTED
        )
        return same.exclude(pk=run.pk).select_related("committed_by")


class ImportRun(TenantModel, Versioned):
    """A file from upload over preview to commit, and perhaps undo. All imports use it."""

    class State(models.TextChoices):
        STAGED = "staged", "Waiting for you to check it"
        COMMITTED = "committed", "Brought in"
        UNDONE = "undone", "Undone"
        DISCARDED = "discarded", "Discarded"

    kind = models.CharField(max_length=30)
    file = models.FileField(max_length=200)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.STAGED)
    # What was read, with cell addresses; what could not be; what the person chose.
    staged = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    choices = models.JSONField(default=dict)
    # Ties the events of the commit together, so that undo knows what it touched.
    batch = models.UUIDField(null=True)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    committed_at = models.DateTimeField(null=True)
    committed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = ImportRunQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        ordering = ["-pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state="staged")
                | Q(state="discarded")
                | Q(
                    committed_at__isnull=False,
                    committed_by__isnull=False,
                    batch__isnull=False,
                ),
                name="a_committed_import_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="undone")
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="an_undone_import_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
