"""What the assessor raised, and what the organisation answers."""

from typing import Self

from django.db import models
from django.db.models import Q

from assessments.models.standard import StandardNode
from cse_tracker.accounts.models import TenantModel
from cse_tracker.accounts.models.event import was_reworded
from cse_tracker.core.locking import Versioned
from cse_tracker.core.rich_text.words import excerpt


class FindingSet(TenantModel):
    """The findings of one assessment (or, later, of one peer review)."""

    def __str__(self) -> str:
        return f"Findings {self.pk}"


class FindingQuerySet(models.QuerySet["Finding"]):
    def standing(self) -> Self:
        """Findings that were not withdrawn, in order."""
        return self.filter(withdrawn_at=None).order_by("order", "pk")

    def with_responses(self) -> Self:
        """With node and standing responses in their order, and what else those answer.

        All of them with ``has_earlier``: whether their words were changed.
        """
        reworded = was_reworded(self.model, ["kind", "comment"])
        found = self.select_related("node").annotate(has_earlier=reworded)
        return found.prefetch_related(
            models.Prefetch(
                "response_links",
                queryset=FindingResponse.objects.filter(response__withdrawn_at=None)
                .select_related("response")
                .annotate(
                    has_earlier=was_reworded(Response, ["text"], pk="response_id")
                )
                .prefetch_related(
                    models.Prefetch(
                        "response__finding_links",
                        queryset=FindingResponse.objects.filter(
                            finding__withdrawn_at=None
                        )
                        .select_related("finding__node")
                        .order_by("finding__node__ref", "finding__order"),
                    )
                )
                .order_by("order", "pk"),
            )
        )


class Finding(TenantModel, Versioned):
    """One point of the assessor's. Its text is the assessor's comment."""

    class Kind(models.TextChoices):
        COMPLIANCE = "compliance", "Why it is not fully compliant"
        IMPROVEMENT = "improvement", "Area for improvement"
        STRENGTH = "strength", "Strength or good practice"

    class Decision(models.TextChoices):
        UNDECIDED = "undecided", "Not decided yet"
        ACT = "act", "Yes, we will act on it"
        NO_ACTION = "no_action", "No, we will not act on it"

    finding_set = models.ForeignKey(
        FindingSet, on_delete=models.PROTECT, related_name="findings"
    )
    node = models.ForeignKey(
        StandardNode, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=15, choices=Kind)
    order = models.PositiveIntegerField(default=0)
    # May be empty: real reports have a row without a comment.
    comment = models.TextField(blank=True)
    decision = models.CharField(
        max_length=10, choices=Decision, default=Decision.UNDECIDED
    )
    decision_reason = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    # Known once it is loaded ``with_responses``.
    has_earlier = False

    objects = FindingQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(decision="no_action") | ~Q(decision_reason=""),
                name="no_action_needs_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["finding_set", "node"], name="finding_by_node")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {excerpt(self.comment, characters=80) or 'no comment'}"

    @property
    def responses(self) -> list["Response"]:
        """Standing responses in order; load the finding ``with_responses``."""
        links = self.response_links.all()
        for link in links:
            link.response.has_earlier = getattr(link, "has_earlier", False)
        return [link.response for link in links]


class Response(TenantModel, Versioned):
    """A recommended response of the organisation. One may answer several findings."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        AGREED = "agreed", "Agreed"

    text = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    findings = models.ManyToManyField(
        Finding, through="FindingResponse", related_name="+"
    )
    has_earlier = False

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(text=""), name="a_response_says_something"
            ),
        ]

    def __str__(self) -> str:
        return excerpt(self.text, characters=80)

    @property
    def is_agreed(self) -> bool:
        return self.state == self.State.AGREED


class FindingResponse(TenantModel):
    """Which findings a response answers, in which order."""

    finding = models.ForeignKey(
        Finding, on_delete=models.CASCADE, related_name="response_links"
    )
    response = models.ForeignKey(
        Response, on_delete=models.CASCADE, related_name="finding_links"
    )
    order = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["finding", "response"], name="a_response_answers_a_finding_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Answer to finding {self.finding_id}"
