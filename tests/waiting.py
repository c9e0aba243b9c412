"""Two writers at once, the slower of whom must wait. Needs PostgreSQL and committed rows."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.db import connection, transaction

PATIENCE_SECONDS = 20


def while_uncommitted(change: Callable[[], Any], act: Callable[[], Any]) -> Any:
    """What ``act()`` returns or raises, begun after ``change()`` and before its commit.

    The commit comes once ``act`` waits for a lock, or has ended without waiting.
    """

    def run() -> Any:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            change()
            outcome = pool.submit(run)
            _until_it_waits(outcome)
        return outcome.result(timeout=PATIENCE_SECONDS)


def _until_it_waits(outcome: "Future[Any]") -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not outcome.done() and not _somebody_waits():
        assert time.monotonic() < deadline, "it neither waited nor ended"
        time.sleep(0.02)


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])
