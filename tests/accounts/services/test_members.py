"""Joining, changing and leaving an organisation."""

from datetime import datetime
from functools import partial
from threading import Thread

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from cse_tracker.accounts.models import Event, Membership, User
from cse_tracker.accounts.models.membership import memberships_of
from cse_tracker.accounts.permissions import Role
from cse_tracker.accounts.services.members import (
    NewMember,
    add_member,
    change_member,
    end_membership,
)
from cse_tracker.accounts.services.people import close_account
from cse_tracker.core.errors import RuleBroken
from tests.factories import (
    PASSWORD,
    MembershipFactory,
    OrganisationFactory,
    ServiceFactory,
    member,
)

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=timezone.get_default_timezone())
LATER = datetime(2026, 6, 1, 9, 0, tzinfo=timezone.get_default_timezone())


def pat(**changes):
    values = {
        "full_name": "Pat Lane",
        "email": "pat@ashby.example",
        "roles": frozenset({Role.MANAGER}),
    }
    return NewMember(**(values | changes))


def add(cast, **changes):
    return add_member(
        organisation=cast.ashby, person=pat(**changes), now=NOW, by=cast.ada
    )


def membership(user):
    return Membership.objects.get(user=user)


def change(cast, user, *roles, service=None):
    return change_member(
        membership=membership(user),
        roles=frozenset(roles),
        service=service,
        by=cast.ada,
    )


def end(cast, user, *, now=NOW):
    return end_membership(membership=membership(user), now=now, by=cast.ada)


def roles_at_ashby(user):
    return [set(one.roles) for one in memberships_of(user)]


def test_a_new_person_gets_an_account_without_a_password(cast):
    add(cast, email=" Pat@Ashby.Example ")

    user = User.objects.get(email="pat@ashby.example")
    assert user.full_name == "Pat Lane"
    assert not user.has_usable_password()
    assert roles_at_ashby(user) == [{Role.MANAGER}]


def test_a_person_with_an_account_keeps_its_name_and_password(cast):
    add(cast, email=cast.sam.email, full_name="Samuel R")

    cast.sam.refresh_from_db()
    assert (cast.sam.full_name, cast.sam.check_password(PASSWORD)) == ("Sam Reed", True)
    assert len(memberships_of(cast.sam)) == 2


def test_adding_a_member_twice_says_so(cast):
    with pytest.raises(RuleBroken, match="Lena Hart is already a member"):
        add(cast, email=cast.lena.email)


def test_a_closed_account_is_not_added(cast):
    close_account(user=cast.sam, by=None)

    with pytest.raises(RuleBroken, match="is closed"):
        add(cast, email=cast.sam.email)


def test_a_former_member_comes_back_with_the_new_roles_only(cast):
    end(cast, cast.lena)

    back = add_member(
        organisation=cast.ashby,
        person=pat(email=cast.lena.email, roles=frozenset({Role.APPROVER})),
        now=LATER,
        by=cast.ada,
    )

    assert roles_at_ashby(cast.lena) == [{Role.APPROVER}]
    assert (back.ended_at, back.joined_at) == (None, LATER)
    assert Membership.objects.filter(user=cast.lena).count() == 1


def test_adding_is_in_the_change_log(cast):
    added = add(cast, roles=frozenset({Role.OFFICER, Role.APPROVER}))

    event = Event.objects.about(added).get()
    assert (event.verb, event.by, event.organisation) == ("added", cast.ada, cast.ashby)
    assert event.target_label == "Pat Lane"
    assert event.changes["roles"] == [None, ["approver", "officer"]]


def test_changing_roles_writes_who_did_it_and_from_what_to_what(cast):
    housing = ServiceFactory(organisation=cast.ashby, name="Housing")

    change(cast, cast.mo, Role.MANAGER, Role.APPROVER, service=housing)

    event = Event.objects.about(membership(cast.mo)).get()
    assert roles_at_ashby(cast.mo) == [{Role.MANAGER, Role.APPROVER}]
    assert event.changes == {
        "roles": [["manager"], ["approver", "manager"]],
        "service": [None, housing.pk],
    }


def test_saving_without_a_change_leaves_no_trace(cast):
    change(cast, cast.mo, Role.MANAGER)

    assert not Event.objects.about(membership(cast.mo)).exists()


def test_leaving_keeps_the_row_and_ends_the_rights(cast):
    end(cast, cast.mo)

    assert membership(cast.mo).ended_at == NOW
    assert memberships_of(cast.mo) == []
    assert Event.objects.about(membership(cast.mo)).get().verb == "removed"


def test_a_person_who_left_can_be_neither_changed_nor_removed_again(cast):
    end(cast, cast.mo)

    with pytest.raises(RuleBroken, match="no longer a member"):
        change(cast, cast.mo, Role.OFFICER)
    with pytest.raises(RuleBroken, match="no longer a member"):
        end(cast, cast.mo)


@pytest.mark.parametrize(
    "leave",
    [
        lambda cast: end(cast, cast.ada),
        lambda cast: change(cast, cast.ada, Role.OFFICER),
        lambda cast: close_account(user=cast.ada, by=None),
    ],
    ids=["removed", "role taken", "account closed"],
)
def test_the_last_administrator_stays(cast, leave):
    with pytest.raises(RuleBroken, match="Ada Brook is the only administrator"):
        leave(cast)

    cast.ada.refresh_from_db()
    assert cast.ada.is_active
    assert roles_at_ashby(cast.ada) == [{Role.ADMINISTRATOR}]


@pytest.mark.parametrize("gone", ["left", "closed", "elsewhere"])
def test_an_administrator_who_is_not_there_does_not_count(cast, gone):
    organisation = OrganisationFactory() if gone == "elsewhere" else cast.ashby
    other = member(organisation, Role.ADMINISTRATOR)
    if gone == "left":
        end(cast, other)
    if gone == "closed":
        close_account(user=other, by=None)

    with pytest.raises(RuleBroken, match="only administrator"):
        end(cast, cast.ada)


def test_an_administrator_can_go_when_another_stays(cast):
    member(cast.ashby, Role.ADMINISTRATOR)

    end(cast, cast.ada)

    assert memberships_of(cast.ada) == []


def test_a_member_who_is_no_administrator_can_go(cast):
    change(cast, cast.mo, Role.OFFICER)

    end(cast, cast.mo)

    assert memberships_of(cast.mo) == []


def meanwhile(first, second):
    """What ``second`` returned or which rule it broke, begun before ``first`` was committed."""
    outcome = []

    def run():
        try:
            outcome.append(second())
        except RuleBroken as broken:
            outcome.append(broken)
        finally:
            connection.close()

    thread = Thread(target=run)
    with transaction.atomic():
        first()
        thread.start()
        # Long enough to get through, were there nothing to wait for.
        thread.join(timeout=0.5)
    thread.join(timeout=20)
    return outcome[0]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_remove_each_other_at_once_leave_one():
    ashby = OrganisationFactory()
    one, other = (
        MembershipFactory(organisation=ashby, roles=[Role.ADMINISTRATOR])
        for _ in range(2)
    )

    outcome = meanwhile(
        lambda: end_membership(membership=one, now=NOW, by=None),
        lambda: end_membership(membership=other, now=NOW, by=None),
    )

    assert isinstance(outcome, RuleBroken)
    assert list(Membership.objects.current()) == [other]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_organisations_that_add_the_same_new_person_at_once_share_the_account():
    adding = [
        partial(
            add_member,
            organisation=OrganisationFactory(),
            person=pat(),
            now=NOW,
            by=None,
        )
        for _ in range(2)
    ]

    meanwhile(*adding)

    assert User.objects.filter(email="pat@ashby.example").count() == 1
    assert Membership.objects.count() == 2


def test_since_when_is_the_day_of_joining(cast):
    with time_machine.travel(NOW, tick=False):
        assert add(cast).joined_at == NOW
