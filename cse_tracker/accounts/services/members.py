"""Who belongs to an organisation and with which roles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from cse_tracker.accounts.models import (
    Membership,
    MembershipRole,
    Organisation,
    Service,
    User,
)
from cse_tracker.accounts.permissions import Role
from cse_tracker.accounts.services.events import Changes, record_event
from cse_tracker.accounts.services.organisations import lock_organisation
from cse_tracker.core.dates import local_day
from cse_tracker.core.errors import Clash, Conflict, RuleBroken

# Roles, sorted, and the key of the service.
State = dict[str, Any]


@dataclass(frozen=True)
class NewMember:
    """What an administrator enters about a person."""

    full_name: str
    email: str
    roles: frozenset[Role]
    service: Service | None = None


@transaction.atomic
def add_member(
    *, organisation: Organisation, person: NewMember, now: datetime, by: User | None
) -> Membership:
    """Make the person a member: with a new account, with the one they have, or once more.

    Says the same whether the account existed, so that nobody learns who else uses the
    product. Writes no mail: see ``invitations``. Raises RuleBroken when they are a member
    already, or when their account is closed.
    """
    organisation = lock_organisation(organisation)
    user = account_of(full_name=person.full_name, email=person.email)
    membership = Membership.objects.filter(organisation=organisation, user=user).first()
    if membership is None:
        membership = Membership(organisation=organisation, user=user)
    elif membership.is_current(on=local_day(now)):
        raise RuleBroken(_words_for_present(membership))
    else:
        membership.ended_at, membership.until, membership.joined_at = None, None, now
    membership.service = person.service
    membership.save()
    write_roles(membership, person.roles)
    _record(membership, "added", by, _changes(None, _state(membership)))
    return membership


@transaction.atomic
def change_member(
    *,
    membership: Membership,
    roles: frozenset[Role],
    service: Service | None,
    by: User | None,
    seen: State | None = None,
) -> Membership:
    """Give a member other roles or another service.

    ``seen`` is what stood there for whoever chose them; None takes whatever stands there.
    Raises RuleBroken when nobody would be left to manage the members, Conflict when somebody
    else changed them since.
    """
    membership = _lock_current(membership)
    wanted = {"roles": sorted(roles), "service": service.pk if service else None}
    if seen is not None and _state(membership) not in (seen, wanted):
        raise Conflict([Clash(membership, wanted)])
    if Role.ADMINISTRATOR not in roles:
        check_another_administrator(membership)
    before = _state(membership)
    membership.service = service
    membership.save(update_fields=["service"])
    write_roles(membership, roles)
    changes = _changes(before, _state(membership))
    if changes:
        _record(membership, "changed", by, changes)
    return membership


@transaction.atomic
def end_membership(
    *, membership: Membership, now: datetime, by: User | None
) -> Membership:
    """Take a person out of the organisation, from their next request on.

    What they did stays under their name. Raises RuleBroken for the last administrator.
    """
    membership = _lock_current(membership)
    check_another_administrator(membership)
    membership.ended_at = now
    membership.save(update_fields=["ended_at"])
    _record(membership, "removed", by, {"ended_at": (None, now)})
    return membership


@transaction.atomic
def name_administrator(
    *,
    organisation: Organisation,
    full_name: str,
    email: str,
    now: datetime,
    by: User | None,
) -> Membership:
    """Make the person an administrator, whether they are a member already or not."""
    # What they may do already is read behind the lock: nobody takes it away in between.
    organisation = lock_organisation(organisation)
    members = Membership.objects.of(organisation).insiders().not_ended()
    member = members.filter(user__email=email.strip().lower()).first()
    if member is None:
        person = NewMember(full_name, email, frozenset({Role.ADMINISTRATOR}))
        return add_member(organisation=organisation, person=person, now=now, by=by)
    roles = member.roles | {Role.ADMINISTRATOR}
    return change_member(membership=member, roles=roles, service=member.service, by=by)


def check_another_administrator(membership: Membership) -> None:
    """Raise RuleBroken if this member is the organisation's only administrator.

    Call behind ``lock_organisation``, or two administrators could remove each other.
    """
    administrators = set(
        Membership.objects.current()
        .holding(Role.ADMINISTRATOR)
        .filter(organisation=membership.organisation_id)
        .values_list("pk", flat=True)
    )
    if administrators == {membership.pk}:
        raise RuleBroken(
            f"{membership.user} is the only administrator of {membership.organisation}."
            " Make someone else an administrator first."
        )


def account_of(*, full_name: str, email: str) -> User:
    """The account with this address, made without a password if there is none.

    Raises RuleBroken when it is closed.
    """
    user = _account_with(email.strip().lower(), full_name)
    if not user.is_active:
        raise RuleBroken(
            f"The account of {user.email} is closed. Ask the platform administrator to open it."
        )
    return user


def _account_with(email: str, full_name: str) -> User:
    user = User.objects.filter(email=email).first()
    if user is not None:
        return user
    try:
        with transaction.atomic():
            return User.objects.create_user(email, full_name=full_name)
    except IntegrityError:
        # Another organisation added the same person at this moment.
        return User.objects.get(email=email)


def _words_for_present(membership: Membership) -> str:
    """Why somebody who is here already can't be added."""
    user = membership.user
    if membership.is_assessor:
        return (
            f"{user} is invited as an assessor, who is from outside."
            " End the invitation at the assessment before you add them."
        )
    return f"{user} is already a member. Change their roles on the page Members."


def _lock_current(membership: Membership) -> Membership:
    """The membership as it stands behind the organisation's lock; RuleBroken if it has ended."""
    organisation = lock_organisation(membership.organisation)
    membership = Membership.objects.select_related("user", "service").get(
        pk=membership.pk
    )
    membership.organisation = organisation
    if membership.ended_at is not None:
        raise RuleBroken(
            f"{membership.user} is no longer a member. Add them again on the page Members."
        )
    return membership


def write_roles(membership: Membership, roles: Iterable[Role]) -> None:
    """Let the membership hold these roles and no others; the caller writes the event."""
    wanted = set(roles)
    held = {Role(row.role) for row in membership.role_rows.all()}
    membership.role_rows.filter(role__in=held - wanted).delete()
    MembershipRole.objects.bulk_create(
        [
            MembershipRole(
                organisation_id=membership.organisation_id,
                membership=membership,
                role=role,
            )
            for role in sorted(wanted - held)
        ]
    )
    membership.roles = frozenset(wanted)


def _state(membership: Membership) -> State:
    roles = membership.role_rows.order_by("role").values_list("role", flat=True)
    return {"roles": list(roles), "service": membership.service_id}


def _changes(before: State | None, after: State) -> Changes:
    return {
        name: (before[name] if before else None, value)
        for name, value in after.items()
        if before is None or before[name] != value
    }


def _record(
    membership: Membership, verb: str, by: User | None, changes: Changes
) -> None:
    record_event(
        by=by,
        verb=verb,
        target=membership,
        organisation=membership.organisation,
        changes=changes,
    )
