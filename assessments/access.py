"""How a view gets an assessment and a node of it: the organisation first, then they."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from assessments.models import Assessment
from assessments.models.assessment import AssessmentQuerySet
from assessments.standard_tree import tree_for
from cse_tracker.accounts.access import OrgRequest, View, organisation_view
from cse_tracker.accounts.models import Membership
from cse_tracker.accounts.permissions import Permission


def assessment_view(permission: Permission) -> Callable[[View], View]:
    """Give the view ``assessment`` and, where the address has a ref, ``node``.

    Who may only read what is issued gets confirmed assessments alone: for them an open one
    does not exist.
    """

    def decorate(view: View) -> View:
        @organisation_view(permission)
        @wraps(view)
        def wrapper(
            request: OrgRequest, assessment: str, **kwargs: Any
        ) -> HttpResponseBase:
            found = get_object_or_404(
                visible_assessments(request.membership), slug=assessment
            )
            if "ref" in kwargs:
                tree = tree_for(request.organisation, found.certification.standard)
                node = tree.by_ref.get(kwargs.pop("ref"))
                if node is None or not node.is_ratable:
                    raise Http404("No such element")
                kwargs |= {"node": node, "tree": tree}
            return view(request, found, **kwargs)

        return wrapper

    return decorate


def visible_assessments(membership: Membership) -> AssessmentQuerySet:
    """The organisation's assessments that this member may know of, oldest first."""
    assessments = Assessment.objects.of(membership.organisation)
    return assessments if membership.may(Permission.READ) else assessments.confirmed()
