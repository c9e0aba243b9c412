"""Conditional GET for pages inside an organisation: "not modified" before anything is read.

Every change writes an event, so the organisation's data version says whether its data is
still what the browser holds. The rest of the page depends on who asks, and on the release.
"""

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.utils.cache import get_conditional_response

from cse_tracker.accounts.access import OrgRequest
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


def page_version(request: OrgRequest) -> str:
    """A hash of all that decides what the page says: data, person, rights, address, release."""
    user, membership = request.user, request.membership
    parts = [
        release_version(),
        membership.data_version,
        request.get_full_path(),
        (user.pk, user.full_name, user.email),
        # The forms in the page's frame carry this token; signing in changes it.
        request.META.get("CSRF_COOKIE"),
        sorted(membership.permissions),
        [
            (each.organisation.slug, each.organisation.name)
            for each in request.memberships
        ],
    ]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
