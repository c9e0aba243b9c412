"""Writers at the same moment, of whom one must wait. Needs PostgreSQL and committed rows."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection, transaction

from cse_tracker.core.errors import Conflict, RuleBroken

PATIENCE_SECONDS = 20


def at_once(count: int, act: Callable[[int], object]) -> list[object]:
    """Run ``act(0)`` to ``act(count - 1)`` together; each one's result or refusal."""
    start = Barrier(count)

    def run(number: int) -> object:
        try:
            start.wait()
            return act(number)
        except (Conflict, RuleBroken) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


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
    # In this database, as its other locks tell: the server has one for each process of the run.
    # pg_stat_activity would tell too, but stands still inside our transaction.
    waiting = """
        SELECT EXISTS (
            SELECT 1 FROM pg_locks wanted JOIN pg_locks held USING (pid)
            JOIN pg_database ON pg_database.oid = held.database
            WHERE NOT wanted.granted AND datname = current_database()
        )
    """
    with connection.cursor() as cursor:
        cursor.execute(waiting)
        return bool(cursor.fetchone()[0])
