"""A person in an organisation, with the roles that say what they may do there."""

from collections.abc import Set as AbstractSet
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Self

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cse_tracker.accounts.models.data_version import data_version_of
from cse_tracker.accounts.models.organisation import Organisation, Service
from cse_tracker.accounts.models.tenant import TenantModel
from cse_tracker.accounts.models.user import User
from cse_tracker.accounts.permissions import (
    ROLE_PERMISSIONS,
    Permission,
    Role,
    permissions_of,
)
from cse_tracker.core.dates import local_day

if TYPE_CHECKING:
    from cse_tracker.accounts.models.invitation_mail import InvitationMail


class MembershipQuerySet(models.QuerySet["Membership"]):
    def of(self, organisation: Organisation) -> Self:
        """One organisation's members, also those who left."""
        return self.filter(organisation=organisation)

    def not_ended(self) -> Self:
        """Memberships that have not ended, also of people whose account is closed."""
        return self.filter(ended_at=None)

    def current(self) -> Self:
        """Memberships that have not ended, of people who may sign in."""
        return self.filter(ended_at=None, user__is_active=True)

    def insiders(self) -> Self:
        """Without assessors, who are outside the organisation and invited by date."""
        assessors = MembershipRole.objects.filter(role=Role.ASSESSOR)
        return self.exclude(pk__in=assessors.values("membership"))

    def who_may(self, permission: Permission) -> Self:
        """Memberships with a role that gives ``permission``."""
        roles = [role for role, may in ROLE_PERMISSIONS.items() if permission in may]
        holders = MembershipRole.objects.filter(role__in=roles)
        return self.filter(pk__in=holders.values("membership"))

    def holding(self, role: Role) -> Self:
        """Memberships that hold ``role``."""
        return self.filter(role_rows__role=role)

    def matching(self, *, name: str = "", role: str = "") -> Self:
        """Memberships of people whose name or address contains ``name``, holding ``role``."""
        found = self
        if name:
            found = found.filter(
                Q(user__full_name__icontains=name) | Q(user__email__icontains=name)
            )
        return found.filter(role_rows__role=role) if role else found

    def with_people(self) -> Self:
        """With user, service and roles loaded, by name."""
        return (
            self.select_related("user", "service", "organisation")
            .prefetch_related("role_rows")
            .order_by("user__full_name", "pk")
        )


class Membership(TenantModel):
    """One person's place in one organisation. It ends; it is not deleted."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    service = models.ForeignKey(
        Service,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
    )
    joined_at = models.DateTimeField(auto_now_add=True)
    # The last day, for an assessor; others stay until their membership is ended.
    until = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    # What conditional requests go by; set by ``memberships_of``, before any other query.
    data_version: int

    objects = MembershipQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organisation", "user"], name="one_membership_per_person"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles held, from the prefetched rows where there are any."""
        return frozenset(Role(row.role) for row in self.role_rows.all())

    @property
    def role_labels(self) -> list[str]:
        """The roles in words, in the order of the table of roles."""
        return [role.label for role in Role if role in self.roles]

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """All that the roles together allow."""
        return permissions_of(self.roles)

    @property
    def invitation_mail(self) -> "InvitationMail | None":
        """The last mail that invited them, from the prefetched rows where there are any."""
        return max(self.invitation_mails.all(), key=lambda each: each.pk, default=None)

    def allow(self, permissions: AbstractSet[Permission]) -> None:
        """Allow more for the rest of this request, in the one thing that it is about."""
        self.permissions = self.permissions | permissions

    @property
    def is_assessor(self) -> bool:
        """Whether they are here by invitation, from outside the organisation."""
        return Role.ASSESSOR in self.roles

    def is_current(self, *, on: date) -> bool:
        """Whether it lasts on that day: not ended, and its last day is not over."""
        return self.ended_at is None and (self.until is None or on <= self.until)

    def may(self, permission: Permission) -> bool:
        """Whether this person has the right, for pages that show or hide a control."""
        return permission in self.permissions

    def check_may(self, permission: Permission) -> None:
        """Raise PermissionDenied without the right."""
        if not self.may(permission):
            raise PermissionDenied(f"You may not {permission.label}.")


class MembershipRole(TenantModel):
    """One role of one membership."""

    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="role_rows"
    )
    role = models.CharField(max_length=20, choices=Role)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["membership", "role"], name="a_role_is_held_once"
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="role_is_known"
            ),
        ]

    def __str__(self) -> str:
        return Role(self.role).label


def memberships_of(user: User, *, on: date | None = None) -> list[Membership]:
    """The person's memberships with organisation and roles, by name: one query.

    Those that last on the day ``on``, today if not said. A membership without a role is none.
    Each knows its organisation's data version.
    """
    on = on or local_day(timezone.now())
    version = data_version_of("accounts_membershiprole.organisation_id")
    # Days and names are looked at below: every request asks this, and a person has few
    # memberships, but each condition and order takes Django a while to put into words.
    rows = (
        MembershipRole.objects.filter(membership__user=user, membership__ended_at=None)
        .select_related("membership__organisation")
        .annotate(data_version=version)
    )
    roles: dict[int, set[Role]] = {}
    memberships: dict[int, Membership] = {}
    for row in rows:
        membership = memberships.setdefault(row.membership_id, row.membership)
        membership.data_version = int(row.data_version or 0)
        roles.setdefault(row.membership_id, set()).add(Role(row.role))
    for key, membership in memberships.items():
        membership.user = user
        membership.roles = frozenset(roles[key])
    current = [each for each in memberships.values() if each.is_current(on=on)]
    return sorted(current, key=lambda each: (each.organisation.name.lower(), each.pk))
