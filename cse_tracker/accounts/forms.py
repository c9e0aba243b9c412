"""What people enter about members, organisations, services and themselves."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from cse_tracker.accounts.models import Membership, Organisation, Service
from cse_tracker.accounts.models.membership import MembershipQuerySet
from cse_tracker.accounts.permissions import ROLES_TO_GIVE, Role
from cse_tracker.accounts.services.members import NewMember
from cse_tracker.core.forms import GovukForm
from cse_tracker.core.forms.submission import SubmissionKeyMixin
from cse_tracker.core.sorting import order_of
from cse_tracker.core.working_days import Nation

ROLE_CHOICES = [(role.value, role.label) for role in ROLES_TO_GIVE]
AUTOCOMPLETE_NAME = {"autocomplete": "name"}


class OneLineField(forms.CharField):
    """Text without line breaks or runs of blanks, as names are."""

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())


class RoleBoxes(forms.CheckboxSelectMultiple):
    """A box for each role, which says what the role is for."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        option["hint"] = Role(option["value"]).describe()
        return option


class RolesField(forms.MultipleChoiceField):
    """At least one role."""

    widget = RoleBoxes

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=ROLE_CHOICES, **kwargs)

    def clean(self, value: Any) -> frozenset[Role]:
        return frozenset(Role(one) for one in super().clean(value))


class MemberForm(GovukForm):
    """What may be changed about a member: roles and service."""

    roles = RolesField(label="Roles", help_text="Select all that apply.")
    service = forms.ModelChoiceField(
        Service.objects.none(),
        label="Service",
        required=False,
        empty_label="No service",
        help_text="The department they work for. It shows beside their name.",
    )

    error_labels = {"roles": "At least one role"}

    def __init__(self, *args: Any, services: QuerySet[Service], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = services  # type: ignore[attr-defined]


class AddMemberForm(SubmissionKeyMixin, MemberForm):
    """A person to add, who may or may not have an account already."""

    full_name = OneLineField(label="Full name", max_length=150)
    email = forms.EmailField(label="Email address", max_length=254)

    field_order = ["full_name", "email", "roles", "service"]

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        current = Service.objects.of(organisation).current()
        super().__init__(*args, services=current, **kwargs)

    def person(self) -> NewMember:
        """What was entered, for the service that adds it."""
        entered = self.cleaned_data
        return NewMember(
            full_name=entered["full_name"],
            email=entered["email"],
            roles=entered["roles"],
            service=entered["service"],
        )


class EditMemberForm(MemberForm):
    """Other roles or another service for a member; a service since withdrawn may stay."""

    seen_roles = forms.CharField(required=False, widget=forms.HiddenInput)
    seen_service = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        own = Q(pk=membership.service_id or 0)
        services = Service.objects.of(membership.organisation)
        super().__init__(
            *args,
            services=services.filter(Q(withdrawn_at=None) | own),
            initial={
                "roles": [role.value for role in membership.roles],
                "service": membership.service_id,
                **self.seeing(membership),
            },
            **kwargs,
        )

    @staticmethod
    def seeing(membership: Membership) -> dict[str, str]:
        """The hidden fields of a person who sees the membership as it stands."""
        return {
            "seen_roles": ",".join(sorted(membership.roles)),
            "seen_service": str(membership.service_id or ""),
        }

    @property
    def seen(self) -> dict[str, Any]:
        """What the person saw, as ``change_member`` takes it; ask once the form is valid."""
        roles = self.cleaned_data["seen_roles"]
        return {
            "roles": roles.split(",") if roles else [],
            "service": self.cleaned_data["seen_service"],
        }


class InvitationForm(SubmissionKeyMixin, GovukForm):
    """The button that sends an invitation again."""


ORDERS = {
    "name": ["user__full_name", "pk"],
    "service": ["service__name", "user__full_name", "pk"],
    "since": ["joined_at", "pk"],
}


class MemberFilterForm(GovukForm):
    """Which members to list, and in which order. Anything it does not know is no filter."""

    name = forms.CharField(label="Name or email address", required=False)
    role = forms.ChoiceField(
        label="Role", required=False, choices=[("", "Any role"), *ROLE_CHOICES]
    )
    sort = forms.CharField(required=False, widget=forms.HiddenInput)
    mark_optional = False

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter_%s")

    def apply(self, members: MembershipQuerySet) -> MembershipQuerySet:
        """The members to show, in order."""
        found = members.matching(name=self._chosen("name"), role=self._chosen("role"))
        return found.order_by(*(order_of(self.order, ORDERS) or ORDERS["name"]))

    @property
    def order(self) -> str:
        """The order as it stands in the address, by name without one."""
        return self._chosen("sort") or "name"

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter leaves somebody out."""
        return bool(self._chosen("name") or self._chosen("role"))

    def _chosen(self, name: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")


class SeenName(GovukForm):
    """A form that renames, with the name that the person saw."""

    seen_name = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)


class OrganisationForm(SeenName):
    """The organisation's own name."""

    name = OneLineField(
        label="Name of the organisation",
        max_length=150,
        help_text="It stands on every page and on new papers. The web address stays the same.",
    )


class NationForm(GovukForm):
    """Whose bank holidays are kept."""

    nation = forms.TypedChoiceField(
        label="Bank holidays of",
        choices=[(nation.value, nation.label) for nation in Nation],
        coerce=Nation,
        widget=forms.RadioSelect,
        help_text="Nobody is reminded on a weekend or on these days, but before them.",
    )


class ServiceForm(SubmissionKeyMixin, GovukForm):
    """The name of a new service."""

    name = OneLineField(label="Name of the service", max_length=100)


class RenameServiceForm(SeenName):
    """Another name for a service."""

    name = OneLineField(label="Name of the service", max_length=100)


class ProfileForm(GovukForm):
    """What a person may change about themselves."""

    full_name = OneLineField(
        label="Full name",
        max_length=150,
        widget=forms.TextInput(attrs=AUTOCOMPLETE_NAME),
        help_text="Colleagues see it beside what you did.",
    )
