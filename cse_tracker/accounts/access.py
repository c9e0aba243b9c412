"""How a view gets what it is about: organisation, then permission, then the object.

A stranger gets 404, so they cannot tell that a thing exists; a colleague without the right
gets 403. Loaders of other apps build on ``organisation_view``.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django_htmx.middleware import HtmxDetails

from cse_tracker.accounts.models import Membership, Organisation, User
from cse_tracker.accounts.models.membership import memberships_of
from cse_tracker.accounts.permissions import Permission


class PersonRequest(HttpRequest):
    """A request by somebody who has signed in: LoginRequiredMiddleware sees to it."""

    user: User
    htmx: HtmxDetails


class OrgRequest(PersonRequest):
    """A request inside one organisation, by one of its members."""

    organisation: Organisation
    membership: Membership
    # All of the person's memberships, for the switcher.
    memberships: list[Membership]


# The base, because a file that is handed out is streamed.
View = Callable[..., HttpResponseBase]


def organisation_view(permission: Permission) -> Callable[[View], View]:
    """Give the view an OrgRequest of a member with ``permission``; it loses ``organisation``.

    The wrapped view carries ``permission`` for the sweep test over all routes.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(
            request: OrgRequest, organisation: str, **kwargs: Any
        ) -> HttpResponseBase:
            enter_organisation(request, organisation)
            request.membership.check_may(permission)
            return view(request, **kwargs)

        wrapper.permission = permission  # type: ignore[attr-defined]
        return wrapper

    return decorate


def enter_organisation(request: OrgRequest, slug: str) -> None:
    """Put the organisation and the person's membership on the request, or raise Http404."""
    request.memberships = memberships_of(request.user)
    for membership in request.memberships:
        if membership.organisation.slug == slug:
            request.membership = membership
            request.organisation = membership.organisation
            return
    raise Http404("No such organisation")
