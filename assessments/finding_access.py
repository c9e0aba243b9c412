"""How a view gets a finding or a response: the assessment first, then they."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from assessments.access import assessment_view
from assessments.models import Assessment, Finding, Response
from cse_tracker.accounts.access import OrgRequest, View
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.errors import RuleBroken


def finding_view(permission: Permission) -> Callable[[View], View]:
    """Give the view ``assessment`` and ``finding``, also a withdrawn one, to be restored."""

    def decorate(view: View) -> View:
        @assessment_view(permission)
        @wraps(view)
        def wrapper(
            request: OrgRequest, assessment: Assessment, finding: int, **kwargs: Any
        ) -> HttpResponseBase:
            findings = Finding.objects.select_related("node")
            found = get_object_or_404(
                findings, finding_set=assessment.finding_set_id, pk=finding
            )
            return view(request, assessment, found, **kwargs)

        return wrapper

    return decorate


def response_view(permission: Permission) -> Callable[[View], View]:
    """Give the view ``assessment`` and ``response``, also a withdrawn one, to be restored."""

    def decorate(view: View) -> View:
        @assessment_view(permission)
        @wraps(view)
        def wrapper(
            request: OrgRequest, assessment: Assessment, response: int, **kwargs: Any
        ) -> HttpResponseBase:
            of_assessment = Response.objects.filter(
                findings__finding_set=assessment.finding_set_id
            )
            found = get_object_or_404(of_assessment.distinct(), pk=response)
            return view(request, assessment, found, **kwargs)

        return wrapper

    return decorate


def back_url(request: OrgRequest, default: str) -> str:
    """Where ``?next=`` says, if that is a page of ours, or else ``default``."""
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts=None, require_https=request.is_secure()
    )
    return wanted if is_ours else default


def url_of_findings(assessment: Assessment, ref: str = "") -> str:
    """The page of the element ``ref``, or all comments of the assessment."""
    if ref:
        return assessment.url_of(ref)
    address = [assessment.organisation.slug, assessment.slug]
    return reverse("assessments:general_findings", args=address)


def url_of_finding(assessment: Assessment, finding: Finding) -> str:
    """Where the finding stands on its page."""
    ref = finding.node.ref if finding.node else ""
    return f"{url_of_findings(assessment, ref)}#finding-{finding.pk}"


def turned_away(
    request: OrgRequest, assessment: Assessment, back: str
) -> HttpResponse | None:
    """Back, with the reason, where a form would be opened that can't be saved any more.

    A form that was sent goes on to the service, so that what was typed is not lost.
    """
    if request.method == "POST":
        return None
    try:
        assessment.check_open()
    except RuleBroken as rule:
        messages.error(request, str(rule))
        return redirect(back)
    return None
