"""Tasks of the machinery itself."""

from celery import shared_task
from django.utils import timezone

from cse_tracker.core import health


@shared_task
def note_beat() -> None:
    health.note_beat(timezone.now())
