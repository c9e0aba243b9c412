"""Assessors as members: from outside, until the last day of what they are invited to.

What they are invited to is known to the app above, whose events tell of it.
"""

from datetime import date, datetime

from django.db import transaction

from cse_tracker.accounts.models import Membership, Organisation
from cse_tracker.accounts.permissions import Role
from cse_tracker.accounts.services.members import account_of, write_roles
from cse_tracker.accounts.services.organisations import lock_organisation
from cse_tracker.core.dates import local_day
from cse_tracker.core.errors import RuleBroken


@transaction.atomic
def admit_assessor(
    *,
    organisation: Organisation,
    full_name: str,
    email: str,
    until: date,
    now: datetime,
) -> Membership:
    """The person's membership as an assessor, made or opened again where it is over.

    One that lasts keeps a later last day. Raises RuleBroken for a member, who sees assessments
    by their role, and for a closed account.
    """
    organisation = lock_organisation(organisation)
    user = account_of(full_name=full_name, email=email)
    membership = Membership.objects.filter(organisation=organisation, user=user).first()
    if membership is None:
        membership = Membership(organisation=organisation, user=user)
    elif membership.is_current(on=local_day(now)):
        if not membership.is_assessor:
            raise RuleBroken(
                f"{user} is a member of {organisation}. Only somebody from outside can be"
                " an assessor."
            )
        until = max(until, membership.until or until)
    else:
        membership.ended_at, membership.joined_at = None, now
    membership.until, membership.service = until, None
    membership.save()
    write_roles(membership, {Role.ASSESSOR})
    return membership


@transaction.atomic
def set_assessors_last_day(
    *, membership: Membership, until: date | None, now: datetime
) -> None:
    """Let an assessor stay until that day; None ends their membership now.

    Somebody who has become a member since is left alone.
    """
    lock_organisation(membership.organisation)
    values = {"until": until} if until else {"ended_at": now}
    assessors = Membership.objects.holding(Role.ASSESSOR)
    assessors.filter(pk=membership.pk).update(**values)
