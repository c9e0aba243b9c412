"""What the report says around the elements: overview, narratives, the report itself."""

from typing import Any

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

from assessments import text_labels
from assessments.access import assessment_view
from assessments.draft_subjects import narrative_subject
from assessments.finding_access import turned_away
from assessments.forms.visit import NarrativeForm, ReportForm
from assessments.models import (
    Assessment,
    ChecklistItem,
    CriterionNarrative,
    StandardNode,
)
from assessments.services.checklists import READY_MADE
from assessments.services.narratives import (
    SAVING_VERBS,
    UNWRITTEN,
    write_narrative,
)
from assessments.services.reports import attach_report, withdraw_report
from assessments.standard_tree import shared_tree
from assessments.tree import Node
from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.conflicts import Disagreement, labels_of, save_form_or_none
from cse_tracker.accounts.drafts import DraftRequest, keeps_draft, restore_draft
from cse_tracker.accounts.models import Event
from cse_tracker.accounts.models.event import was_reworded
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.dates import local_day
from cse_tracker.core.downloads import attachment
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.stored_files import no_orphans


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
    sees_work = membership.may(Permission.READ)
    written = {each.node_id: each for each in assessment.narratives.all()}
    criteria = shared_tree(assessment.certification.standard).criteria
    steps = assessment.checklist.in_order().select_related("done_by")
    reworded = Event.objects.about(assessment).rewording(text_labels.VISIT)
    context = {
        "assessment": assessment,
        "criteria": [(node, written.get(node.id)) for node in criteria],
        "reports": assessment.reports.filter(withdrawn_at=None).order_by("-pk"),
        "steps": list(
            steps.annotate(has_earlier=was_reworded(ChecklistItem, text_labels.STEP))
        ),
        "has_earlier": sees_work and reworded.exists(),
        "usual_steps": len(READY_MADE),
        "today": local_day(timezone.now()),
        "can_write": assessment.is_open and membership.may(Permission.RATE),
        "can_edit": assessment.is_open and membership.may(Permission.PREPARE),
        "can_attach": membership.may(Permission.PREPARE),
        "sees_work": sees_work,
    }
    return render(request, "assessments/visit/about.html", context)


@require_http_methods(["GET", "POST"])
@assessment_view(Permission.RATE)
@keeps_draft(
    lambda _, assessment, criterion: narrative_subject(
        assessment, criterion_or_404(assessment, criterion)
    )
)
def narrative(
    request: DraftRequest, assessment: Assessment, criterion: int
) -> HttpResponse:
    """Write what the report says about one criterion."""
    node = criterion_or_404(assessment, criterion)
    back = about_url(assessment)
    away = turned_away(request, assessment, back)
    if away:
        return away
    current = narrative_of(assessment, node)
    form = NarrativeForm(
        request.POST or None, initial={"version": current.version, "text": current.text}
    )
    restore_draft(request, form)

    def save(values: dict[str, Any]) -> str:
        write_narrative(
            assessment=assessment,
            criterion=node,
            seen_version=form.cleaned_data["version"],
            by=request.user,
            **values,
        )
        return f"What the report says about {node} is saved."

    if form.is_valid():
        answer = save_form_or_none(
            request, current, form, _disagreement, save, back_url=back
        )
        if answer:
            return answer
    context = {
        "assessment": assessment,
        "node": node,
        "form": form,
        "narrative": current,
    }
    return render(request, "assessments/visit/narrative.html", context)


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


def criterion_or_404(assessment: Assessment, criterion: int) -> Node:
    """The criterion of this number, or Http404."""
    tree = shared_tree(assessment.certification.standard)
    node = tree.by_ref.get(str(criterion))
    if node is None:
        raise Http404("No such criterion")
    return node


def narrative_of(assessment: Assessment, criterion: Node) -> CriterionNarrative:
    """What stands there, or an empty one, not saved, where nobody has written yet."""
    written = assessment.narratives.select_related("node").filter(node=criterion.id)
    return written.first() or CriterionNarrative(
        organisation=assessment.organisation,
        assessment=assessment,
        node=StandardNode(pk=criterion.id, ref=criterion.ref, title=criterion.title),
        version=UNWRITTEN,
    )


def _disagreement(narrative: CriterionNarrative, form: NarrativeForm) -> Disagreement:
    return Disagreement(
        target=narrative,
        version=narrative.version,
        seen_version=form.cleaned_data["version"],
        theirs={"text": narrative.text},
        mine={"text": form.cleaned_data["text"]},
        labels=labels_of(form),
        saved_by=SAVING_VERBS,
        texts={"text"},
    )
