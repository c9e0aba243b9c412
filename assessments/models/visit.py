"""What an assessor's report says around the elements, and the steps of an assessment's year."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from assessments.models.assessment import Assessment
from assessments.models.standard import StandardNode
from cse_tracker.accounts.models import TenantModel, User
from cse_tracker.core.locking import Versioned


class CriterionNarrative(TenantModel, Versioned):
    """The assessor's paragraphs about one criterion."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="narratives"
    )
    node = models.ForeignKey(StandardNode, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["assessment", "node"], name="one_narrative_per_criterion"
            ),
        ]

    def __str__(self) -> str:
        return f"Narrative of {self.node.ref} in {self.assessment}"


class AssessorsReport(TenantModel):
    """The assessor's own document, as it was received."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="reports"
    )
    file = models.FileField(max_length=200)
    file_name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.file_name


class ChecklistQuerySet(models.QuerySet["ChecklistItem"]):
    def in_order(self) -> Self:
        """By due date, undated last, then as they were made."""
        return self.order_by(F("due_on").asc(nulls_last=True), "order", "pk")


class ChecklistItem(TenantModel, Versioned):
    """One dated step of an assessment's year. A list to tick, no workflow."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="checklist"
    )
    order = models.PositiveIntegerField(default=0)
    text = models.CharField(max_length=200)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ChecklistQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(done_on=None, done_by=None)
                | Q(done_on__isnull=False, done_by__isnull=False),
                name="a_ticked_step_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.text
