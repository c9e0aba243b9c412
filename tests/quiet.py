"""What other threads and processes still do when a test has ended.

The tables are emptied after each test with committed rows. Whoever still reads or writes them
then gets in the way: the test, or the next one, fails though the product is right.
"""

import http.client
import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.db import connection

PATIENCE_SECONDS = 30
# As kombu calls them in Redis. Tasks are acknowledged late, so a message is in the second one
# until its task has ended.
QUEUE = "celery"
UNACKNOWLEDGED = "unacked"


def until_requests_are_answered(url: str) -> None:
    """Return once Django's live server at ``url`` serves nobody. Close the browser's pages first.

    Connections are accepted in their order, so when this one is answered, all that the closed
    pages still asked for has a thread, and the threads can be waited for.
    """
    knock = http.client.HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE_SECONDS)
    knock.request("GET", "/healthz", headers={"Connection": "close"})
    knock.getresponse().read()
    knock.close()
    for thread in threading.enumerate():
        # As Python names a thread after its function, here that of socketserver.
        if thread.name.endswith("(process_request_thread)"):
            thread.join(timeout=PATIENCE_SECONDS)
            assert not thread.is_alive(), "the live server still answers somebody"


def until_tasks_are_done() -> None:
    """Return once the running worker has taken every message and finished each of its tasks."""
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        _until(lambda: not broker.exists(QUEUE, UNACKNOWLEDGED))
    until_connections_rest()


def forget_tasks() -> None:
    """Take from the broker what a killed worker left there: the rows it was about are gone."""
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        broker.delete(QUEUE, UNACKNOWLEDGED, f"{UNACKNOWLEDGED}_index")


def until_connections_rest() -> None:
    """Return once no other connection to this database is in the middle of something."""
    _until(lambda: not _busy_connections())


def _busy_connections() -> int:
    busy = """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND backend_type = 'client backend' AND state <> 'idle'
    """
    with connection.cursor() as cursor:
        cursor.execute(busy)
        return int(cursor.fetchone()[0])


def _until(quiet: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not quiet():
        assert time.monotonic() < deadline, "somebody is still busy"
        time.sleep(0.02)
