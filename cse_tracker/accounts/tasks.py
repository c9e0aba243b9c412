"""What beat asks of this app."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from cse_tracker.accounts.services.drafts import forget_drafts


# Worth nothing once the next one is due.
@shared_task(expires=3600)
def forget_old_drafts() -> None:
    """Delete drafts that nobody came back for."""
    forget_drafts(before=timezone.now() - timedelta(days=settings.DRAFT_DAYS))
