"""Sessions end: after a time of rest, and absolutely. Signed-in pages are never stored."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cse_tracker.accounts.unattended import is_unattended, signed_out_answer

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
# Writing "seen" once a minute is exact enough and spares a write on every request.
SEEN_STEP_SECONDS = 60


class SessionLimitsMiddleware:
    """Sign a person out after the idle and the absolute limit of the settings."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._apply_limits(request, now=timezone.now().timestamp())
        if not request.user.is_authenticated:
            if is_unattended(request):
                return signed_out_answer(request)
            return self.get_response(request)
        answer = self.get_response(request)
        # A page that answers conditional requests says so itself.
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    def _apply_limits(self, request: HttpRequest, *, now: float) -> None:
        session = request.session
        signed_in_at = session.setdefault(SIGNED_IN_AT, now)
        seen_at = session.setdefault(SEEN_AT, now)
        too_old = now - signed_in_at > settings.SESSION_ABSOLUTE_SECONDS
        if too_old or now - seen_at > settings.SESSION_IDLE_SECONDS:
            logout(request)
        elif now - seen_at > SEEN_STEP_SECONDS and not is_unattended(request):
            session[SEEN_AT] = now
