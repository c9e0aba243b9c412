"""Pages inside an organisation that are not made twice: not for one browser, not for others.

Every change writes an event, so the organisation's data version says whether its data is
still what the browser, or our memory, holds. The rest depends on who asks, and on the release.
"""

import hashlib
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.safestring import SafeString

from cse_tracker.accounts.access import OrgRequest
from cse_tracker.core.dates import local_day
from cse_tracker.core.release import release_version

# Kept by this person's browser alone, and shown again only after asking us.
ASK_EACH_TIME = "private, no-cache"


def unless_unchanged(
    request: OrgRequest, build: Callable[[], HttpResponse]
) -> HttpResponse:
    """304 where the browser holds this very page, else the page from ``build``.

    The membership's data version was read before anything that the page shows. A page with a
    message to the person is never kept, and in development templates change unseen.
    """
    if settings.DEBUG or len(get_messages(request)):
        return build()
    tag = f'W/"{page_version(request)}"'
    answer: HttpResponse = get_conditional_response(request, etag=tag) or build()
    if answer.status_code in {200, 304}:
        answer.headers["ETag"] = tag
        answer.headers["Cache-Control"] = ASK_EACH_TIME
    return answer


def kept_content(request: OrgRequest, draw: Callable[[], SafeString]) -> SafeString:
    """The HTML that ``draw`` makes, from memory where everything it goes by is as it was.

    Others who may see as much at this address get the same, so it may go by nothing of the
    request but its organisation, address and day, and the person's rights.
    """
    if settings.DEBUG:
        return draw()
    kept = _place_of(content_version(request))
    if not kept:
        kept.append(draw())
    return kept[0]


def page_version(request: OrgRequest) -> str:
    """A hash of all that decides what the page says: its content, and the frame around it."""
    user = request.user
    return _hash_of(
        content_version(request),
        (user.pk, user.full_name, user.email),
        # The forms in the page's frame carry this token; signing in changes it.
        request.META.get("CSRF_COOKIE"),
        [
            (each.organisation.slug, each.organisation.name)
            for each in request.memberships
        ],
    )


def content_version(request: OrgRequest) -> str:
    """A hash of all that decides the content: data, rights, address, day, release."""
    membership = request.membership
    return _hash_of(
        release_version(),
        (membership.organisation_id, membership.data_version),
        sorted(membership.permissions),
        request.get_full_path(),
        local_day(timezone.now()),
    )


def forget_content() -> None:
    """Draw everything anew, for a process whose database was replaced under it."""
    _place_of.cache_clear()


# Some ten megabytes in each process: nobody has to be asked or told. Two threads may draw the
# same.
@lru_cache(maxsize=32)
def _place_of(version: str) -> list[SafeString]:
    """Where the content of that version is kept; empty at first."""
    return []


def _hash_of(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
