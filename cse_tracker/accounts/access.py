"""How a view gets what it is about: organisation, then permission, then the object.

A stranger gets 404, so they cannot tell that a thing exists; a colleague without the right
gets 403. Loaders of other apps build on ``organisation_view``.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django_htmx.middleware import HtmxDetails

from cse_tracker.accounts.models import Membership, Organisation, User
from cse_tracker.accounts.models.membership import memberships_of
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.errors import RuleBroken

CONFLICT = 409


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
    # Of a request about one record: what that is, such as "action", and how its address is found.
    about: tuple[str, Callable[[], str]] | None


# The base, because a file that is handed out is streamed.
View = Callable[..., HttpResponseBase]


def organisation_view(permission: Permission) -> Callable[[View], View]:
    """Give the view an OrgRequest of a member with ``permission``; it loses ``organisation``.

    The wrapped view carries ``permission`` for the sweep test over all routes. A rule that the
    view has no place of its own to tell, such as that no standard is loaded, gets a page.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(
            request: OrgRequest, organisation: str, **kwargs: Any
        ) -> HttpResponseBase:
            enter_organisation(request, organisation)
            request.membership.check_may(permission)
            try:
                return view(request, **kwargs)
            except RuleBroken as rule:
                return rule_page(request, rule)

        wrapper.permission = permission  # type: ignore[attr-defined]
        return wrapper

    return decorate


def rule_page(request: OrgRequest, rule: RuleBroken) -> HttpResponse:
    """The page of a rule that a view has no place of its own to tell, and back to its record."""
    context = {"rule": str(rule)}
    if request.about:
        name, address_of = request.about
        context |= {"about": name, "about_url": address_of()}
    return render(request, "rule_broken.html", context, status=CONFLICT)


def enter_organisation(request: OrgRequest, slug: str) -> None:
    """Put the organisation and the person's membership on the request, or raise Http404."""
    request.about = None
    request.memberships = memberships_of(request.user)
    for membership in request.memberships:
        if membership.organisation.slug == slug:
            request.membership = membership
            request.organisation = membership.organisation
            return
    raise Http404("No such organisation")
