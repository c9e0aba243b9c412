"""One visit by the certification body, or one self-assessment."""

from collections.abc import Sequence
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import OrderBy
from django.urls import reverse

from assessments.models.certification import Certification
from assessments.models.finding import FindingSet
from cse_tracker.accounts.models import Organisation, TenantModel, User
from cse_tracker.core.dates import long_date
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.locking import Versioned

# What an assessment that is not saved yet stands behind.
NEWEST = 2**62


def reading_order(path: str = "") -> list[OrderBy]:
    """Oldest first: by year, then by visit with undated ones first, then as they were made.

    ``path`` leads to the assessment from another table: ``"assessment__"``. One order for
    every database, which differ in where they put what is blank.
    """
    return [
        F(f"{path}year").asc(),
        F(f"{path}visit_starts_on").asc(nulls_first=True),
        F(f"{path}pk").asc(),
    ]


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def of(self, organisation: Organisation) -> Self:
        """An organisation's assessments with what their pages name, oldest first."""
        return (
            self.filter(organisation=organisation)
            .select_related("certification__standard", "organisation")
            .in_order()
        )

    def in_order(self) -> Self:
        """Oldest first; within a year by visit, then as they were made."""
        return self.order_by(*reading_order())

    def confirmed(self) -> Self:
        return self.filter(state=Assessment.State.CONFIRMED)

    def unconfirmed(self) -> Self:
        return self.exclude(state=Assessment.State.CONFIRMED)

    def by_assessor(self) -> Self:
        """What the certification body assessed, without self-assessments."""
        return self.exclude(kind=Assessment.Kind.SELF)

    def before(self, assessment: "Assessment") -> Self:
        """Earlier assessments by the assessor for the same certification, oldest first."""
        visit = assessment.visit_starts_on
        earlier = Q(visit_starts_on=visit, pk__lt=assessment.pk or NEWEST)
        if visit:
            earlier |= Q(visit_starts_on=None) | Q(visit_starts_on__lt=visit)
        return (
            self.filter(certification=assessment.certification_id)
            .by_assessor()
            .filter(Q(year__lt=assessment.year) | Q(earlier, year=assessment.year))
            .in_order()
        )


class Assessment(TenantModel, Versioned):
    """An assessment of one certification in one year."""

    class Kind(models.TextChoices):
        INITIAL = "initial", "Initial assessment"
        FULL = "full", "Full assessment"
        REVIEW = "review", "Review"
        FOLLOW_UP = "follow-up", "Follow-up visit"
        SELF = "self-assessment", "Self-assessment"

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        IN_PROGRESS = "in_progress", "In progress"
        WITH_APPROVER = "with_approver", "With the approver"
        CONFIRMED = "confirmed", "Confirmed"

    certification = models.ForeignKey(
        Certification, on_delete=models.PROTECT, related_name="assessments"
    )
    finding_set = models.OneToOneField(
        FindingSet, on_delete=models.PROTECT, related_name="assessment"
    )
    slug = models.SlugField(max_length=60)
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    visit_code = models.CharField(
        "Visit code, for example Y3 or RP2", max_length=10, blank=True
    )
    visit_starts_on = models.DateField("First day of the visit", null=True, blank=True)
    visit_ends_on = models.DateField("Last day of the visit", null=True, blank=True)
    assessors = models.CharField(max_length=200, blank=True)
    report_reference = models.CharField(max_length=100, blank=True)
    # One a line: what the report lists.
    sites_visited = models.TextField(blank=True)
    services_visited = models.TextField(blank=True)
    people_met = models.TextField(blank=True)
    overview = models.TextField(blank=True)
    # As the certification body gave it; never computed.
    outcome = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=15, choices=State, default=State.PLANNED)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = AssessmentQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            # An assessment's address names the organisation, not the certification.
            models.UniqueConstraint(
                fields=["organisation", "slug"], name="one_assessment_per_address"
            ),
            models.CheckConstraint(
                condition=Q(year__gte=2008, year__lte=2100),
                name="year_is_one_of_the_standard",
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        state="confirmed",
                        confirmed_at__isnull=False,
                        confirmed_by__isnull=False,
                    )
                    | (~Q(state="confirmed") & Q(confirmed_at=None, confirmed_by=None))
                ),
                name="confirmed_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(visit_ends_on=None)
                | Q(visit_ends_on__gte=F("visit_starts_on")),
                name="a_visit_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.get_kind_display().lower()}"

    @property
    def place(self) -> tuple[int, date, int]:
        """Where it stands among others, as ``reading_order`` has it."""
        return self.year, self.visit_starts_on or date.min, self.pk or NEWEST

    @property
    def is_open(self) -> bool:
        """Whether results and findings may change."""
        return self.state != self.State.CONFIRMED

    @property
    def examines_everything(self) -> bool:
        """Whether each element is examined at this visit, so that none is marked sampled."""
        return self.kind in {self.Kind.INITIAL, self.Kind.FULL, self.Kind.SELF}

    def check_open(self) -> None:
        """Raise RuleBroken once it is confirmed."""
        if not self.is_open and self.confirmed_at:
            raise RuleBroken(
                f"This assessment was confirmed on {long_date(self.confirmed_at)}. "
                "Ask an approver to unlock it."
            )

    def get_absolute_url(self) -> str:
        return reverse("overview:grid", args=[self.organisation.slug, self.slug])

    def url_of(self, ref: str) -> str:
        """The page of one element in this assessment."""
        return reverse(
            "overview:element", args=[self.organisation.slug, self.slug, ref]
        )


def urls_of(assessments: Sequence[Assessment]) -> list[str]:
    """Their pages. They are of one organisation, so that the address is looked up only once."""
    if not assessments:
        return []
    first = assessments[0]
    before, _, after = first.get_absolute_url().rpartition(first.slug)
    return [f"{before}{each.slug}{after}" for each in assessments]
