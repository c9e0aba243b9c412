"""At most so many mails to one address in an hour, whoever causes them."""

from allauth.core import ratelimit
from django.http import HttpRequest

from cse_tracker.core.errors import RuleBroken


def check_may_mail(request: HttpRequest, email: str) -> None:
    """Count one mail to this address; RuleBroken when there were too many in the last hour.

    The number stands in ACCOUNT_RATE_LIMITS["invite"].
    """
    if not ratelimit.consume(request, action="invite", key=email.strip().lower()):
        raise RuleBroken(
            "We have sent several emails to this address in the last hour."
            " Wait an hour, then try again."
        )
