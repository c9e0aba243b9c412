"""What beat asks of this app."""

from celery import shared_task
from django.utils import timezone

from assessments.services import certificate_reminders


# Worth nothing once the next one is due.
@shared_task(expires=6 * 3600)
def remind_of_certificates() -> None:
    """Tell those whose certificate runs out before long. Nothing is told twice."""
    certificate_reminders.remind_of_certificates(now=timezone.now())
