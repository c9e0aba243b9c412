"""What an organisation has certified: a scope against a standard, in a cycle."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from assessments.advice import Thresholds
from assessments.cycle import CycleModel, CycleRules
from assessments.models.standard import Standard
from cse_tracker.accounts.models import Service, TenantModel
from cse_tracker.core.locking import Versioned


class Certification(TenantModel, Versioned):
    """One certified scope. Most organisations have one and never see the word."""

    class Cycle(models.TextChoices):
        REVIEWS = (
            CycleModel.REVIEWS.value,
            "Full assessment, then yearly reviews until the next full one",
        )
        ROLLING = (
            CycleModel.ROLLING.value,
            "Rolling programme: about a third of the elements each year",
        )
        YEARLY = (
            CycleModel.YEARLY.value,
            "Initial assessment, then a review each year",
        )

    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(max_length=150, default="Whole organisation")
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    certification_body = models.CharField(max_length=150, blank=True)
    cycle = models.CharField(max_length=10, choices=Cycle, default=Cycle.REVIEWS)
    cycle_starts_in = models.PositiveSmallIntegerField(
        "First year of the current cycle",
        null=True,
        blank=True,
        validators=[MinValueValidator(2008), MaxValueValidator(2100)],
    )
    cycle_years = models.PositiveSmallIntegerField(
        "Length of the cycle in years",
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
    )
    # Of each criterion's elements; None: as many as the cycle needs. No body publishes a quota.
    sample_percent = models.PositiveSmallIntegerField(
        "Share of each criterion to sample at a review, in percent",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    # Advice only: the certification body decides the outcome.
    threshold_percent = models.PositiveSmallIntegerField(
        "Share of the elements that should be compliant, in percent",
        default=80,
        validators=[MaxValueValidator(100)],
    )
    # Whether a body limits it is not established; None: no limit.
    criterion_limit = models.PositiveSmallIntegerField(
        "Most elements of one criterion that may be less than compliant",
        null=True,
        blank=True,
    )
    set_up_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organisation", "scope"], name="one_certification_per_scope"
            ),
            models.CheckConstraint(
                condition=Q(threshold_percent__lte=100),
                name="threshold_is_a_percentage",
            ),
            models.CheckConstraint(
                condition=Q(cycle_years__gte=1), name="a_cycle_has_a_year"
            ),
            models.CheckConstraint(
                condition=Q(sample_percent=None)
                | Q(sample_percent__gte=1, sample_percent__lte=100),
                name="sample_share_is_a_percentage",
            ),
        ]

    def __str__(self) -> str:
        return self.scope

    @property
    def thresholds(self) -> Thresholds:
        """What the advice goes by, for the pure modules."""
        return Thresholds(self.threshold_percent, self.criterion_limit)

    @property
    def cycle_rules(self) -> CycleRules:
        """What is known of the cycle, for the pure modules."""
        return CycleRules(
            CycleModel(self.cycle), self.cycle_starts_in, self.cycle_years
        )
