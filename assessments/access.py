"""How a view gets an assessment and a node of it: the organisation first, then they.

Who is let into an assessment, and what they may do there, is decided here alone: a member by
their roles, an assessor by an invitation to this very assessment that is not over. To an
assessor without one it does not exist. What they are shown is noted.
"""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.db.models import Q
from django.http import Http404, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone

from assessments.looks import words_for
from assessments.models import Assessment
from assessments.models.assessment import AssessmentQuerySet
from assessments.models.assessor import AssessorAccess, AssessorAccessQuerySet
from assessments.services.looks import record_look
from assessments.standard_tree import tree_for
from assessments.tree import Node, Tree
from cse_tracker.accounts.access import (
    OrgRequest,
    View,
    enter_organisation,
    rule_page,
)
from cse_tracker.accounts.models import Membership
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.dates import local_day
from cse_tracker.core.errors import RuleBroken

# Answers that show something, or say that what the browser holds is still so.
SHOWN = {200, 206, 304, 409}


class AssessmentRequest(OrgRequest):
    """A request about one assessment. ``access`` is an assessor's invitation, None for members."""

    access: AssessorAccess | None


def assessment_view(permission: Permission) -> Callable[[View], View]:
    """Give the view ``assessment`` and, where the address has a ref, ``node`` and ``tree``.

    Who may only read what is issued gets confirmed assessments alone: for them an open one
    does not exist. The wrapped view carries ``permission`` for the sweep over all routes.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(
            request: AssessmentRequest,
            organisation: str,
            assessment: str,
            **kwargs: Any,
        ) -> HttpResponseBase:
            enter_organisation(request, organisation)
            found = _enter(request, assessment, permission)
            request.about = "assessment", found.get_absolute_url
            if "ref" in kwargs:
                node, tree = _node_of(request, found, kwargs.pop("ref"))
                kwargs |= {"node": node, "tree": tree}
                request.about = "element", partial(found.url_of, node.ref)
            try:
                answer = view(request, found, **kwargs)
            except RuleBroken as rule:
                answer = rule_page(request, rule)
            match = request.resolver_match
            if request.access and match:
                what = words_for(match.view_name, match.kwargs)
                note_look(request, answer, access=request.access, what=what)
            return answer

        wrapper.permission = permission  # type: ignore[attr-defined]
        return wrapper

    return decorate


def visible_assessments(membership: Membership) -> AssessmentQuerySet:
    """The organisation's assessments that this member may know of by role, oldest first."""
    assessments = Assessment.objects.of(membership.organisation)
    if membership.may(Permission.READ):
        return assessments
    is_member = membership.may(Permission.READ_ISSUED)
    return assessments.confirmed() if is_member else assessments.none()


def assessments_beside(
    membership: Membership, assessment: Assessment
) -> AssessmentQuerySet:
    """The assessments whose ratings this person sees beside the ones of ``assessment``.

    An assessor, who knows no other assessment, sees what was confirmed until its year.
    """
    if membership.may(Permission.READ_ISSUED):
        return visible_assessments(membership)
    confirmed_before = Q(
        certification=assessment.certification_id,
        state=Assessment.State.CONFIRMED,
        year__lte=assessment.year,
    )
    ours = Assessment.objects.of(membership.organisation)
    return ours.filter(Q(pk=assessment.pk) | confirmed_before)


def open_accesses(membership: Membership) -> AssessorAccessQuerySet:
    """The invitations that let this person in today, the newest assessment first."""
    today = local_day(timezone.now())
    mine = AssessorAccess.objects.filter(membership=membership).open(on=today)
    return mine.with_people().order_by("-assessment__year", "-assessment")


def note_look(
    request: OrgRequest,
    answer: HttpResponseBase,
    *,
    access: AssessorAccess,
    what: str,
) -> None:
    """Note what an assessor is shown: pages and files, also those their browser still holds.

    What they save stands in the change log.
    """
    if answer.status_code in SHOWN and not isinstance(answer, JsonResponse):
        record_look(access=access, what=what, path=request.get_full_path())


def _enter(request: AssessmentRequest, slug: str, permission: Permission) -> Assessment:
    """The assessment of that address; Http404 or PermissionDenied for who may not."""
    membership, request.access = request.membership, None
    if membership.may(Permission.READ_ISSUED):
        membership.check_may(permission)
        return get_object_or_404(visible_assessments(membership), slug=slug)
    access = get_object_or_404(open_accesses(membership), assessment__slug=slug)
    membership.allow(access.permissions)
    membership.check_may(permission)
    request.access = access
    return access.assessment


def _node_of(
    request: AssessmentRequest, assessment: Assessment, ref: str
) -> tuple[Node, Tree]:
    """The ratable node; an assessor finds those that this assessment rates."""
    tree = tree_for(request.organisation, assessment.certification.standard)
    node = tree.by_ref.get(ref)
    if node is None or not node.is_ratable:
        raise Http404("No such element")
    if request.access and not assessment.results.filter(node=node.id).exists():
        raise Http404("Not rated in this assessment")
    return node, tree
