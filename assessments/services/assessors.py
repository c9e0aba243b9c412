"""Inviting somebody from outside to one assessment, until a day."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from assessments.models import Assessment
from assessments.models.assessor import AssessorAccess
from cse_tracker.accounts.models import User
from cse_tracker.accounts.services.assessors import (
    admit_assessor,
    set_assessors_last_day,
)
from cse_tracker.accounts.services.events import (
    Changes,
    changes_between,
    changes_to,
    record_event,
)
from cse_tracker.accounts.services.invitations import check_can_be_invited_again
from cse_tracker.accounts.services.organisations import lock_organisation
from cse_tracker.core.dates import local_day
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.locking import save_if_unchanged

CHANGED, ENDED = "changed", "ended"
# The verbs of the events that raise an invitation's version.
SAVING_VERBS = frozenset({CHANGED, ENDED})


@dataclass(frozen=True)
class Stay:
    """What an invitation allows: until which day, and whether to rate and comment."""

    until: date
    may_rate: bool

    def as_values(self) -> dict[str, Any]:
        return {"until": self.until, "may_rate": self.may_rate}


@transaction.atomic
def invite_assessor(
    *,
    assessment: Assessment,
    full_name: str,
    email: str,
    stay: Stay,
    now: datetime,
    by: User | None,
) -> AssessorAccess:
    """Let somebody from outside into the assessment. The caller writes the mail.

    Raises RuleBroken for a member, for somebody who is invited already, for a closed account
    and for a day that is over.
    """
    _check_day(stay, now)
    membership = admit_assessor(
        organisation=assessment.organisation,
        full_name=full_name,
        email=email,
        until=stay.until,
        now=now,
    )
    invited = assessment.assessor_accesses.not_ended().filter(membership=membership)
    if invited.exists():
        raise RuleBroken(
            f"{membership} is invited to this assessment already."
            " Change the invitation instead."
        )
    access = AssessorAccess.objects.create(
        organisation_id=assessment.organisation_id,
        assessment=assessment,
        membership=membership,
        **stay.as_values(),
    )
    _record(access, "invited", changes_between({}, stay.as_values()), by)
    return access


@transaction.atomic
def change_invitation(
    *, access: AssessorAccess, seen_version: int, stay: Stay, now: datetime, by: User
) -> AssessorAccess:
    """Give an invitation another last day or another right. The same again writes nothing.

    Raises RuleBroken, Conflict.
    """
    lock_organisation(access.assessment.organisation)
    access = AssessorAccess.objects.with_people().get(pk=access.pk)
    access.check_not_ended()
    _check_day(stay, now)
    changes = changes_to(access, stay.as_values())
    if not changes:
        return access
    saved = save_if_unchanged(access, seen_version, **stay.as_values())
    _fit_membership(access, now)
    _record(access, CHANGED, changes, by)
    return saved


@transaction.atomic
def end_invitation(*, access: AssessorAccess, now: datetime, by: User) -> None:
    """Close the assessment to the assessor from their next request on. Ended twice is ended."""
    lock_organisation(access.assessment.organisation)
    access = AssessorAccess.objects.with_people().get(pk=access.pk)
    if access.ended_at:
        return
    save_if_unchanged(access, access.version, ended_at=now)
    _fit_membership(access, now)
    _record(access, ENDED, {}, by)


@transaction.atomic
def mail_invitation_again(*, access: AssessorAccess, now: datetime, by: User) -> None:
    """Note that the mail goes out once more; the caller writes it.

    Raises RuleBroken when the invitation is over or the person has chosen a password.
    """
    access.check_not_ended()
    if not access.is_open(on=local_day(now)):
        raise RuleBroken("The last day of this invitation is over. Change it first.")
    check_can_be_invited_again(access.membership.user)
    _record(access, "invited again", {}, by)


def _check_day(stay: Stay, now: datetime) -> None:
    if stay.until < local_day(now):
        raise RuleBroken("The last day must be today or in the future.")


def _fit_membership(access: AssessorAccess, now: datetime) -> None:
    """Let the membership last as long as the latest of the person's invitations."""
    latest = (
        AssessorAccess.objects.filter(membership=access.membership_id)
        .not_ended()
        .order_by("-until")
        .first()
    )
    set_assessors_last_day(
        membership=access.membership, until=latest.until if latest else None, now=now
    )


def _record(
    access: AssessorAccess,
    verb: str,
    changes: Changes,
    by: User | None,
) -> None:
    record_event(
        by=by,
        verb=verb,
        target=access,
        organisation=access.assessment.organisation,
        changes=changes,
        assessment_id=access.assessment_id,
    )
