"""A committee paper: what it is about, how its building goes, and whether it was issued."""

import secrets
from dataclasses import fields
from functools import partial
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from assessments.models import Assessment
from cse_tracker.accounts.models import (
    Membership,
    Organisation,
    Service,
    TenantModel,
    User,
)
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.jobs import BuildState, Job
from reports.options import APPENDIX_OPTIONS, PLAN_OPTIONS, PaperOptions

OPTIONS = [option.name for option in fields(PaperOptions)]


def _every_service() -> Coalesce:
    """A plan of all services has no service, and in an index nothing equals nothing."""
    return Coalesce(F("service"), 0, output_field=models.BigIntegerField())


class PaperQuerySet(models.QuerySet["Paper"]):
    def of(self, organisation: Organisation) -> Self:
        """An organisation's papers with what their pages name, newest first."""
        return (
            self.filter(organisation=organisation)
            .select_related(
                "organisation",
                "service",
                "assessment__organisation",
                "assessment__certification__standard",
            )
            .order_by("-number")
        )

    def visible_to(self, membership: Membership) -> Self:
        """Its organisation's papers that this member may know of."""
        papers = self.of(membership.organisation)
        return papers if membership.may(Permission.READ) else papers.issued()

    def open_to(self, membership: Membership) -> Self:
        """Those whose pages this member may open.

        Minutes cite what the governing body was given, so a replaced paper keeps its address.
        """
        papers = self.of(membership.organisation)
        return papers if membership.may(Permission.READ) else papers.once_issued()

    def issued(self) -> Self:
        return self.filter(state=Paper.State.ISSUED)

    def once_issued(self) -> Self:
        """Those that are issued, and those that an issued one has replaced."""
        return self.filter(state__in=[Paper.State.ISSUED, Paper.State.SUPERSEDED])

    def about_the_same(self, paper: "Paper") -> Self:
        """Papers of its kind about the same assessment or services, whatever their options."""
        return self.filter(
            organisation=paper.organisation_id,
            kind=paper.kind,
            assessment=paper.assessment_id,
            service=paper.service_id,
        )

    def being_built(self) -> Self:
        return self.filter(build_state__in=[BuildState.QUEUED, BuildState.RUNNING])

    def standing(self) -> Self:
        """Papers that are neither superseded nor withdrawn."""
        return self.exclude(state__in=[Paper.State.SUPERSEDED, Paper.State.WITHDRAWN])


class Paper(TenantModel, Job):
    """One paper, about one assessment or about the organisation's action plan.

    Its document state is apart from its building.
    """

    class Kind(models.TextChoices):
        PROGRESSION_ANNEX = "progression_annex", "Progression annex"
        FINDINGS_APPENDIX = (
            "findings_appendix",
            "Partial compliances and areas for improvement",
        )
        ACTION_PLAN = "action_plan", "Action plan"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        REVIEWED = "reviewed", "Reviewed"
        ISSUED = "issued", "Issued"
        SUPERSEDED = "superseded", "Superseded"
        WITHDRAWN = "withdrawn", "Withdrawn"

    # None for an action plan alone: its actions come from all assessments, or from none.
    assessment = models.ForeignKey(
        Assessment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="papers",
    )
    # The one service that an action plan is about; None: all of them.
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=30, choices=Kind)
    with_improvements = models.BooleanField(default=False)
    with_drafts = models.BooleanField(default=False)
    with_decisions = models.BooleanField(default=False)
    with_actions = models.BooleanField(default=False)
    with_finished = models.BooleanField(default=False)
    with_progress = models.BooleanField(default=False)
    with_names = models.BooleanField(default=False)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    # Names the files: guessed by nobody, and the same for all attempts at building.
    token = models.CharField(
        max_length=32, default=partial(secrets.token_hex, 16), editable=False
    )
    # The facts as printed, what laid them out, and the change log's last entry before.
    snapshot = models.JSONField(default=dict, editable=False)
    template_version = models.PositiveSmallIntegerField(default=0, editable=False)
    data_version = models.BigIntegerField(default=0, editable=False)
    # When the facts were read: an action plan says how things stood on that day.
    as_at = models.DateTimeField(null=True, editable=False)
    ordered_at = models.DateTimeField()
    ordered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = PaperQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            *Job.Meta.constraints,
            models.UniqueConstraint(
                fields=["organisation", "number"], name="one_paper_per_number"
            ),
            # A double click, or two colleagues at once, make one.
            models.UniqueConstraint(
                fields=["organisation", "assessment", "kind", *APPENDIX_OPTIONS],
                condition=Q(build_state__in=["queued", "running"]),
                name="one_paper_being_built",
            ),
            models.UniqueConstraint(
                fields=["organisation", "assessment", "kind"],
                condition=Q(state="issued"),
                name="one_issued_paper",
            ),
            models.UniqueConstraint(
                F("organisation"),
                _every_service(),
                *map(F, PLAN_OPTIONS),
                condition=Q(kind="action_plan", build_state__in=["queued", "running"]),
                name="one_action_plan_being_built",
            ),
            models.UniqueConstraint(
                F("organisation"),
                _every_service(),
                condition=Q(kind="action_plan", state="issued"),
                name="one_issued_action_plan",
            ),
            models.CheckConstraint(
                condition=Q(kind="findings_appendix")
                | Q(**dict.fromkeys(APPENDIX_OPTIONS, False)),
                name="only_an_appendix_has_options",
            ),
            models.CheckConstraint(
                condition=Q(kind="action_plan", assessment=None)
                | ~Q(kind="action_plan")
                & Q(
                    assessment__isnull=False,
                    service=None,
                    **dict.fromkeys(PLAN_OPTIONS, False),
                ),
                name="an_action_plan_is_about_no_assessment",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", reviewed_at=None, reviewed_by=None)
                | Q(state="withdrawn")
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="a_reviewed_paper_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["draft", "reviewed"], issued_at=None, issued_by=None
                )
                | Q(state="withdrawn")
                | Q(
                    build_state="done",
                    issued_at__isnull=False,
                    issued_by__isnull=False,
                ),
                name="an_issued_paper_is_built_and_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_at=None)),
                name="a_withdrawn_paper_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"Paper {self.number}: {self.title}"

    @property
    def options(self) -> PaperOptions:
        """What it was ordered with."""
        return PaperOptions(**{name: getattr(self, name) for name in OPTIONS})

    @property
    def is_open(self) -> bool:
        """Whether it may still be built anew: once issued, a paper stays what it is."""
        return self.state in {self.State.DRAFT, self.State.REVIEWED}

    @property
    def is_built(self) -> bool:
        """Whether there are files to read."""
        return self.build_state == BuildState.DONE

    @property
    def is_about_confirmed(self) -> bool:
        """Whether no assessment of its was open when it was built; else it bears a stamp."""
        return self.assessment_id is None or bool(self.snapshot.get("is_confirmed"))

    @property
    def says_its_day(self) -> bool:
        """Whether it tells how things stood on a day: what changes later leaves it true."""
        return self.kind == self.Kind.ACTION_PLAN

    @property
    def its_assessment(self) -> Assessment:
        """The assessment of a paper whose kind is about one."""
        if self.assessment is None:
            raise ValueError(f"{self} is about no assessment")
        return self.assessment

    def get_absolute_url(self) -> str:
        return self.url("paper")

    @property
    def issue_url(self) -> str:
        """Where an approver issues it."""
        return self.url("issue")

    @property
    def withdraw_url(self) -> str:
        """Where an approver takes it back."""
        return self.url("withdraw")

    def url(self, name: str, **kwargs: str) -> str:
        """The address of one of the paper's pages."""
        place = {"organisation": self.organisation.slug, "number": self.number}
        return reverse(f"reports:{name}", kwargs=place | kwargs)
