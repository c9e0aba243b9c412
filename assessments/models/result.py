"""What one assessment says about one element or sub-element."""

from functools import partial
from typing import Self

from django.db import models
from django.db.models import F, Q

from assessments.models.assessment import Assessment
from assessments.models.standard import StandardNode
from assessments.ratings import BASIS_CHOICES, RATING_CHOICES, Basis, Rating
from assessments.rows import ResultRow
from cse_tracker.accounts.models import TenantModel
from cse_tracker.core.locking import Versioned

# ``ResultRow._make`` checks each length, which a page of some hundred rows can feel.
_to_row = partial(tuple.__new__, ResultRow)


class ResultQuerySet(models.QuerySet["Result"]):
    def as_rows(self) -> list[ResultRow]:
        """As plain data for the pure modules: one query."""
        rows = self.values_list(
            "assessment_id",
            "node_id",
            "rating",
            "sampled",
            "basis",
            "applicable",
            "carried_from__assessment__year",
            "carried_from__rating",
        )
        return list(map(_to_row, rows))

    def rated(self) -> Self:
        return self.exclude(rating="")

    def partial(self) -> Self:
        """Partial compliances: a partial compliance *is* a result rated so."""
        return self.filter(rating=Rating.PARTIAL.value)


class Result(TenantModel, Versioned):
    """The rating of a node in an assessment, whether it was sampled, and on what basis."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="results"
    )
    node = models.ForeignKey(StandardNode, on_delete=models.PROTECT, related_name="+")
    rating = models.CharField(max_length=2, choices=RATING_CHOICES, blank=True)
    applicable = models.BooleanField(default=True)
    planned_for_sampling = models.BooleanField(default=False)
    sampled = models.BooleanField(default=False)
    basis = models.CharField(
        max_length=10, choices=BASIS_CHOICES, default=Basis.RECORDED.value
    )
    carried_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="carried_to",
    )
    reason = models.TextField(blank=True)

    # Of a carried rating, set by ``readings.note_found_years``: the year that assessed or
    # recorded it, and whether that year or one between says otherwise now.
    found_year: int | None = None
    differs_from_source: bool = False

    objects = ResultQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["assessment", "node"], name="one_result_per_node"
            ),
            models.CheckConstraint(
                condition=Q(rating__in=["", *(rating.value for rating in Rating)]),
                name="rating_is_one_of_four_or_none",
            ),
            models.CheckConstraint(
                condition=Q(basis__in=[basis.value for basis in Basis]),
                name="basis_is_known",
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        basis=Basis.CARRIED.value,
                        carried_from__isnull=False,
                        sampled=False,
                    )
                    | (~Q(basis=Basis.CARRIED.value) & Q(carried_from=None))
                ),
                name="carried_has_a_source_and_is_not_sampled",
            ),
            models.CheckConstraint(
                condition=Q(sampled=False) | Q(basis=Basis.ASSESSED.value),
                name="sampled_means_assessed",
            ),
            models.CheckConstraint(
                condition=Q(applicable=True) | Q(rating="", sampled=False),
                name="not_applicable_means_not_rated",
            ),
            models.CheckConstraint(
                condition=Q(carried_from=None) | ~Q(carried_from=F("id")),
                name="not_carried_from_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.node.ref} in {self.assessment}"

    @property
    def rating_or_none(self) -> Rating | None:
        return Rating(self.rating) if self.rating else None
