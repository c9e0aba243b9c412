"""What the certification body issued, and what became of it."""

from collections.abc import Sequence
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from assessments.certificates import CertificateFacts, Change, HistoryEntry, following
from assessments.models.certification import Certification
from cse_tracker.accounts.models import Organisation, TenantModel, User
from cse_tracker.core.locking import Versioned


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def of(self, organisation: Organisation) -> Self:
        """An organisation's certificates with their histories, the newest first."""
        return self.filter(organisation=organisation).with_history().newest_first()

    def with_history(self) -> Self:
        """With what became of each and who recorded it: one query more."""
        history = CertificateStatus.objects.select_related("recorded_by")
        return self.prefetch_related(models.Prefetch("history", history))

    def newest_first(self) -> Self:
        return self.order_by("-issued_on", "-pk")


class Certificate(TenantModel, Versioned):
    """One certificate of a certified scope. A renewal is a new one."""

    certification = models.ForeignKey(
        Certification, on_delete=models.PROTECT, related_name="certificates"
    )
    body = models.CharField(max_length=150)
    number = models.CharField(max_length=60)
    scope = models.CharField(max_length=150)
    issued_on = models.DateField()
    # The last day on which it is valid.
    expires_on = models.DateField()

    objects = CertificateQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                "organisation",
                Lower("body"),
                Lower("number"),
                name="one_certificate_per_number_of_a_body",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("issued_on")),
                name="a_certificate_expires_after_its_issue",
            ),
            models.CheckConstraint(
                condition=~Q(number="") & ~Q(body=""),
                name="a_certificate_has_a_number_and_a_body",
            ),
        ]

    def __str__(self) -> str:
        return f"certificate {self.number}"

    @property
    def entries(self) -> Sequence["CertificateStatus"]:
        """Its history, oldest first, from the prefetched rows where there are any."""
        return sorted(self.history.all(), key=lambda row: (row.happened_on, row.pk))

    @property
    def facts(self) -> CertificateFacts:
        """As plain data for the pure modules."""
        history = [
            HistoryEntry(Change(row.change), row.happened_on) for row in self.entries
        ]
        return CertificateFacts(self.pk, self.issued_on, self.expires_on, history)

    @property
    def may_change(self) -> bool:
        """Whether anything can follow on what happened last."""
        return bool(following(self.facts.history))


class CertificateStatus(TenantModel):
    """One change of a certificate: granted, suspended, reinstated, withdrawn."""

    certificate = models.ForeignKey(
        Certificate, on_delete=models.CASCADE, related_name="history"
    )
    change = models.CharField(
        max_length=10, choices=[(change.value, change.label) for change in Change]
    )
    # The day from which it counts, as the body's letter has it.
    happened_on = models.DateField()
    reason = models.TextField(blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["certificate"],
                condition=Q(change=Change.GRANTED.value),
                name="a_certificate_is_granted_once",
            ),
            models.CheckConstraint(
                condition=Q(change__in=[change.value for change in Change]),
                name="change_of_a_certificate_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(
                    change__in=[
                        change.value for change in Change if change.needs_reason
                    ]
                )
                | ~Q(reason=""),
                name="suspending_and_withdrawing_say_why",
            ),
        ]

    def __str__(self) -> str:
        return Change(self.change).label
