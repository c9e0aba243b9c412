"""The tests' own wait for what others still do is a wait: without it tests fail now and then."""

import http.client
import threading
import time
from urllib.parse import urlsplit

import pytest
from django.db import connection

from cse_tracker.core import health
from tests.quiet import until_connections_rest, until_requests_are_answered

pytestmark = [pytest.mark.postgresql, pytest.mark.slow]


def test_a_request_nobody_waited_for_is_answered_first(live_url, monkeypatch):
    done: list[str] = []

    def slowly(name: str, check: object) -> bool:
        time.sleep(0.1)
        done.append(name)
        return True

    monkeypatch.setattr(health, "works", slowly)
    asked = http.client.HTTPConnection(urlsplit(live_url).netloc)
    asked.request("GET", "/readyz")
    # As a page that is closed: it does not read the answer.
    asked.close()

    until_requests_are_answered(live_url)

    assert set(done) == set(health.CHECKS)


@pytest.mark.django_db(transaction=True)
def test_a_connection_in_the_middle_of_something_is_waited_for():
    begun, ended = threading.Event(), threading.Event()

    def ask() -> None:
        with connection.cursor() as cursor:
            begun.set()
            cursor.execute("SELECT pg_sleep(0.3)")
        ended.set()
        connection.close()

    threading.Thread(target=ask).start()
    begun.wait()
    time.sleep(0.1)

    until_connections_rest()

    assert ended.wait(timeout=0.2)
