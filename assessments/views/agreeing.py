"""Agreeing to draft responses, many at once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from assessments.access import assessment_view
from assessments.finding_access import url_of_findings
from assessments.finding_readings import draft_responses
from assessments.findings_import_readings import brought_in_responses
from assessments.forms.agreeing import AgreeForm, offered
from assessments.models import Assessment
from assessments.services.agreeing import agree_responses
from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.errors import Conflict, RuleBroken


@require_http_methods(["GET", "POST"])
@assessment_view(Permission.RESPOND)
def agree(request: OrgRequest, assessment: Assessment) -> HttpResponse:
    """List the draft responses in full; agree to those that are ticked."""
    listed = offered(draft_responses(assessment), brought_in_responses(assessment))
    form = AgreeForm(request.POST or None, offered=listed)
    if form.is_valid():
        try:
            agreed = agree_responses(
                assessment=assessment, seen=form.seen, by=request.user
            )
        except (RuleBroken, Conflict) as refusal:
            form.add_error("responses", str(refusal))
        else:
            count = len(agreed)
            words = "response is" if count == 1 else "responses are"
            messages.success(request, f"{count} {words} agreed.")
            return redirect(url_of_findings(assessment))
    context = {
        "assessment": assessment,
        "form": form,
        "listed": listed,
        "has_brought_in": any(each.is_brought_in for each in listed),
        "back": url_of_findings(assessment),
    }
    return render(request, "assessments/findings/agree.html", context)
