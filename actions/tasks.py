"""What beat asks of this app."""

from celery import shared_task
from django.utils import timezone

from actions.services.reminders import remind_members


# Worth nothing once the next one is due.
@shared_task(expires=25 * 60)
def remind() -> None:
    """Tell members what is due soon and what is overdue. Nothing is told twice."""
    remind_members(now=timezone.now())
