"""All comments of one assessment, element by element."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.access import assessment_view
from assessments.finding_readings import (
    count_drafts,
    findings_in_order,
    grouped,
    narrowed,
    withdrawn_findings,
    withdrawn_responses,
)
from assessments.forms.findings import FindingFilterForm
from assessments.models import Assessment
from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.permissions import Permission


@require_safe
@assessment_view(Permission.READ_FINDINGS)
def general_findings(request: OrgRequest, assessment: Assessment) -> HttpResponse:
    """List the comments, narrowed by kind and decision; restore what was withdrawn."""
    membership = request.membership
    sees_answers = membership.may(Permission.READ)
    form = FindingFilterForm(request.GET, by_decision=sees_answers)
    wanted = form.chosen()
    everything = findings_in_order(assessment)
    found = narrowed(everything, wanted)
    can_rate = assessment.is_open and membership.may(Permission.RATE)
    can_respond = membership.may(Permission.RESPOND)
    sees_withdrawn = sees_answers or can_rate
    context = {
        "assessment": assessment,
        "filter_form": form,
        "is_narrowed": bool(wanted),
        "total": len(everything),
        "found": len(found),
        "findings": found,
        "groups": grouped(found),
        "withdrawn_findings": withdrawn_findings(assessment) if sees_withdrawn else [],
        "withdrawn_responses": (
            withdrawn_responses(assessment) if sees_answers else []
        ),
        "sees_answers": sees_answers,
        "can_rate": can_rate,
        "can_respond": can_respond,
        "draft_count": count_drafts(everything) if can_respond else 0,
        "can_import": assessment.is_open and membership.may(Permission.IMPORT),
    }
    return render(request, "assessments/findings/list.html", context)
