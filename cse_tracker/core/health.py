"""Is the process up, and can it work? For load balancers, containers and whoever is on call."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import redis
from celery import current_app
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError as BrokerError

logger = logging.getLogger(__name__)

LAST_BEAT_KEY = "health:last-beat"
# The schedule notes a beat several times a minute; after five without one somebody should look.
BEAT_IS_LATE_AFTER = timedelta(minutes=5)
BROKER_SECONDS = 2
FAILURES = (DatabaseError, redis.RedisError, BrokerError, OSError)


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 while the process can answer at all; asks nothing of any other part."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when every part works, else 503; names the failed part and tells no more.

    ``schedule`` is information only: a silent beat is a reason to look, not to take the web
    process out of service.
    """
    parts = {name: works(name, check) for name, check in CHECKS.items()}
    ready = all(parts.values())
    words = {name: "ok" if good else "failed" for name, good in parts.items()}
    return JsonResponse(
        {"ready": ready, "parts": words, "schedule": schedule_state(timezone.now())},
        status=200 if ready else 503,
    )


def works(name: str, check: Callable[[], None]) -> bool:
    """Whether ``check`` runs without a failure; the reason goes to the log only."""
    try:
        check()
    except FAILURES:
        logger.exception("readiness check failed: %s", name)
        return False
    return True


def check_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def check_cache() -> None:
    cache.get(LAST_BEAT_KEY)


def check_broker() -> None:
    with current_app.connection_for_write(connect_timeout=BROKER_SECONDS) as broker:
        broker.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)


def check_storage() -> None:
    name = default_storage.save(f"health/{uuid4()}", ContentFile(b"ok"))
    default_storage.delete(name)


CHECKS: dict[str, Callable[[], None]] = {
    "database": check_database,
    "cache": check_cache,
    "broker": check_broker,
    "storage": check_storage,
}


def note_beat(now: datetime) -> None:
    """Remember that the schedule and a worker are both alive; beat calls it again and again."""
    cache.set(LAST_BEAT_KEY, now, timeout=24 * 60 * 60)


def schedule_state(now: datetime) -> str:
    """``running``, ``late`` or ``not seen`` (never, not for a day, or the cache is down)."""
    try:
        last = cache.get(LAST_BEAT_KEY)
    except FAILURES:
        return "not seen"
    if last is None:
        return "not seen"
    return "late" if now - last > BEAT_IS_LATE_AFTER else "running"
