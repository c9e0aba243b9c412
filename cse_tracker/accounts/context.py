"""What every page gets: the organisation and the way around it."""

from typing import Any

from django.http import HttpRequest

from cse_tracker.accounts.models import Membership
from cse_tracker.accounts.navigation import ADMINISTRATION, Link, links_for, places_for


def navigation(request: HttpRequest) -> dict[str, Any]:
    """``nav`` for base.html; outside an organisation it is empty."""
    membership: Membership | None = getattr(request, "membership", None)
    if membership is None:
        return {"nav": {"organisation": None, "places": [], "organisations": []}}
    memberships: list[Membership] = request.memberships  # type: ignore[attr-defined]
    return {
        "nav": {
            "organisation": membership.organisation,
            "places": places_for(membership, request.path),
            "administration": links_for(membership, ADMINISTRATION, request.path),
            "organisations": [
                Link(other.organisation.name, other.organisation.get_absolute_url())
                for other in memberships
            ],
            "may": {permission.value for permission in membership.permissions},
        }
    }
