"""Who may do what, written out: the product's one table against this one."""

import pytest

from cse_tracker.accounts.permissions import (
    INVITED_TO_RATE,
    INVITED_TO_READ,
    ROLE_PERMISSIONS,
    Permission,
    Role,
    answers_for_a_service,
    permissions_of,
)

COLUMNS = [
    Role.GOVERNING_BODY,
    Role.MANAGER,
    Role.OFFICER,
    Role.APPROVER,
    Role.ADMINISTRATOR,
    Role.ASSESSOR,
]
MATRIX = """
                 governing  manager  officer  approver  administrator  assessor
enter               yes       yes      yes      yes         yes          yes
read_issued         yes       yes      yes      yes         yes           -
read_ratings        yes       yes      yes      yes         yes           -
read_findings        -        yes      yes      yes         yes           -
read                 -        yes      yes      yes         yes           -
rate                 -         -       yes       -           -            -
prepare              -         -       yes       -           -            -
import               -         -       yes       -           -            -
respond              -        yes      yes       -           -            -
update_action        -        yes      yes       -           -            -
finish_action        -        yes      yes      yes          -            -
discuss_action       -        yes      yes      yes         yes           -
add_evidence         -        yes      yes       -           -            -
build_paper          -         -       yes       -           -            -
accept_flag          -         -       yes      yes          -            -
approve              -         -        -       yes          -            -
set_up               -         -       yes       -          yes           -
manage_members       -         -        -        -          yes           -
"""
ROWS = {
    name: [cell == "yes" for cell in cells]
    for name, *cells in (line.split() for line in MATRIX.strip().splitlines()[1:])
}
CELLS = [
    pytest.param(Permission(name), role, allowed, id=f"{role}-{name}")
    for name, cells in ROWS.items()
    for role, allowed in zip(COLUMNS, cells, strict=True)
]


@pytest.mark.parametrize(("permission", "role", "allowed"), CELLS)
def test_a_role_allows_what_the_matrix_says(permission, role, allowed):
    assert (permission in ROLE_PERMISSIONS[role]) is allowed


def test_the_matrix_leaves_nothing_out():
    assert set(ROWS) == set(Permission.values)
    assert set(COLUMNS) == set(Role) == set(ROLE_PERMISSIONS)


def test_roles_add_up():
    both = permissions_of(frozenset({Role.ASSESSOR, Role.APPROVER}))

    assert both == permissions_of(frozenset({Role.APPROVER}))
    assert {Permission.ENTER, Permission.READ, Permission.APPROVE} <= both


def test_an_invitation_adds_reading_and_rating_and_no_more():
    assert {each.value for each in INVITED_TO_RATE} == {
        "read_ratings",
        "read_findings",
        "rate",
    }
    assert {Permission.RATE} == INVITED_TO_RATE - INVITED_TO_READ


@pytest.mark.parametrize("role", Role)
def test_managers_alone_are_told_what_a_whole_service_owes(role):
    assert answers_for_a_service(frozenset({role})) is (role is Role.MANAGER)


def test_no_role_allows_nothing():
    assert permissions_of(frozenset()) == frozenset()


@pytest.mark.parametrize("role", Role)
def test_each_role_says_what_it_is_for(role):
    assert role.describe()
