"""Mail to one person: how often, and what happens when the mail server fails."""

import logging
from collections.abc import Callable

from allauth.core import ratelimit
from django.http import HttpRequest

from cse_tracker.core.errors import RuleBroken

logger = logging.getLogger(__name__)


def check_may_mail(request: HttpRequest, email: str) -> None:
    """Count one mail to this address; RuleBroken when there were too many in the last hour.

    The number stands in ACCOUNT_RATE_LIMITS["invite"].
    """
    if not ratelimit.consume(request, action="invite", key=email.strip().lower()):
        raise RuleBroken(
            "We have sent several emails to this address in the last hour."
            " Wait an hour, then try again."
        )


def is_handed_over(send: Callable[[], object], *, what: str) -> bool:
    """Send a message; True when the mail server took it. A failure is logged, not raised."""
    try:
        send()
    except OSError as error:  # every error of smtplib is one
        # Without the traceback, which may hold the address.
        kind = type(error).__name__
        logger.error("mail_failed what=%s error=%s", what, kind)  # noqa: TRY400
        return False
    return True
