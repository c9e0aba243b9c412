"""What a new organisation does first, and how far it is."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from assessments.models import Assessment, Certification
from assessments.services.assessments import STARTED
from cse_tracker.accounts.models import Event, Membership, Organisation
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.dates import local_day


@dataclass(frozen=True)
class SetUpStep:
    """One entry of the list, for members with one of these permissions."""

    permissions: Collection[Permission]
    text: str
    hint: str
    route: str
    is_done: bool


def set_up_steps(membership: Membership) -> list[SetUpStep]:
    """The steps this member may take, in order; empty once all are done: one query.

    Past years are those before the organisation came here, so the list does not return with
    each new year.
    """
    offered = _offered(_facts(membership))
    steps = [step for step in offered if any(map(membership.may, step.permissions))]
    return [] if all(step.is_done for step in steps) else steps


@dataclass(frozen=True)
class _Facts:
    has_scope: bool
    has_assessment: bool
    has_open_past: bool
    has_started: bool
    has_people: bool


def _offered(facts: _Facts) -> list[SetUpStep]:
    """Every step, in order."""
    return [
        SetUpStep(
            {Permission.SET_UP},
            "Say what is certified",
            "The scope, the certification body and your assessment cycle",
            "assessments:certification",
            facts.has_scope,
        ),
        SetUpStep(
            {Permission.IMPORT},
            "Bring past years in",
            "From the annex spreadsheet you keep; you see everything before it is saved",
            "assessments:imports",
            facts.has_assessment,
        ),
        SetUpStep(
            {Permission.PREPARE, Permission.APPROVE},
            "Confirm past years",
            "An approver opens each and confirms it; the governing body then sees it and papers print it",
            "assessments:list",
            facts.has_assessment and not facts.has_open_past,
        ),
        SetUpStep(
            {Permission.PREPARE},
            "Start this year's assessment",
            "Empty, or with the last known ratings carried forward",
            "assessments:start",
            facts.has_started,
        ),
        SetUpStep(
            {Permission.MANAGE_MEMBERS},
            "Add people",
            "Officers, managers, approvers and the governing body",
            "accounts:members",
            facts.has_people,
        ),
    ]


def _facts(membership: Membership) -> _Facts:
    organisation = membership.organisation
    first_year = local_day(organisation.created_at).year
    assessments = Assessment.objects.filter(organisation=OuterRef("pk"))
    scopes = Certification.objects.filter(organisation=OuterRef("pk"))
    # An assessor, who stays until a day, is nobody of the organisation's own.
    people = Membership.objects.filter(
        organisation=OuterRef("pk"), ended_at=None, until=None
    )
    found = Organisation.objects.filter(pk=organisation.pk).values(
        has_scope=Exists(scopes.filter(set_up_at__isnull=False)),
        has_assessment=Exists(assessments),
        has_open_past=Exists(
            assessments.unconfirmed()
            .filter(year__lt=first_year)
            .exclude(_is_worked_on(organisation))
        ),
        has_started=Exists(assessments.filter(year__gte=first_year)),
        has_people=Exists(people.exclude(pk=membership.pk)),
    )
    return _Facts(**found.get())


def _is_worked_on(organisation: Organisation) -> Q:
    """Whether an assessment is no past year but the newest, started here after the others."""
    others = Assessment.objects.filter(organisation=organisation)
    started = Event.objects.filter(
        target_type=Assessment._meta.label_lower, target_id=OuterRef("pk"), verb=STARTED
    )
    return Q(
        Exists(started),
        Exists(others.confirmed().filter(year__lt=OuterRef("year"))),
        ~Exists(others.filter(year__gt=OuterRef("year"))),
    )
