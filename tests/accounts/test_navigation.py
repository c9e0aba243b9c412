"""The way around: what a person sees of it, and where they are."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from cse_tracker.accounts.access import enter_organisation
from cse_tracker.accounts.context import navigation
from cse_tracker.accounts.permissions import Role
from tests.factories import MembershipFactory

ALL_PLACES = [
    "Year at a glance",
    "Assessments",
    "Actions",
    "Evidence",
    "Papers",
    "Progression",
]


def nav(user, path="/o/ashby/"):
    request = RequestFactory().get(path)
    request.user = user
    enter_organisation(request, "ashby")
    return navigation(request)["nav"]


def texts(links):
    return [link.text for link in links]


@pytest.mark.parametrize(
    ("person", "places", "administration"),
    [
        (
            "lena",
            ALL_PLACES,
            ["Notifications", "Standard", "Certificate", "Change log", "Settings"],
        ),
        ("mo", ALL_PLACES, ["Notifications", "Standard", "Certificate", "Change log"]),
        (
            "ada",
            ALL_PLACES,
            [
                "Notifications",
                "Standard",
                "Certificate",
                "Members",
                "Change log",
                "Settings",
            ],
        ),
        (
            "cass",
            ALL_PLACES,
            ["Notifications", "Standard", "Certificate", "Change log"],
        ),
        (
            "vik",
            ["Year at a glance", "Assessments", "Papers", "Progression"],
            ["Standard", "Certificate"],
        ),
    ],
)
def test_a_person_sees_the_places_they_may_open(cast, person, places, administration):
    shown = nav(getattr(cast, person))

    assert texts(shown["places"]) == places
    assert texts(shown["administration"]) == administration


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/o/ashby/", ["Year at a glance"]),
        ("/o/ashby/actions/14/", ["Actions"]),
        ("/o/ashby/import/", ["Assessments"]),
        ("/o/ashby/members/add/", ["Members"]),
        ("/o/ashby/settings/services/add/", ["Settings"]),
        ("/o/ashby/elsewhere/", []),
    ],
)
def test_the_place_where_one_is_is_marked(cast, path, current):
    shown = nav(cast.ada, path)

    links = [*shown["places"], *shown["administration"]]
    assert [link.text for link in links if link.is_current] == current


def test_a_person_in_two_organisations_can_switch(cast):
    MembershipFactory(organisation=cast.elsewhere, user=cast.lena, roles=[Role.MANAGER])

    links = nav(cast.lena)["organisations"]

    assert [(link.text, link.href) for link in links] == [
        ("Ashby Borough Council", "/o/ashby/"),
        ("Elsewhere District Council", "/o/elsewhere/"),
    ]


def test_the_switcher_stands_on_the_page_for_them_alone(cast, signed_in):
    MembershipFactory(organisation=cast.elsewhere, user=cast.ada, roles=[Role.MANAGER])

    page = signed_in(cast.ada).get("/o/ashby/members/").content.decode()

    assert "Switch organisation" in page
    assert 'href="/o/elsewhere/"' in page
    page = signed_in(cast.lena).get("/o/ashby/settings/").content.decode()
    assert "Switch organisation" not in page


def test_outside_an_organisation_there_is_nothing_to_show():
    request = RequestFactory().get("/account/login/")
    request.user = AnonymousUser()

    assert navigation(request)["nav"]["places"] == []
