"""Every address, asked by everyone: a forgotten check fails the build."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cse_tracker.accounts.permissions import (
    ROLE_PERMISSIONS,
    ROLES_TO_GIVE,
    Permission,
    Role,
)
from tests.architecture.route_table import (
    EVERYBODY,
    INSIDE,
    OUTSIDE,
    PLATFORM,
    SIGNED_IN,
)
from tests.architecture.route_world import CLAUSE, SPLIT, World, make_world
from tests.architecture.source_files import fail_with
from tests.factories import UserFactory, member

INSIDE_PREFIX = "o/<slug:organisation>/"
REFUSED = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
# About the confirmed year: what a member of the governing body may know of.
OPEN_ONLY_REFS = {
    "assessments:sub_element_rename": CLAUSE,
    "assessments:statement_earlier": CLAUSE,
    "assessments:sub_element_drop": CLAUSE,
    "assessments:sub_element_track": CLAUSE,
    "assessments:sub_element_create": SPLIT,
}
CONFIRMED_NEEDED = {"assessments:unlock"}


@dataclass(frozen=True)
class Route:
    """An address by name, with the parameters it takes."""

    name: str
    parameters: tuple[str, ...]

    def url(self, world: World, *, confirmed: bool, **foreign: int | str) -> str:
        known = {**world.ids, "number": world.ids.get(self.name.partition(":")[0], 0)}
        if confirmed or self.name in CONFIRMED_NEEDED:
            known["assessment"] = world.confirmed
        known["ref"] = OPEN_ONLY_REFS.get(self.name, known["ref"])
        known["organisation"] = world.organisation.slug
        known |= foreign
        return reverse(
            self.name, kwargs={name: known[name] for name in self.parameters}
        )


def walk(
    resolver: URLResolver, prefix: str = "", namespace: str = ""
) -> Iterator[tuple[str, str, URLPattern]]:
    for pattern in resolver.url_patterns:
        path = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            yield (
                path,
                f"{namespace}:{pattern.name}" if namespace else str(pattern.name),
                pattern,
            )
        else:
            yield from walk(pattern, path, pattern.namespace or namespace)


def all_patterns() -> list[tuple[str, str, URLPattern]]:
    return list(walk(get_resolver()))


def inside_routes() -> list[Route]:
    return [
        Route(name, parameters_of(path))
        for path, name, pattern in all_patterns()
        if path.startswith(INSIDE_PREFIX)
    ]


def parameters_of(path: str) -> tuple[str, ...]:
    parts = [part for part in path.split("/") if part.startswith("<")]
    return tuple(part.strip("<>").rpartition(":")[2] for part in parts)


@pytest.fixture
def ashby(cast, standard) -> World:
    return make_world(cast.ashby, cast.lena)


def statuses(client: Client, url: str) -> dict[str, int]:
    """The answers to GET and POST; what either wrote is taken back."""
    client.raise_request_exception = False
    answers = {}
    for method in ("get", "post"):
        with transaction.atomic():
            answer = getattr(client, method)(url)
            if answer.streaming:
                # Read to its end, or a download keeps its file open. Closing it instead would
                # also close PostgreSQL's connection, here inside a transaction.
                answer.getvalue()
            answers[method] = answer.status_code
            transaction.set_rollback(True)
    return answers


def test_every_address_inside_an_organisation_is_stated():
    found = {name for path, name, _ in all_patterns() if path.startswith(INSIDE_PREFIX)}

    assert found == set(INSIDE)


def test_every_address_outside_is_stated():
    found = {
        "admin:*" if name.startswith("admin:") else name
        for path, name, _ in all_patterns()
        if not path.startswith(INSIDE_PREFIX)
        and not path.startswith("platform/^(?P<url>")
    }

    assert {name for name in found if not path_is_catch_all(name)} == set(OUTSIDE)


def path_is_catch_all(name: str) -> bool:
    """Django's admin answers any address below it, so as not to tell which exist."""
    return name == "None"


def test_every_view_inside_asks_for_the_stated_permission():
    wrong = [
        f"{name} asks for {getattr(pattern.callback, 'permission', None)}"
        for path, name, pattern in all_patterns()
        if path.startswith(INSIDE_PREFIX)
        and getattr(pattern.callback, "permission", None)
        is not next(asked for asked in INSIDE[name] if asked)
    ]

    fail_with(wrong, remedy="Use the decorator of access.py, or state what is asked:")


def expected(permission: Permission | None, role: Role) -> str:
    if permission is None:
        return "405"
    return "allowed" if permission in ROLE_PERMISSIONS[role] else "403"


def verdict(status: int) -> str:
    if status in {HTTPStatus.FORBIDDEN, HTTPStatus.METHOD_NOT_ALLOWED}:
        return str(status)
    answered = status < HTTPStatus.INTERNAL_SERVER_ERROR and status not in REFUSED
    return "allowed" if answered else str(status)


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES_TO_GIVE)
def test_each_role_gets_what_it_may_and_nothing_else(role, ashby, signed_in):
    client = signed_in(member(ashby.organisation, role))
    reads_issued_only = Permission.READ not in ROLE_PERMISSIONS[role]
    wrong = []
    for route in inside_routes():
        url = route.url(ashby, confirmed=reads_issued_only)
        asked = dict(zip(("get", "post"), INSIDE[route.name], strict=True))
        for method, status in statuses(client, url).items():
            if verdict(status) != expected(asked[method], role):
                want = expected(asked[method], role)
                wrong.append(f"{method} {route.name}: {status}, should be {want}")
    fail_with(wrong, remedy=f"A {role.label.lower()} got other answers than stated:")


@pytest.mark.slow
@pytest.mark.parametrize("stranger", ["of another organisation", "removed", "of none"])
def test_a_stranger_cannot_tell_that_anything_exists(stranger, ashby, cast, signed_in):
    person = make_stranger(stranger, ashby, cast)
    client = signed_in(person)
    wrong = [
        f"{method} {route.name}: {status}"
        for route in inside_routes()
        for method, status in statuses(client, route.url(ashby, confirmed=True)).items()
        if status not in {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}
    ]
    fail_with(wrong, remedy=f"Somebody {stranger} was not told 404:")


def make_stranger(kind, ashby, cast):
    if kind == "of another organisation":
        return member(cast.elsewhere, *Role)
    person = (
        member(ashby.organisation, *Role) if kind == "removed" else UserFactory.create()
    )
    person.memberships.update(ended_at="2026-01-01T00:00:00Z")
    return person


@pytest.mark.slow
def test_nobody_is_asked_to_sign_in(ashby, client):
    wrong = [
        f"{method} {route.name}: {status}"
        for route in inside_routes()
        for method, status in statuses(client, route.url(ashby, confirmed=True)).items()
        if status not in {HTTPStatus.FOUND, HTTPStatus.METHOD_NOT_ALLOWED}
    ]
    fail_with(wrong, remedy="Somebody who is not signed in was not sent to sign in:")


FOREIGN_KEYS = [
    "membership_id",
    "service_id",
    "pk",
    "certificate",
    "status",
    "finding",
    "response",
    "link",
    "item",
    "report",
    "access",
]


@pytest.mark.slow
def test_another_organisations_things_are_not_found_below_ones_own_address(
    ashby, cast, signed_in
):
    elsewhere = make_world(cast.elsewhere, cast.sam)
    client = signed_in(member(ashby.organisation, *Role))
    wrong = []
    for route in inside_routes():
        for key in set(FOREIGN_KEYS) & set(route.parameters):
            url = route.url(ashby, confirmed=False, **{key: elsewhere.ids[key]})
            wrong += [
                f"{method} {route.name}: {status}"
                for method, status in statuses(client, url).items()
                if status not in {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}
            ]
    fail_with(wrong, remedy="A key of another organisation was taken:")


# The token in the address is the permission; a wrong one leads nowhere.
BY_TOKEN = {"unsubscribe", "calendar_feed"}


def outside_routes() -> list[str]:
    keyed = {"account_reset_password_from_key", "admin:*"}
    return [name for name in OUTSIDE if name not in keyed]


@pytest.mark.parametrize("name", outside_routes())
def test_an_address_outside_asks_for_signing_in_only_where_stated(name, client, db):
    answer = client.get(reverse(name, args=["wrong"] if name in BY_TOKEN else []))

    is_sent_away = (
        answer.status_code == HTTPStatus.FOUND
        and reverse("account_login") in answer.url
    )
    assert is_sent_away is (OUTSIDE[name] == SIGNED_IN)
    assert OUTSIDE[name] in {EVERYBODY, SIGNED_IN}
    assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR


@pytest.mark.parametrize("address", ["admin:index", "admin:accounts_user_changelist"])
def test_the_platform_site_is_for_its_administrator_alone(address, cast, signed_in):
    assert OUTSIDE["admin:*"] == PLATFORM
    administrator = UserFactory.create(is_staff=True, is_superuser=True)

    assert signed_in(administrator).get(reverse(address)).status_code == HTTPStatus.OK
    assert signed_in(cast.ada).get(reverse(address)).status_code != HTTPStatus.OK
