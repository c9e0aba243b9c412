"""How a view gets an evidence item: the organisation first, then it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from cse_tracker.accounts.access import OrgRequest, View, organisation_view
from cse_tracker.accounts.permissions import Permission
from evidence.models import EvidenceItem


def item_view(permission: Permission) -> Callable[[View], View]:
    """Give the view ``item``, also a withdrawn one, so that it can be restored."""

    def decorate(view: View) -> View:
        @organisation_view(permission)
        @wraps(view)
        def wrapper(
            request: OrgRequest, number: int, **kwargs: Any
        ) -> HttpResponseBase:
            items = EvidenceItem.objects.of(request.organisation)
            item = get_object_or_404(
                items.select_related("service", "owner__user"), number=number
            )
            # Its address and its events need the organisation, which is here already.
            item.organisation = request.organisation
            return view(request, item, **kwargs)

        return wrapper

    return decorate
