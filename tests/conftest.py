"""Fixtures for every test. The servers behind them are in servers.py, the settings in settings.py."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from assessments.models import Assessment, Certification, Standard
from assessments.services.assessments import start_assessment
from assessments.services.certifications import certification_of
from assessments.standard_tree import forget_trees
from cse_tracker.accounts.conditional import forget_content
from cse_tracker.accounts.models import Organisation
from tests.factories import Cast, make_assessment_with, make_cast, make_standard
from tests.quiet import (
    forget_tasks,
    until_connections_rest,
    until_requests_are_answered,
    until_tasks_are_done,
)
from tests.worker import Worker, start_worker

# A busy machine makes a test slow, not wrong.
PATIENT: Any = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
hypothesis_settings.register_profile("exploring", **PATIENT)
hypothesis_settings.register_profile("repeatable", **PATIENT, derandomize=True)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "exploring"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long tests first, after the others were shuffled."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """No rate limit, cached file, tree or page of one test reaches the next."""
    yield
    cache.clear()
    forget_trees()
    forget_content()


@pytest.fixture
def signed_in() -> Callable[..., Client]:
    """``signed_in(user)`` is a client with that user's session, without the sign-in form."""

    def client_of(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return client_of


@pytest.fixture
def queries_for() -> Callable[[Client, str], int]:
    """``queries_for(client, url)`` counts the database queries of one successful GET."""

    def count(client: Client, url: str) -> int:
        # The first page of a session also writes when the session began.
        client.get(url)
        # And what it kept of the page would hide what drawing it asks for.
        forget_content()
        with CaptureQueriesContext(connection) as queries:
            page = client.get(url)
        assert page.status_code == 200, f"{url} answered {page.status_code}"
        return len(queries)

    return count


@pytest.fixture
def wait_until() -> Callable[..., None]:
    """``wait_until(condition, seconds=30)`` returns once it is true, for what happens elsewhere."""

    def wait(condition: Callable[[], bool], *, seconds: float = 30) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, f"not within {seconds} seconds"
            time.sleep(0.1)

    return wait


@pytest.fixture
def live_url(live_server) -> Iterator[str]:
    """The address of the product's real web server, for browser and worker tests.

    The browser's pages are closed before this ends, but what they asked for last may still be
    on its way; the tables are emptied only after that.
    """
    yield live_server.url
    until_requests_are_answered(live_server.url)


@pytest.fixture(scope="session")
def _shared_worker(
    django_db_setup, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Worker]]:
    """Holds the worker that tests share, once one has started; a start costs two seconds."""
    running: list[Worker] = []
    yield running
    for worker in running:
        worker.stop()


@pytest.fixture
def worker(
    transactional_db,
    _shared_worker: list[Worker],
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker,
) -> Iterator[Worker]:
    """A running Celery worker; a test may kill it, the next test then gets a new one."""
    if not _shared_worker or not _shared_worker[0].is_running:
        _shared_worker[:] = [start_worker(tmp_path_factory.mktemp("worker"))]
    yield _shared_worker[0]
    if _shared_worker and _shared_worker[0].is_running:
        until_tasks_are_done()


@pytest.fixture
def start_own_worker(
    transactional_db, tmp_path: Path
) -> Iterator[Callable[..., Worker]]:
    """``start_own_worker("--beat")`` starts a worker that ends with the test."""
    started: list[Worker] = []

    def start(*arguments: str) -> Worker:
        started.append(start_worker(tmp_path, *arguments))
        return started[-1]

    yield start
    for one in started:
        # Nothing of it is needed any more; a farewell would take two seconds.
        if one.is_running:
            one.kill()
        # Shown only when the test failed.
        sys.stdout.write(one.log.read_text())
    forget_tasks()
    until_connections_rest()


@pytest.fixture
def cast(db) -> Cast:
    """Lena, Mo, Vik, Ada and Cass of Ashby, and Sam of somewhere else (see ``make_cast``)."""
    return make_cast()


@pytest.fixture
def standard(db) -> Standard:
    """The shipped standard, as load_standard leaves it."""
    return make_standard()


@pytest.fixture
def certification(cast: Cast, standard: Standard) -> Certification:
    """Ashby's certification against the shipped standard."""
    return certification_of(organisation=cast.ashby)


@pytest.fixture
def open_assessment(cast: Cast, certification: Certification) -> Assessment:
    """Ashby's review of 2026, started by Lena: 57 elements, none rated."""
    return start_assessment(
        certification=certification,
        year=2026,
        kind=Assessment.Kind.REVIEW,
        by=cast.lena,
    )


@pytest.fixture
def assessment_with(cast: Cast) -> Callable[..., Assessment]:
    """``assessment_with(nodes=200)`` is an open review of so many rated elements, Ashby's if not said."""

    def make(*, nodes: int, organisation: Organisation | None = None) -> Assessment:
        return make_assessment_with(
            nodes=nodes, organisation=organisation or cast.ashby
        )

    return make
