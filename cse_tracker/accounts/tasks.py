"""What beat asks of this app."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from cse_tracker.accounts.services.drafts import forget_drafts
from cse_tracker.accounts.services.notifications import send_waiting_mail


# Worth nothing once the next one is due.
@shared_task(expires=3600)
def forget_old_drafts() -> None:
    """Delete drafts that nobody came back for."""
    forget_drafts(before=timezone.now() - timedelta(days=settings.DRAFT_DAYS))


# Worth nothing once the next one is due.
@shared_task(expires=60)
def send_notifications() -> None:
    """Send the e-mail that waits to be sent."""
    send_waiting_mail(now=timezone.now())
