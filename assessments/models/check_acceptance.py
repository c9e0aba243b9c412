"""A flag that may stay: who said so, why, and on which facts."""

from django.db import models
from django.db.models import Q

from assessments.models.assessment import Assessment
from assessments.models.standard import StandardNode
from cse_tracker.accounts.models import TenantModel, User


class CheckAcceptance(TenantModel):
    """Somebody's word on one check at one element, or at the assessment as a whole.

    It holds as long as what the check finds there has this fingerprint.
    """

    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="check_acceptances"
    )
    node = models.ForeignKey(
        StandardNode, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # As the catalogue has it: CHK-206.
    check_number = models.CharField(max_length=10)
    fingerprint = models.CharField(max_length=32)
    reason = models.TextField()
    accepted_at = models.DateTimeField()
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["assessment", "node", "check_number"],
                name="one_acceptance_per_element_and_check",
            ),
            models.UniqueConstraint(
                fields=["assessment", "check_number"],
                condition=Q(node=None),
                name="one_acceptance_per_assessment_and_check",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="an_acceptance_says_why"
            ),
        ]

    def __str__(self) -> str:
        where = self.node.ref if self.node else str(self.assessment)
        return f"{self.check_number} at {where}"
