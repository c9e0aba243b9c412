"""Sessions end after a time of rest, and absolutely."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone

IDLE = timedelta(seconds=settings.SESSION_IDLE_SECONDS)
ABSOLUTE = timedelta(seconds=settings.SESSION_ABSOLUTE_SECONDS)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


@pytest.fixture
def as_lena(cast, signed_in, clock):
    client = signed_in(cast.lena)
    client.get("/account/")
    return client


def is_signed_in(client):
    return client.get("/account/").status_code == 200


def test_a_session_outlives_a_rest_within_the_limit(as_lena, clock):
    clock.shift(IDLE - MINUTE)

    assert is_signed_in(as_lena)


def test_a_session_ends_after_a_longer_rest(as_lena, clock):
    clock.shift(IDLE + MINUTE)

    answer = as_lena.get("/o/ashby/members/")

    assert answer.url == "/account/login/?next=/o/ashby/members/"
    assert not is_signed_in(as_lena)


def test_work_keeps_a_session_alive_up_to_the_absolute_limit(as_lena, clock):
    step = IDLE - MINUTE
    for _ in range(ABSOLUTE // step):
        clock.shift(step)
        assert is_signed_in(as_lena)

    clock.shift(step)

    assert not is_signed_in(as_lena)


def test_seeing_a_person_again_within_a_minute_writes_nothing(
    as_lena, clock, django_assert_num_queries
):
    clock.shift(timedelta(seconds=59))

    with django_assert_num_queries(3):  # session, user, memberships
        as_lena.get("/account/")


def test_a_page_of_a_signed_in_person_is_stored_nowhere(as_lena):
    assert as_lena.get("/account/").headers["Cache-Control"] == "no-store"


def test_a_visitor_has_no_session_to_limit(db):
    visitor = Client()

    visitor.get("/account/login/")

    assert "sessionid" not in visitor.cookies


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_a_page_does_by_itself_does_not_prolong_a_session(as_lena, clock, method):
    for _ in range(3):
        clock.shift(IDLE / 2)
        answer = getattr(as_lena, method)("/account/?unattended=draft")

    assert answer.status_code == 401
    assert answer.json() == {"signed_in": False}
    assert not is_signed_in(as_lena)


def test_a_person_at_work_stays_signed_in_beside_what_the_page_does(as_lena, clock):
    for _ in range(3):
        clock.shift(IDLE / 2)
        as_lena.get("/account/?unattended=draft")
        clock.shift(MINUTE)
        assert is_signed_in(as_lena)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_script_is_told_that_nobody_is_signed_in(db, method):
    visitor = Client(enforce_csrf_checks=True)

    answer = getattr(visitor, method)("/o/ashby/actions/new/?unattended=draft")

    assert answer.status_code == 401
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_page_that_polls_is_loaded_again_once_nobody_is_signed_in(db):
    answer = Client().get("/account/?unattended", headers={"HX-Request": "true"})

    assert answer.headers["HX-Refresh"] == "true"
