"""Organisations and their services (departments)."""

from datetime import datetime

import pytest
from django.utils import timezone

from cse_tracker.accounts.models import Event, Organisation, Service
from cse_tracker.accounts.services.organisations import (
    add_service,
    create_organisation,
    rename_organisation,
    rename_service,
    withdraw_service,
)
from cse_tracker.core.errors import RuleBroken
from tests.factories import OrganisationFactory, ServiceFactory

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=timezone.get_default_timezone())

pytestmark = pytest.mark.django_db


@pytest.fixture
def ashby():
    return OrganisationFactory(name="Ashby Borough Council", slug="ashby")


@pytest.fixture
def housing(ashby):
    return ServiceFactory(organisation=ashby, name="Housing")


@pytest.mark.parametrize(
    ("name", "slugs"),
    [
        ("Ashby Borough Council", ["ashby-borough-council", "ashby-borough-council-2"]),
        ("Cyngor Môn", ["cyngor-mon", "cyngor-mon-2"]),
        ("市議会", ["organisation", "organisation-2"]),
    ],
)
def test_two_organisations_of_one_name_have_two_addresses(name, slugs):
    made = [create_organisation(name=name, by=None) for _ in range(2)]

    assert [one.slug for one in made] == slugs


def test_a_long_name_still_has_an_address():
    organisation = create_organisation(name="Long name " * 15, by=None)

    assert len(organisation.slug) <= 60


def test_a_chosen_address_is_used_and_the_making_is_logged():
    organisation = create_organisation(name="Ashby", slug="ash", by=None)

    assert organisation.get_absolute_url() == "/o/ash/"
    assert Event.objects.about(organisation).get().changes == {"name": [None, "Ashby"]}


def test_a_renamed_organisation_keeps_its_address(ashby):
    rename_organisation(organisation=ashby, name="Ashby City Council", by=None)

    ashby.refresh_from_db()
    assert (ashby.name, ashby.slug) == ("Ashby City Council", "ashby")
    assert Event.objects.about(ashby).get().changes == {
        "name": ["Ashby Borough Council", "Ashby City Council"]
    }


def test_the_same_name_again_is_no_change(ashby):
    rename_organisation(organisation=ashby, name=ashby.name, by=None)

    assert not Event.objects.exists()


def test_a_second_current_service_of_a_name_is_refused(ashby, housing):
    with pytest.raises(RuleBroken, match="already a service called Housing"):
        add_service(organisation=ashby, name="HOUSING", by=None)


def test_a_withdrawn_service_comes_back_under_its_name(ashby, housing):
    withdraw_service(service=housing, now=NOW, by=None)
    assert not Service.objects.current().exists()

    back = add_service(organisation=ashby, name="housing", by=None)

    assert (back, back.name, back.withdrawn_at) == (housing, "housing", None)
    verbs = Event.objects.about(housing).values_list("verb", flat=True)
    assert list(verbs) == ["added", "withdrew"]


def test_withdrawing_twice_is_logged_once(housing):
    for _ in range(2):
        withdraw_service(service=housing, now=NOW, by=None)

    assert Event.objects.about(housing).count() == 1


def test_a_service_can_be_renamed_also_only_in_its_capitals(housing):
    rename_service(service=housing, name="HOUSING", by=None)

    housing.refresh_from_db()
    assert housing.name == "HOUSING"
    assert Event.objects.about(housing).get().changes == {
        "name": ["Housing", "HOUSING"]
    }


def test_a_service_cannot_take_the_name_of_another(ashby, housing):
    planning = ServiceFactory(organisation=ashby, name="Planning")

    with pytest.raises(RuleBroken, match="already a service called Housing"):
        rename_service(service=planning, name="Housing", by=None)

    planning.refresh_from_db()
    assert planning.name == "Planning"


def test_another_organisation_may_use_the_name_too(housing):
    other = OrganisationFactory()

    add_service(organisation=other, name="Housing", by=None)

    assert Service.objects.filter(name="Housing").count() == 2
    assert Organisation.objects.count() == 2
