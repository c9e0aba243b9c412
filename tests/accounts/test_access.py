"""The door of every page inside an organisation."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from cse_tracker.accounts.access import organisation_view
from cse_tracker.accounts.models import Membership
from cse_tracker.accounts.permissions import Permission, Role
from tests.factories import MembershipFactory, UserFactory
from tests.pages import text_of

MEMBERS = "/o/ashby/members/"


@organisation_view(Permission.RATE)
def rating_page(request, number):
    return HttpResponse(f"{request.membership} {request.organisation} {number}")


def get_page(user, slug="ashby"):
    request = RequestFactory().get("/")
    request.user = user
    return rating_page(request, organisation=slug, number=3)


def test_the_page_is_given_the_organisation_and_the_membership(cast):
    assert get_page(cast.lena).content == b"Lena Hart Ashby Borough Council 3"


def test_the_page_carries_its_permission_for_the_sweep_over_all_routes():
    assert rating_page.permission == Permission.RATE


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("ada", 200),
        ("lena", 403),
        ("mo", 403),
        ("vik", 403),
        ("cass", 403),
        ("sam", 404),
    ],
)
def test_a_colleague_without_the_right_is_refused_and_a_stranger_finds_nothing(
    cast, signed_in, person, status
):
    assert signed_in(getattr(cast, person)).get(MEMBERS).status_code == status


def test_a_stranger_can_not_tell_a_foreign_organisation_from_none(cast, signed_in):
    as_sam = signed_in(cast.sam)

    foreign, none = (as_sam.get(f"/o/{slug}/members/") for slug in ("ashby", "xxxxx"))

    assert foreign.status_code == none.status_code == 404
    assert text_of(foreign) == text_of(none)


def test_nobody_gets_in_without_signing_in(cast, client):
    assert client.get(MEMBERS).url == f"/account/login/?next={MEMBERS}"


def test_a_platform_administrator_is_no_member(cast, signed_in):
    platform = UserFactory(is_superuser=True, is_staff=True)

    assert signed_in(platform).get(MEMBERS).status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(ended_at="2026-01-01T12:00Z"),
        lambda rows: rows.get().role_rows.all().delete(),
    ],
    ids=["ended", "without roles"],
)
def test_the_way_in_closes_at_once(cast, signed_in, change):
    as_ada = signed_in(cast.ada)
    assert as_ada.get(MEMBERS).status_code == 200

    change(Membership.objects.filter(user=cast.ada))

    assert as_ada.get(MEMBERS).status_code == 404


def test_a_right_in_one_organisation_is_none_in_another(cast, signed_in):
    MembershipFactory(
        organisation=cast.elsewhere, user=cast.ada, roles=[Role.GOVERNING_BODY]
    )

    assert signed_in(cast.ada).get("/o/elsewhere/members/").status_code == 403
