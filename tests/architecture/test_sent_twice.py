"""Whatever a form makes, it makes once: a double click, a reload, twelve at the same moment."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from cse_tracker.accounts.permissions import Role
from cse_tracker.accounts.services.notifications import send_waiting_mail
from cse_tracker.core.forms.submission import SubmissionKeyMixin
from tests.architecture.route_world import World, make_world
from tests.architecture.sent_forms import ELSEWHERE, FORMS, SentForm
from tests.architecture.source_files import fail_with
from tests.architecture.test_routes import inside_routes
from tests.factories import member

TWELVE = range(12)


def all_below(form: type) -> set[type]:
    return {form, *(each for sub in form.__subclasses__() for each in all_below(sub))}


def test_every_form_that_makes_something_is_sent_twice_here():
    missing = [
        each.__name__
        for each in all_below(SubmissionKeyMixin) - {SubmissionKeyMixin}
        if not each.__module__.startswith("tests.")
        and not each.__name__.startswith("_")
        and each.__name__ not in {*FORMS, *ELSEWHERE}
    ]
    fail_with(missing, remedy="Say in sent_forms.py where these are sent:")


@pytest.fixture
def everybody(cast, standard, signed_in):
    """Ashby's world, and somebody who may do all of it."""
    world = make_world(cast.ashby, cast.lena)
    return world, member(cast.ashby, *Role)


def address(sent: SentForm, world: World) -> str:
    [route] = [each for each in inside_routes() if each.name == sent.route]
    return route.url(world, confirmed=False) + sent.query


def send(client: Client, url: str, sent: SentForm, key: uuid.UUID) -> tuple[int, str]:
    answer = client.post(url, {**sent.values, **sent.files(), "submission_key": key})
    return answer.status_code, answer.headers.get("Location", answer.content.decode())


def made(sent: SentForm) -> int:
    return apps.get_model(sent.model)._default_manager.count()


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_again_leads_to_what_it_made(name, everybody, signed_in):
    (world, person), sent, key = everybody, FORMS[name], uuid.uuid4()
    client, before = signed_in(person), made(FORMS[name])

    first = send(client, address(sent, world), sent, key)
    second = send(client, address(sent, world), sent, key)

    assert first[0] == 302, first[1]
    assert second == first
    assert made(sent) == before + 1


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", FORMS)
def test_of_twelve_at_once_one_makes_it_and_all_lead_to_it(name, everybody, signed_in):
    (world, person), sent, key = everybody, FORMS[name], uuid.uuid4()
    url, before, start = address(sent, world), made(sent), Barrier(len(TWELVE))
    clients = [signed_in(person) for _ in TWELVE]

    def click(number: int) -> tuple[int, str]:
        try:
            start.wait()
            return send(clients[number], url, sent, key)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(TWELVE)) as pool:
        answers = set(pool.map(click, TWELVE))

    [(status, _)] = answers
    assert status == 302
    assert made(sent) == before + 1
    send_waiting_mail(now=timezone.now())
    told = [address for each in mail.outbox for address in each.to]
    assert len(told) == len(set(told))
    assert told or name not in {"AddMemberForm", "InviteAssessorForm"}
