"""The places of one person, as every request asks for them."""

from datetime import date

from cse_tracker.accounts.models.membership import memberships_of
from cse_tracker.accounts.permissions import Role
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory

TODAY = date(2026, 11, 22)


def place_of(user, name, **more):
    organisation = OrganisationFactory(name=name)
    roles = (Role.MANAGER, Role.OFFICER)
    return MembershipFactory(user=user, organisation=organisation, roles=roles, **more)


def names(user):
    found = memberships_of(user, on=TODAY)
    return [membership.organisation.name for membership in found]


def test_organisations_come_by_name_whatever_their_letters(db):
    user = UserFactory()
    for name in ("Bramley", "ashby", "Calder"):
        place_of(user, name)

    assert names(user) == ["ashby", "Bramley", "Calder"]


def test_a_place_lasts_until_the_end_of_its_last_day(db):
    user = UserFactory()
    place_of(user, "Lasting", until=TODAY)
    place_of(user, "Over", until=date(2026, 11, 21))

    assert names(user) == ["Lasting"]


def test_all_places_and_their_roles_are_one_query(db, django_assert_num_queries):
    user = UserFactory()
    for name in ("Ashby", "Bramley", "Calder"):
        place_of(user, name)

    with django_assert_num_queries(1):
        found = memberships_of(user, on=TODAY)
        assert {each.roles for each in found} == {
            frozenset({Role.MANAGER, Role.OFFICER})
        }
        assert all(each.organisation.slug for each in found)
