"""Objects for tests. States that a service makes are made through the service, not here."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory

from cse_tracker.accounts.models import (
    Membership,
    MembershipRole,
    Organisation,
    Service,
    User,
)
from cse_tracker.accounts.permissions import Role

PASSWORD = "a long enough secret"


class UserFactory(DjangoModelFactory[User]):
    """Somebody who can sign in with PASSWORD."""

    class Meta:
        model = User

    full_name = Sequence(lambda number: f"Person {number}")
    email = Sequence(lambda number: f"person{number}@example.org")
    password = PASSWORD

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **fields: Any) -> User:
        return model_class.objects.create_user(*args, **fields)


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    name = Sequence(lambda number: f"Council {number}")
    slug = Sequence(lambda number: f"council-{number}")


class ServiceFactory(DjangoModelFactory[Service]):
    class Meta:
        model = Service

    organisation = SubFactory(OrganisationFactory)
    name = Sequence(lambda number: f"Service {number}")


class MembershipFactory(DjangoModelFactory[Membership]):
    """``MembershipFactory(roles=[Role.OFFICER, Role.APPROVER])``; an officer if not said."""

    class Meta:
        model = Membership

    organisation = SubFactory(OrganisationFactory)
    user = SubFactory(UserFactory)
    roles = (Role.OFFICER,)

    @classmethod
    def _create(
        cls,
        model_class: type[Membership],
        *args: Any,
        roles: Iterable[Role],
        **fields: Any,
    ) -> Membership:
        membership = model_class.objects.create(**fields)
        for role in roles:
            MembershipRole.objects.create(
                organisation=membership.organisation, membership=membership, role=role
            )
        return membership


def member(organisation: Organisation, *roles: Role, **person: Any) -> User:
    """A new person who holds these roles in the organisation."""
    user: User = UserFactory.create(**person)
    MembershipFactory.create(organisation=organisation, user=user, roles=roles)
    return user


@dataclass(frozen=True)
class Cast:
    """The people of the tests, each named for what they may do."""

    ashby: Organisation
    elsewhere: Organisation
    lena: User
    mo: User
    vik: User
    ada: User
    cass: User
    sam: User


def make_cast() -> Cast:
    """Lena is Ashby's officer, Mo a manager, Vik on the governing body, Ada the
    administrator, Cass the approver; Sam is an officer somewhere else.
    """
    ashby = OrganisationFactory.create(name="Ashby Borough Council", slug="ashby")
    elsewhere = OrganisationFactory.create(
        name="Elsewhere District Council", slug="elsewhere"
    )
    return Cast(
        ashby=ashby,
        elsewhere=elsewhere,
        lena=_named(ashby, "Lena Hart", Role.OFFICER),
        mo=_named(ashby, "Mo Quill", Role.MANAGER),
        vik=_named(ashby, "Vik Stone", Role.GOVERNING_BODY),
        ada=_named(ashby, "Ada Brook", Role.ADMINISTRATOR),
        cass=_named(ashby, "Cass Field", Role.APPROVER),
        sam=_named(elsewhere, "Sam Reed", Role.OFFICER),
    )


def _named(organisation: Organisation, full_name: str, role: Role) -> User:
    first_name = full_name.split()[0].lower()
    email = f"{first_name}@{organisation.slug}.example"
    return member(organisation, role, full_name=full_name, email=email)
