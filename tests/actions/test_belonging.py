"""An action without a service of its own belongs to its owner's, wherever that is asked."""

from datetime import date, datetime

import pytest

from actions.models import Action
from actions.services.reminders import remind_members
from cse_tracker.accounts.models import Membership, Notification
from cse_tracker.accounts.permissions import Role
from cse_tracker.core.dates import LONDON
from tests.factories import MembershipFactory, ServiceFactory, member
from tests.pages import rows_of

LIST = "/o/ashby/actions/"


@pytest.fixture
def housing(cast):
    return ServiceFactory.create(organisation=cast.ashby, name="Housing")


@pytest.fixture
def parks(cast):
    return ServiceFactory.create(organisation=cast.ashby, name="Parks")


@pytest.fixture
def mixed_plan(cast, plan, housing, parks):
    """One of Housing's owner alone, one of hers for Parks, one of an owner without a service."""
    hers = MembershipFactory.create(organisation=cast.ashby, service=housing)
    plan("By its owner", owner=hers, due_on=date(2026, 3, 2))
    plan("By itself", owner=hers, service=parks, due_on=date(2026, 3, 2))
    plan("By nobody", owner="A neighbour", due_on=date(2026, 3, 2))


@pytest.fixture
def titles(signed_in, cast, mixed_plan):
    """The titles that the list shows Mo, or somebody else, at ``query``."""

    def listed(query, user=cast.mo) -> list[str]:
        return [row[1] for row in rows_of(signed_in(user).get(f"{LIST}{query}"))]

    return listed


def test_the_list_is_filtered_by_the_service_it_belongs_to(titles, housing, parks):
    assert titles(f"?service={housing.pk}") == ["By its owner"]
    assert titles(f"?service={parks.pk}") == ["By itself"]
    assert titles("?service=none") == ["By nobody"]


def test_my_services_are_those_that_belong_to_it(titles, cast, housing):
    ann = member(cast.ashby, Role.MANAGER)
    Membership.objects.filter(user=ann).update(service=housing)

    assert titles("?whose=service", user=ann) == ["By its owner"]


def test_the_list_names_the_service_and_sorts_by_it(signed_in, cast, mixed_plan):
    rows = rows_of(signed_in(cast.mo).get(f"{LIST}?columns=service&sort=service"))

    assert [row[2] for row in rows if row[2]] == ["Housing", "Parks"]


def test_the_summary_counts_it_where_the_list_shows_it(signed_in, cast, mixed_plan):
    rows = rows_of(signed_in(cast.mo).get(f"{LIST}summary/"))

    counts = {row[0]: row[1].split()[0] for row in rows}
    assert [counts[name] for name in ("Housing", "Parks", "No service")] == ["1"] * 3


def test_the_manager_of_the_service_is_told_that_it_is_overdue(
    cast, mixed_plan, housing
):
    ann = member(cast.ashby, Role.MANAGER)
    Membership.objects.filter(user=ann).update(service=housing)

    remind_members(now=datetime(2026, 3, 9, 8, tzinfo=LONDON))

    told = Notification.objects.get(membership__user=ann)
    assert "By its owner" in told.lines
    assert "By itself" not in told.lines


def test_one_row_answers_as_the_condition_does(cast, mixed_plan, housing, parks):
    plan = Action.objects.of(cast.ashby)

    for service in (housing, parks, None):
        key = service.pk if service else None
        assert [each.belongs_to for each in plan.of_service(key)] == [service]
