"""Reading who is invited to an assessment, and what they looked at."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, QuerySet

from assessments.models import Assessment, AssessorAccess, AssessorLook
from cse_tracker.core.dates import long_date


@dataclass(frozen=True)
class InvitedAssessor:
    """One invitation with how it stands on a day."""

    access: AssessorAccess
    is_open: bool
    state: str


def invited_assessors(assessment: Assessment, *, on: date) -> list[InvitedAssessor]:
    """All invitations to an assessment, the latest first: two queries.

    Each ``access`` has ``look_count`` and ``last_look_at``.
    """
    accesses = (
        assessment.assessor_accesses.with_people()
        .annotate(look_count=Count("looks"), last_look_at=Max("looks__at"))
        .prefetch_related("membership__invitation_mails")
        .order_by("-pk")
    )
    return [
        InvitedAssessor(access, access.is_open(on=on), state_in_words(access, on=on))
        for access in accesses
    ]


def state_in_words(access: AssessorAccess, *, on: date) -> str:
    """How an invitation stands on a day."""
    if access.ended_at:
        return f"Ended on {long_date(access.ended_at)}"
    if not access.is_open(on=on):
        return f"Could see it until {long_date(access.until)}"
    user = access.membership.user
    mail = access.membership.invitation_mail
    sentences = [
        "" if user.has_usable_password() else "Invited, no password chosen yet.",
        mail.obstacle if mail else "",
        f"Can see it until {long_date(access.until)}",
    ]
    return " ".join(filter(None, sentences))


def looks_at(
    assessment: Assessment, access_id: int | None = None
) -> "QuerySet[AssessorLook]":
    """What assessors were shown of an assessment, or one of them, latest first."""
    looks = AssessorLook.objects.filter(access__assessment=assessment)
    if access_id is not None:
        looks = looks.filter(access=access_id)
    return looks.select_related("access__membership__user").order_by("-pk")
