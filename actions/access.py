"""How a view gets an action or a finding to decide on: the organisation first, then they."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from actions.models import Action
from actions.readings import findings_asking
from assessments.models import Finding
from cse_tracker.accounts.access import OrgRequest, View, organisation_view
from cse_tracker.accounts.models import Organisation
from cse_tracker.accounts.permissions import Permission


def action_view(
    permission: Permission, *, owner_may: bool = False
) -> Callable[[View], View]:
    """Give the view ``action``, also a withdrawn one, so that it can be restored.

    With ``owner_may`` also to the member who owns it, whatever their roles let them change.
    """

    def decorate(view: View) -> View:
        @organisation_view(Permission.READ if owner_may else permission)
        @wraps(view)
        def wrapper(
            request: OrgRequest, number: int, **kwargs: Any
        ) -> HttpResponseBase:
            actions = Action.objects.of(request.organisation).with_people()
            action = get_object_or_404(actions, number=number)
            if not (owner_may and action.is_owned_by(request.membership)):
                request.membership.check_may(permission)
            # Its address and its events need the organisation, which is here already.
            action.organisation = request.organisation
            request.about = "action", action.get_absolute_url
            return view(request, action, **kwargs)

        wrapper.permission = permission  # type: ignore[attr-defined]
        return wrapper

    return decorate


def finding_or_404(organisation: Organisation, finding_id: int) -> Finding:
    """A standing finding of the organisation that asks for a decision, or Http404."""
    finding = get_object_or_404(findings_asking(organisation), pk=finding_id)
    finding.organisation = organisation
    return finding
