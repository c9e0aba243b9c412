"""Every address, asked by assessors: they get what they are invited to and nothing else."""

import html
import re
from datetime import date
from http import HTTPStatus

import pytest
import time_machine
from django.urls import resolve

from assessments.models import Assessment
from cse_tracker.accounts.permissions import (
    INVITED_TO_RATE,
    INVITED_TO_READ,
    ROLE_PERMISSIONS,
    Role,
)
from tests.architecture.route_table import FOR_ASSESSORS, INSIDE
from tests.architecture.route_world import World, make_world
from tests.architecture.source_files import fail_with
from tests.architecture.test_routes import (
    CONFIRMED_NEEDED,
    Route,
    inside_routes,
    statuses,
    verdict,
)
from tests.factories import invited_assessor

OF_ROLE = ROLE_PERMISSIONS[Role.ASSESSOR]
METHODS = ("get", "post")
# Found by what they support, not by an assessment in their address.
BY_EVIDENCE = {"evidence:item", "evidence:download"}


@pytest.fixture
def ashby(cast, standard) -> World:
    return make_world(cast.ashby, cast.lena)


def assessment_of(world: World, slug: int | str) -> Assessment:
    return Assessment.objects.of(world.organisation).get(slug=slug)


def is_about_an_assessment(route: Route) -> bool:
    return "assessment" in route.parameters or route.name in BY_EVIDENCE


def test_what_an_invitation_allows_is_stated_for_each_address():
    open_by_right = {
        name
        for name, asked in INSIDE.items()
        if next(each for each in asked if each) in OF_ROLE | INVITED_TO_RATE
    }

    assert open_by_right == FOR_ASSESSORS


def allowed(route: Route, method: str, *, may_rate: bool) -> str:
    """What somebody invited to the open assessment gets."""
    permission = dict(zip(METHODS, INSIDE[route.name], strict=True))[method]
    invited = INVITED_TO_RATE if may_rate else INVITED_TO_READ
    if permission is None:
        return "405"
    if route.name in CONFIRMED_NEEDED:
        return "404"
    is_open = route.name in FOR_ASSESSORS and permission in OF_ROLE | invited
    return "allowed" if is_open else "403"


@pytest.mark.slow
@pytest.mark.parametrize("may_rate", [True, False], ids=["rates", "reads"])
def test_an_assessor_gets_their_assessment_and_nothing_else(ashby, signed_in, may_rate):
    assessment = assessment_of(ashby, ashby.ids["assessment"])
    client = signed_in(invited_assessor(assessment, may_rate=may_rate).user)
    wrong = []
    for route in inside_routes():
        answers = statuses(client, route.url(ashby, confirmed=False))
        for method, status in answers.items():
            want = allowed(route, method, may_rate=may_rate)
            if verdict(status) != want:
                wrong.append(f"{method} {route.name}: {status}, should be {want}")
    fail_with(wrong, remedy="An assessor got other answers than stated:")


@pytest.mark.slow
def test_another_assessment_of_the_organisation_does_not_exist_for_an_assessor(
    ashby, signed_in
):
    client = signed_in(invited_assessor(assessment_of(ashby, ashby.confirmed)).user)
    routes = [
        each
        for each in inside_routes()
        if is_about_an_assessment(each) and each.name not in CONFIRMED_NEEDED
    ]
    not_found = {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}
    wrong = [
        f"{method} {route.name}: {status}"
        for route in routes
        for method, status in statuses(
            client, route.url(ashby, confirmed=False)
        ).items()
        if status not in not_found
    ]

    fail_with(wrong, remedy="An assessor could tell that another assessment exists:")


@pytest.mark.slow
def test_an_invitation_whose_last_day_is_over_leaves_a_stranger(ashby, signed_in):
    assessment = assessment_of(ashby, ashby.ids["assessment"])
    with time_machine.travel("2026-06-30 12:00Z"):
        invited = invited_assessor(assessment, until=date(2026, 6, 30))
    with time_machine.travel("2026-07-01 12:00Z"):
        client = signed_in(invited.user)
        wrong = [
            f"{method} {route.name}: {status}"
            for route in inside_routes()
            for method, status in statuses(
                client, route.url(ashby, confirmed=False)
            ).items()
            if status not in {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}
        ]

    fail_with(wrong, remedy="After the invitation these were not 404:")


@pytest.mark.slow
@pytest.mark.parametrize("may_rate", [True, False], ids=["rates", "reads"])
def test_no_link_leads_an_assessor_to_a_closed_door(ashby, signed_in, may_rate):
    assessment = assessment_of(ashby, ashby.ids["assessment"])
    client = signed_in(invited_assessor(assessment, may_rate=may_rate).user)
    waiting, seen, closed = [ashby.organisation.get_absolute_url()], set(), []
    while waiting:
        url = waiting.pop()
        answer = client.get(url, follow=True)
        if answer.status_code != HTTPStatus.OK:
            closed.append(f"{url}: {answer.status_code}")
        found = set() if answer.streaming else links_inside(answer, ashby)
        answer.getvalue()
        waiting += one_of_each_kind(found - seen, seen)
        seen |= found

    assert len(seen) > len(FOR_ASSESSORS) / 2
    fail_with(closed, remedy="Pages of an assessor lead where they may not go:")


def links_inside(page, world: World) -> set[str]:
    inside = f"/o/{world.organisation.slug}/"
    found = re.findall(r'href="([^"#]+)', page.content.decode())
    return {html.unescape(each) for each in found if each.startswith(inside)}


def one_of_each_kind(links: set[str], seen: set[str]) -> list[str]:
    """Of the 57 elements and their like, the first: one page stands for all."""
    kinds = {resolve(each.partition("?")[0]).view_name for each in seen}
    picked = {}
    for link in sorted(links):
        kind = resolve(link.partition("?")[0]).view_name
        if kind not in kinds:
            picked.setdefault(kind, link)
    return list(picked.values())
