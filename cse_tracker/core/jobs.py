"""Background work whose row is its own outbox: queued, claimed with a lease, finished once.

The row that is built carries the job. A message only says "look at this row": it may be lost,
doubled or late. Who builds is settled by a conditional UPDATE, who may finish by the attempt's
number, and what a dead worker left behind is found by ``sweep``.
"""

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.conf import settings
from django.db import DatabaseError, connection, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=settings.JOB_LEASE_SECONDS)
PUBLISH_AGAIN_AFTER = timedelta(seconds=settings.JOB_PUBLISH_AGAIN_SECONDS)
TRIES = 3


class BuildState(models.TextChoices):
    """Where the work on a row stands."""

    QUEUED = "queued", "Waiting"
    RUNNING = "running", "Being built"
    DONE = "done", "Built"
    FAILED = "failed", "Could not be built"


class Job(models.Model):
    """The work of building a row. ``error`` is written for the person who asked for it."""

    build_state = models.CharField(
        max_length=10, choices=BuildState, default=BuildState.QUEUED, editable=False
    )
    step = models.CharField(max_length=80, blank=True, editable=False)
    step_number = models.PositiveSmallIntegerField(default=0, editable=False)
    step_count = models.PositiveSmallIntegerField(default=0, editable=False)
    error = models.CharField(max_length=300, blank=True, editable=False)
    # Never falls: an old attempt that wakes up can't finish in a newer one's place.
    attempt = models.PositiveIntegerField(default=0, editable=False)
    attempt_limit = models.PositiveIntegerField(default=TRIES, editable=False)
    queued_at = models.DateTimeField(editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(build_state__in=BuildState.values),
                name="%(app_label)s_%(class)s_build_state_known",
            ),
            models.CheckConstraint(
                condition=Q(build_state="running", lease_until__isnull=False)
                | (~Q(build_state="running") & Q(lease_until=None)),
                name="%(app_label)s_%(class)s_running_has_lease",
            ),
            models.CheckConstraint(
                condition=Q(
                    build_state__in=["done", "failed"], finished_at__isnull=False
                )
                | Q(build_state__in=["queued", "running"], finished_at=None),
                name="%(app_label)s_%(class)s_finished_says_when",
            ),
        ]

    @property
    def is_being_built(self) -> bool:
        """Whether the work is still to end, one way or the other."""
        return self.build_state in {BuildState.QUEUED, BuildState.RUNNING}

    @property
    def has_failed(self) -> bool:
        """Whether the work was given up, with words in ``error``."""
        return self.build_state == BuildState.FAILED


class LeaseLost(Exception):
    """The row went to another attempt meanwhile: stop, and leave no trace."""


@dataclass(frozen=True)
class Claim:
    """The right of one attempt to build one row, as long as its lease runs."""

    rows: models.QuerySet[Any]
    pk: int
    attempt: int

    def report(self, number: int, count: int, words: str, *, now: datetime) -> None:
        """Say which step begins, and renew the lease. Raises LeaseLost."""
        self._update(
            step=words, step_number=number, step_count=count, lease_until=now + LEASE
        )

    def renew(self, *, now: datetime) -> None:
        """Renew the lease. Raises LeaseLost."""
        self._update(lease_until=now + LEASE)

    def finish(self, *, now: datetime, **values: Any) -> None:
        """Mark the row as built, with what was made. Raises LeaseLost."""
        self._update(
            build_state=BuildState.DONE, lease_until=None, finished_at=now, **values
        )

    def fail(self, words: str, *, now: datetime) -> None:
        """Give up, and tell the person why. Raises LeaseLost."""
        self._update(
            build_state=BuildState.FAILED,
            error=words,
            lease_until=None,
            finished_at=now,
        )

    def put_back(self, words: str, *, now: datetime) -> BuildState:
        """Queue the row for another attempt, or fail it after the last. Raises LeaseLost."""
        row = self.rows.get(pk=self.pk)
        if row.attempt >= row.attempt_limit:
            self.fail(words, now=now)
            return BuildState.FAILED
        self._update(build_state=BuildState.QUEUED, lease_until=None, published_at=now)
        return BuildState.QUEUED

    def _update(self, **values: Any) -> None:
        mine = self.rows.filter(
            pk=self.pk, attempt=self.attempt, build_state=BuildState.RUNNING
        )
        if not mine.update(**values):
            raise LeaseLost


def claim(rows: models.QuerySet[Any], pk: int, *, now: datetime) -> Claim | None:
    """Take the row to build it; None if there is nothing to do or somebody else has it."""
    seen = rows.filter(_free(now), pk=pk).values_list("attempt", flat=True).first()
    if seen is None:
        return None
    taken = rows.filter(_free(now), pk=pk, attempt=seen).update(
        build_state=BuildState.RUNNING,
        attempt=seen + 1,
        lease_until=now + LEASE,
        step="",
        step_number=0,
        error="",
    )
    return Claim(rows, pk, seen + 1) if taken else None


def _free(now: datetime) -> Q:
    waiting = Q(build_state=BuildState.QUEUED)
    abandoned = Q(build_state=BuildState.RUNNING, lease_until__lt=now)
    return (waiting | abandoned) & Q(attempt__lt=F("attempt_limit"))


def queue_again(rows: models.QuerySet[Any], pk: int, *, now: datetime) -> bool:
    """Queue a finished or failed row anew with fresh tries; False if it is being built."""
    finished = rows.filter(pk=pk, build_state__in=[BuildState.DONE, BuildState.FAILED])
    return bool(
        finished.update(
            build_state=BuildState.QUEUED,
            attempt_limit=F("attempt") + TRIES,
            step="",
            step_number=0,
            error="",
            queued_at=now,
            published_at=now,
            finished_at=None,
        )
    )


@contextmanager
def heartbeat(
    held: Claim, *, every_seconds: float = settings.JOB_HEARTBEAT_SECONDS
) -> Iterator[None]:
    """Renew the lease from a thread of its own while the block works.

    The block may be busy for longer than a lease; a killed process takes the thread along.
    """
    stopped = threading.Event()
    thread = threading.Thread(
        target=_beat, args=(held, stopped, every_seconds), name="heartbeat", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()


def _beat(held: Claim, stopped: threading.Event, every_seconds: float) -> None:
    while not stopped.wait(every_seconds):
        try:
            held.renew(now=timezone.now())
        except LeaseLost:
            # The working thread finds out at its next step.
            break
        except DatabaseError as error:
            # Perhaps it is back at the next beat, before the lease runs out.
            logger.warning("job %s: a heartbeat was missed: %s", held.pk, error)
    # This thread's own connection; nobody else would close it.
    connection.close()


@dataclass(frozen=True)
class Swept:
    """Ids of rows whose message must be sent again, and of rows that were given up."""

    lost: Sequence[int]
    failed: Sequence[int]


def sweep(rows: models.QuerySet[Any], *, words: str, now: datetime) -> Swept:
    """Find what dead workers and lost messages left behind.

    Rows abandoned in their last attempt fail with ``words``; the others are queued again.
    """
    abandoned = rows.filter(build_state=BuildState.RUNNING, lease_until__lt=now)
    spent = abandoned.filter(attempt__gte=F("attempt_limit"))
    failed = [
        pk
        for pk in spent.values_list("pk", flat=True)
        if spent.filter(pk=pk).update(
            build_state=BuildState.FAILED,
            error=words,
            lease_until=None,
            finished_at=now,
        )
    ]
    abandoned.filter(attempt__lt=F("attempt_limit")).update(
        build_state=BuildState.QUEUED, lease_until=None, published_at=None
    )
    silent = Q(published_at=None) | Q(published_at__lt=now - PUBLISH_AGAIN_AFTER)
    lost = rows.filter(silent, build_state=BuildState.QUEUED)
    pks = list(lost.values_list("pk", flat=True))
    rows.filter(pk__in=pks, build_state=BuildState.QUEUED).update(published_at=now)
    return Swept(lost=pks, failed=failed)


class Doorbell(Protocol):
    """A Celery task."""

    name: str

    def apply_async(self, *, args: list[Any], retry: bool) -> object: ...


def publish(task: Doorbell, *args: object) -> None:
    """Ask for a task at once, where nothing is written that it must wait for.

    A dead broker is logged without the arguments, which may name a person.
    """
    try:
        task.apply_async(args=list(args), retry=False)
    except (OperationalError, OSError) as error:
        kind = type(error).__name__
        logger.error("publish_failed task=%s error=%s", task.name, kind)  # noqa: TRY400


def publish_after_commit(task: Doorbell, pk: int) -> None:
    """Ring for the row once its transaction is committed.

    A dead broker is logged and costs the person nothing: the sweeper rings again.
    """

    def ring() -> None:
        # A function, not a partial: Django names it in the log when it fails.
        task.apply_async(args=[pk], retry=False)

    transaction.on_commit(ring, robust=True)
