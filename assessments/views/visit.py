"""What the report says around the elements: overview, narratives, the report itself."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from assessments.access import assessment_view
from assessments.draft_subjects import narrative_subject
from assessments.forms.visit import NarrativeForm, ReportForm
from assessments.models import Assessment, CriterionNarrative
from assessments.services.checklists import READY_MADE
from assessments.services.narratives import UNWRITTEN, write_narrative
from assessments.services.reports import attach_report, withdraw_report
from assessments.standard_tree import shared_tree
from assessments.tree import Node
from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.drafts import DraftRequest, keeps_draft, restore_draft
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.dates import local_day
from cse_tracker.core.downloads import attachment
from cse_tracker.core.errors import Conflict, RuleBroken
from cse_tracker.core.stored_files import no_orphans

CONFLICT = 409


def about_url(assessment: Assessment) -> str:
    """The page around the elements."""
    return reverse(
        "assessments:about", args=[assessment.organisation.slug, assessment.slug]
    )


@require_safe
@assessment_view(Permission.READ_FINDINGS)
def about(request: OrgRequest, assessment: Assessment) -> HttpResponse:
    """Visit, overview, narratives, report and checklist on one page."""
    membership = request.membership
    written = {each.node_id: each for each in assessment.narratives.all()}
    criteria = shared_tree(assessment.certification.standard).criteria
    steps = assessment.checklist.in_order().select_related("done_by")
    context = {
        "assessment": assessment,
        "criteria": [(node, written.get(node.id)) for node in criteria],
        "reports": assessment.reports.filter(withdrawn_at=None).order_by("-pk"),
        "steps": list(steps),
        "usual_steps": len(READY_MADE),
        "today": local_day(timezone.now()),
        "can_write": assessment.is_open and membership.may(Permission.RATE),
        "can_edit": assessment.is_open and membership.may(Permission.PREPARE),
        "can_attach": membership.may(Permission.PREPARE),
        "sees_work": membership.may(Permission.READ),
    }
    return render(request, "assessments/visit/about.html", context)


@require_http_methods(["GET", "POST"])
@assessment_view(Permission.RATE)
@keeps_draft(
    lambda _, assessment, criterion: narrative_subject(
        assessment, _criterion_or_404(assessment, criterion)
    )
)
def narrative(
    request: DraftRequest, assessment: Assessment, criterion: int
) -> HttpResponse:
    """Write what the report says about one criterion."""
    node = _criterion_or_404(assessment, criterion)
    current = assessment.narratives.filter(node=node.id).first()
    form = NarrativeForm(request.POST or None, initial=_as_it_stands(current))
    restore_draft(request, form)
    theirs = ""
    if form.is_valid():
        try:
            write_narrative(
                assessment=assessment,
                criterion=node,
                seen_version=form.cleaned_data["version"],
                text=form.cleaned_data["text"],
                by=request.user,
            )
        except RuleBroken as rule:
            form.add_error(None, str(rule))
        except Conflict as conflict:
            current = assessment.narratives.get(node=node.id)
            theirs = current.text
            data = request.POST.copy()
            data["version"] = str(current.version)
            form = NarrativeForm(data)
            form.add_error(None, str(conflict))
        else:
            messages.success(request, f"What the report says about {node} is saved.")
            return redirect(about_url(assessment))
    context = {"assessment": assessment, "node": node, "form": form, "theirs": theirs}
    status = CONFLICT if theirs else 200
    return render(request, "assessments/visit/narrative.html", context, status=status)


@require_http_methods(["GET", "POST"])
@assessment_view(Permission.PREPARE)
def attach(request: OrgRequest, assessment: Assessment) -> HttpResponse:
    """Attach the assessor's own document."""
    form = ReportForm(request.POST or None, request.FILES or None)

    def write() -> str:
        attach_report(
            assessment=assessment,
            file=form.cleaned_data["file"],
            kind=form.kind,
            by=request.user,
        )
        return about_url(assessment)

    if form.is_valid():
        try:
            with no_orphans():
                path = form.submit_once(request.user, write)
        except RuleBroken as rule:
            form.add_error(None, str(rule))
        else:
            messages.success(request, "The report is attached.")
            return redirect(path)
    context = {"assessment": assessment, "form": form}
    return render(request, "assessments/visit/attach.html", context)


@require_safe
@assessment_view(Permission.READ_FINDINGS)
def download(
    request: OrgRequest, assessment: Assessment, report: int
) -> HttpResponseBase:
    """The assessor's document, to save."""
    standing = assessment.reports.filter(withdrawn_at=None)
    found = get_object_or_404(standing, pk=report)
    return attachment(found.file, name=found.file_name, content_type=found.content_type)


@require_POST
@assessment_view(Permission.PREPARE)
def withdraw(request: OrgRequest, assessment: Assessment, report: int) -> HttpResponse:
    """Take a wrong document off the page."""
    found = get_object_or_404(
        assessment.reports.select_related("organisation"), pk=report
    )
    try:
        withdraw_report(report=found, now=timezone.now(), by=request.user)
    except RuleBroken as rule:
        messages.error(request, str(rule))
    else:
        messages.success(request, f"{found} is withdrawn.")
    return redirect(about_url(assessment))


def _criterion_or_404(assessment: Assessment, criterion: int) -> Node:
    tree = shared_tree(assessment.certification.standard)
    node = tree.by_ref.get(str(criterion))
    if node is None:
        raise Http404("No such criterion")
    return node


def _as_it_stands(narrative: CriterionNarrative | None) -> dict[str, str | int]:
    if narrative is None:
        return {"version": UNWRITTEN, "text": ""}
    return {"version": narrative.version, "text": narrative.text}
