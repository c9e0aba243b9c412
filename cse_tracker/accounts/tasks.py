"""What beat asks of this app."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from cse_tracker.accounts.services import password_resets
from cse_tracker.accounts.services.drafts import forget_drafts
from cse_tracker.accounts.services.notifications import send_waiting_mail


# Worth nothing once the next one is due.
@shared_task(expires=3600)
def forget_old_drafts() -> None:
    """Delete drafts that nobody came back for."""
    forget_drafts(before=timezone.now() - timedelta(days=settings.DRAFT_DAYS))


# A link that comes an hour late was asked for again.
@shared_task(expires=3600)
def send_password_reset(email: str, site_url: str) -> None:
    """Send the link to choose a new password, where there is such an account."""
    password_resets.send_password_reset(email=email, site_url=site_url)


# Worth nothing once the next one is due.
@shared_task(expires=3600)
def forget_ended_sessions() -> None:
    """Delete the sessions that ended; a browser that comes with one signs in anew."""
    call_command("clearsessions")


# Worth nothing once the next one is due.
@shared_task(expires=60)
def send_notifications() -> None:
    """Send the email that waits to be sent, of invitations too."""
    send_waiting_mail(now=timezone.now())
