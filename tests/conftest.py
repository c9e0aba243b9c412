"""Fixtures for every test. The servers behind them are in servers.py, the settings in settings.py."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import Cast, make_cast
from tests.worker import Worker, start_worker


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """No rate limit or cached file of one test reaches the next."""
    yield
    cache.clear()


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
        with CaptureQueriesContext(connection) as queries:
            page = client.get(url)
        assert page.status_code == 200, f"{url} answered {page.status_code}"
        return len(queries)

    return count


@pytest.fixture
def live_url(live_server) -> str:
    """The address of the product's real web server, for browser and worker tests."""
    return str(live_server.url)


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
) -> Worker:
    """A running Celery worker; a test may kill it, the next test then gets a new one."""
    if not _shared_worker or not _shared_worker[0].is_running:
        _shared_worker[:] = [start_worker(tmp_path_factory.mktemp("worker"))]
    return _shared_worker[0]


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
        one.stop()


@pytest.fixture
def cast(db) -> Cast:
    """Lena, Mo, Vik, Ada and Cass of Ashby, and Sam of somewhere else (see ``make_cast``)."""
    return make_cast()
