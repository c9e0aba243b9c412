"""Actions: what will be done about findings, by whom, by when."""

from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from assessments.models import Finding
from cse_tracker.accounts.models import (
    Event,
    Membership,
    Organisation,
    Service,
    TenantModel,
    User,
)
from cse_tracker.core.locking import Versioned
from evidence.models import EvidenceItem


def outstanding() -> Q:
    """Still to be finished: not withdrawn, and neither closed nor declined."""
    return Q(withdrawn_at=None) & ~Q(status__in=Action.Status.finished())


def being_done() -> Q:
    """Still the owner's to do: not withdrawn, and nobody has said that it is done."""
    return Q(withdrawn_at=None, status__in=Action.Status.in_progress())


def overdue(*, on: date) -> Q:
    """Being done and due before ``on``; due on the day is still in time."""
    return being_done() & Q(due_on__lt=on)


def due_within(days: int, *, on: date) -> Q:
    """Being done and due from ``on`` to that many days later, both days included."""
    return being_done() & Q(due_on__range=(on, on + timedelta(days=days)))


def of_service(service_id: int | None) -> Q:
    """Belonging to a service, or to none: its own, or else the one of the member who owns it."""
    its_owners = Q(service=None, owner__service=service_id)
    return its_owners if service_id is None else its_owners | Q(service=service_id)


class ActionQuerySet(models.QuerySet["Action"]):
    def of(self, organisation: Organisation) -> Self:
        return self.filter(organisation=organisation)

    def current(self) -> Self:
        """Actions that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def withdrawn(self) -> Self:
        return self.exclude(withdrawn_at=None)

    def owned_by(self, membership: Membership) -> Self:
        """Actions of one member."""
        return self.filter(owner=membership)

    def of_service(self, service_id: int | None) -> Self:
        return self.filter(of_service(service_id))

    def mentioning(self, text: str) -> Self:
        """Actions that say ``text`` in their own words or in the name of who does them."""
        return self.filter(
            Q(title__icontains=text)
            | Q(done_looks_like__icontains=text)
            | Q(resource_note__icontains=text)
            | Q(owner_name__icontains=text)
            | Q(owner__user__full_name__icontains=text)
        )

    def outstanding(self) -> Self:
        return self.filter(outstanding())

    def being_done(self) -> Self:
        return self.filter(being_done())

    def overdue(self, *, on: date) -> Self:
        return self.filter(overdue(on=on))

    def due_within(self, days: int, *, on: date) -> Self:
        return self.filter(due_within(days, on=on))

    def by_urgency(self) -> Self:
        """Outstanding before finished, then by due date, undated last."""
        return self.annotate(
            is_finished=models.Case(
                models.When(status__in=Action.Status.finished(), then=models.Value(1)),
                default=models.Value(0),
                output_field=models.IntegerField(),
            )
        ).order_by("is_finished", F("due_on").asc(nulls_last=True), "number")

    def with_people(self) -> Self:
        """With owner and service loaded, and the owner's service."""
        return self.select_related("owner__user", "owner__service", "service")

    def with_day_agreed(self) -> Self:
        """With ``agreed_at``: when the due date was last set."""
        moves = Event.objects.filter(
            target_type=self.model._meta.label_lower,
            target_id=models.OuterRef("pk"),
            changes__has_key="due_on",
        )
        latest = models.Subquery(
            moves.order_by("-pk").values("at")[:1], output_field=models.DateTimeField()
        )
        return self.annotate(agreed_at=Coalesce(latest, "created_at"))


class Action(TenantModel, Versioned):
    """One thing to do. People cite it by its number."""

    class Status(models.TextChoices):
        NOT_STARTED = "not_started", "Not started"
        ON_TRACK = "on_track", "On track"
        AT_RISK = "at_risk", "At risk"
        DONE = "done", "Done, to be checked"
        CLOSED = "closed", "Closed"
        DECLINED = "declined", "Declined"

        @classmethod
        def in_progress(cls) -> list[str]:
            """The statuses between which an owner chooses freely."""
            return [cls.NOT_STARTED.value, cls.ON_TRACK.value, cls.AT_RISK.value]

        @classmethod
        def finished(cls) -> list[str]:
            """The statuses in which nothing more is expected of anybody."""
            return [cls.CLOSED.value, cls.DECLINED.value]

    class Priority(models.TextChoices):
        HIGH = "high", "High"
        MEDIUM = "medium", "Medium"
        LOW = "low", "Low"

    class Origin(models.TextChoices):
        """Where it comes from, unless it answers a finding: then that says so."""

        ALONE = "alone", "Our own idea"
        FEEDBACK = "feedback", "Customer feedback"
        REVIEW = "review", "Another review or audit"

    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    done_looks_like = models.TextField(blank=True)
    # A member, or the name of somebody without an account.
    owner = models.ForeignKey(
        Membership,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="actions",
    )
    owner_name = models.CharField(max_length=150, blank=True)
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    priority = models.CharField(
        max_length=10, choices=Priority, default=Priority.MEDIUM
    )
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.ALONE)
    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=15, choices=Status, default=Status.NOT_STARTED)
    # Money, people or time that it needs.
    resource_note = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # Who said that it is done; somebody else closes it.
    claimed_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    finished_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    evidence = models.ManyToManyField(
        EvidenceItem, through="ActionEvidence", related_name="actions"
    )
    findings = models.ManyToManyField(
        Finding, through="ActionFinding", related_name="actions"
    )

    # Set by ``with_day_agreed``.
    agreed_at: datetime

    objects = ActionQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organisation", "number"], name="one_action_per_number"
            ),
            models.CheckConstraint(
                condition=Q(owner=None) | Q(owner_name=""),
                name="an_action_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None)
                | Q(due_on=None)
                | Q(starts_on__lte=F("due_on")),
                name="an_action_starts_before_it_is_due",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["done", "closed"])
                | Q(claimed_at__isnull=False),
                name="a_done_action_was_claimed",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["closed", "declined"], finished_at__isnull=False
                )
                | ~Q(status__in=["closed", "declined"]) & Q(finished_at=None),
                name="a_finished_action_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"Action {self.number}: {self.title}"

    @property
    def owner_label(self) -> str:
        """Who does it, empty where nobody does yet."""
        return str(self.owner.user) if self.owner else self.owner_name

    @property
    def belongs_to(self) -> Service | None:
        """The same rule as ``of_service`` above, for one row."""
        return self.service or (self.owner.service if self.owner else None)

    @property
    def is_being_done(self) -> bool:
        return self.withdrawn_at is None and self.status in self.Status.in_progress()

    def is_owned_by(self, membership: Membership) -> bool:
        return self.owner_id == membership.pk

    def is_overdue(self, *, on: date) -> bool:
        """The same rule as ``overdue`` above, for one row."""
        is_late = self.due_on is not None and self.due_on < on
        return is_late and self.is_being_done

    def get_absolute_url(self) -> str:
        return reverse("actions:action", args=[self.organisation.slug, self.number])


class ActionFinding(TenantModel):
    """Which findings an action answers."""

    action = models.ForeignKey(
        Action, on_delete=models.CASCADE, related_name="finding_links"
    )
    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, related_name="action_links"
    )

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["action", "finding"], name="an_action_answers_a_finding_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} answers finding {self.finding_id}"
