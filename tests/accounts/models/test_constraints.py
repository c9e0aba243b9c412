"""What the database itself refuses about people and organisations."""

import pytest
from django.db import IntegrityError, connection, transaction

from cse_tracker.accounts.models import Membership, MembershipRole, Service, User
from cse_tracker.accounts.permissions import Role
from tests.factories import MembershipFactory, OrganisationFactory, ServiceFactory


def refused(name):
    """The database must refuse, naming what it keeps to (SQLite names it less often)."""
    return pytest.raises(
        IntegrityError, match=name if connection.vendor == "postgresql" else None
    )


@pytest.fixture
def ashby(db):
    return OrganisationFactory(slug="ashby")


def test_one_address_is_one_person_whatever_its_capitals(db):
    first = User.objects.create_user("Lena@Ashby.example")
    assert first.email == "lena@ashby.example"

    with refused("email"), transaction.atomic():
        User.objects.create_user("LENA@ashby.example")
    with refused("email_is_lower_case"), transaction.atomic():
        User.objects.create(email="Mo@ashby.example")


def test_a_person_belongs_once_to_an_organisation(ashby):
    membership = MembershipFactory(organisation=ashby)

    with refused("one_membership_per_person"), transaction.atomic():
        Membership.objects.create(organisation=ashby, user=membership.user)


def test_a_role_is_held_once_and_must_exist(ashby):
    membership = MembershipFactory(organisation=ashby, roles=[Role.OFFICER])

    for role, name in [
        (Role.OFFICER, "a_role_is_held_once"),
        ("emperor", "role_is_known"),
    ]:
        with refused(name), transaction.atomic():
            MembershipRole.objects.create(
                organisation=ashby, membership=membership, role=role
            )


def test_current_services_of_one_organisation_have_different_names(ashby):
    ServiceFactory(organisation=ashby, name="Housing")
    ServiceFactory(name="Housing")
    ServiceFactory(organisation=ashby, name="Housing", withdrawn_at="2026-01-01T12:00Z")

    with refused("one_current_service_per_name"), transaction.atomic():
        Service.objects.create(organisation=ashby, name="HOUSING")


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_nothing_points_into_another_organisation():
    ashby, elsewhere = OrganisationFactory(), OrganisationFactory()
    foreign = ServiceFactory(organisation=elsewhere)
    membership = MembershipFactory(organisation=ashby)

    with refused("accounts_membership_service_id_tenant"):
        Membership.objects.filter(pk=membership.pk).update(service=foreign)
    with refused("accounts_membershiprole_membership_id_tenant"):
        MembershipRole.objects.create(
            organisation=elsewhere, membership=membership, role=Role.APPROVER
        )
