"""How a view gets an evidence item: the organisation first, then it.

An assessor finds what supports an assessment they are invited to, and nothing else. It is
their invitation to that assessment that allows it; see ``assessments.access``.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from assessments.access import note_look, open_accesses
from assessments.models.assessor import AssessorAccess
from cse_tracker.accounts.access import (
    OrgRequest,
    View,
    enter_organisation,
    organisation_view,
)
from cse_tracker.accounts.permissions import Permission
from evidence.models import EvidenceItem, EvidenceLink


class ItemRequest(OrgRequest):
    """A request about one item. ``accesses`` are an assessor's ways to it, None for members."""

    accesses: list[AssessorAccess] | None


def item_view(permission: Permission) -> Callable[[View], View]:
    """Give the view ``item``, also a withdrawn one, so that it can be restored."""

    def decorate(view: View) -> View:
        @organisation_view(permission)
        @wraps(view)
        def wrapper(
            request: OrgRequest, number: int, **kwargs: Any
        ) -> HttpResponseBase:
            item = _item_or_404(request, number)
            request.about = "evidence", item.get_absolute_url
            return view(request, item, **kwargs)

        return wrapper

    return decorate


def shown_item_view(view: View) -> View:
    """Give the view ``item`` to look at; an assessor gets one that supports what they assess."""

    @wraps(view)
    def wrapper(
        request: ItemRequest, organisation: str, number: int, **kwargs: Any
    ) -> HttpResponseBase:
        enter_organisation(request, organisation)
        request.accesses = None
        if request.membership.may(Permission.READ_ISSUED):
            request.membership.check_may(Permission.READ_FINDINGS)
            return view(request, _item_or_404(request, number), **kwargs)
        item, request.accesses = _supporting_or_404(request, number)
        answer = view(request, item, **kwargs)
        what = f"{item} (file)" if "version" in kwargs else str(item)
        for access in request.accesses:
            note_look(request, answer, access=access, what=what)
        return answer

    wrapper.permission = Permission.READ_FINDINGS  # type: ignore[attr-defined]
    return wrapper


def _item_or_404(request: OrgRequest, number: int) -> EvidenceItem:
    items = EvidenceItem.objects.of(request.organisation)
    item = get_object_or_404(
        items.select_related("service", "owner__user"), number=number
    )
    # Its address and its events need the organisation, which is here already.
    item.organisation = request.organisation
    return item


def _supporting_or_404(
    request: OrgRequest, number: int
) -> tuple[EvidenceItem, list[AssessorAccess]]:
    """The item with the assessor's invitations to what it supports, of which there must be one."""
    item = _item_or_404(request, number)
    supported = EvidenceLink.objects.filter(item=item).values("assessment")
    accesses = list(open_accesses(request.membership).filter(assessment__in=supported))
    if item.withdrawn_at or not accesses:
        raise Http404("Supports nothing that this person assesses")
    return item, accesses
