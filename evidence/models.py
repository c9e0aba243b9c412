"""Evidence items, their versions through time, and what they support."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import OuterRef, Q
from django.urls import reverse

from assessments.models import Assessment, StandardNode
from cse_tracker.accounts.models import (
    Membership,
    Organisation,
    Service,
    TenantModel,
    User,
)
from cse_tracker.core.locking import Versioned


class EvidenceItemQuerySet(models.QuerySet["EvidenceItem"]):
    def of(self, organisation: Organisation) -> Self:
        return self.filter(organisation=organisation)

    def current(self) -> Self:
        """Items that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def withdrawn(self) -> Self:
        return self.exclude(withdrawn_at=None)

    def mentioning(self, text: str) -> Self:
        """Items that say ``text`` in title, description, a file's name or an address."""
        versions = EvidenceVersion.objects.filter(
            Q(file_name__icontains=text) | Q(url__icontains=text), item=OuterRef("pk")
        )
        return self.filter(
            Q(title__icontains=text)
            | Q(description__icontains=text)
            | Q(models.Exists(versions))
        )

    def supporting(
        self, *, ref: str = "", assessment: Assessment | None = None
    ) -> Self:
        """Items linked to the node ``ref`` or one below it, in this assessment or any."""
        links = EvidenceLink.objects.filter(item=OuterRef("pk"))
        if ref:
            links = links.filter(Q(node__ref=ref) | Q(node__ref__startswith=f"{ref}."))
        if assessment is not None:
            links = links.filter(assessment=assessment)
        return self.filter(models.Exists(links))

    def expired(self, *, on: date) -> Self:
        """Items whose newest version's last day was before ``on``."""
        return self.with_dates().filter(latest_expires_on__lt=on)

    def unlinked(self) -> Self:
        """Items that support nothing yet."""
        links = EvidenceLink.objects.filter(item=OuterRef("pk"))
        return self.filter(~models.Exists(links))

    def with_dates(self) -> Self:
        """With ``latest_as_at`` and ``latest_expires_on`` of the newest version."""
        newest = EvidenceVersion.objects.filter(item=OuterRef("pk")).order_by("-number")
        return self.annotate(
            latest_as_at=models.Subquery(newest.values("as_at")[:1]),
            latest_expires_on=models.Subquery(newest.values("expires_on")[:1]),
        )

    def with_details(self) -> Self:
        """With service, owner, versions (newest first) and links loaded."""
        return self.select_related("service", "owner__user").prefetch_related(
            models.Prefetch(
                "versions", queryset=EvidenceVersion.objects.order_by("-number")
            ),
            models.Prefetch(
                "links",
                queryset=EvidenceLink.objects.select_related("node", "assessment"),
            ),
        )


class EvidenceItem(TenantModel, Versioned):
    """A document or a link that people cite by its number."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", "Document"
        LINK = "link", "Link to a web page"

    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    owner = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = EvidenceItemQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        ordering = ["-number"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organisation", "number"], name="one_evidence_item_per_number"
            ),
        ]

    def __str__(self) -> str:
        return f"Evidence {self.number}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("evidence:item", args=[self.organisation.slug, self.number])


class EvidenceVersion(TenantModel):
    """The item as it was at a date: a file with its hash, or an address."""

    item = models.ForeignKey(
        EvidenceItem, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField()
    file = models.FileField(max_length=200, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size_bytes = models.PositiveBigIntegerField(null=True, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    as_at = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["item", "number"], name="one_version_per_number"
            ),
            models.CheckConstraint(
                condition=Q(url="")
                & ~Q(file="")
                & ~Q(sha256="")
                & Q(size_bytes__isnull=False)
                | ~Q(url="") & Q(file="", sha256="", size_bytes=None),
                name="a_version_is_a_file_or_an_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} version {self.number}"

    def is_expired(self, *, on: date) -> bool:
        """Whether its last day was before ``on``; the same rule as ``expired`` above."""
        return self.expires_on is not None and self.expires_on < on


class EvidenceLink(TenantModel):
    """An item supports a node in an assessment, at a place in it."""

    item = models.ForeignKey(
        EvidenceItem, on_delete=models.PROTECT, related_name="links"
    )
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="+"
    )
    node = models.ForeignKey(StandardNode, on_delete=models.PROTECT, related_name="+")
    locator = models.CharField(
        "Where to look, for example page 4", max_length=100, blank=True
    )
    is_strongest = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["item", "assessment", "node"],
                name="an_item_supports_a_node_once_a_year",
            ),
        ]
        indexes = [models.Index(fields=["assessment", "node"], name="evidence_by_node")]

    def __str__(self) -> str:
        return f"{self.item} for {self.node.ref}"
