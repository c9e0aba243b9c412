"""The dated steps of an assessment's year: a list to tick."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from assessments.access import assessment_view
from assessments.forms.visit import AddStepForm, EditStepForm, TickForm
from assessments.models import Assessment, ChecklistItem
from assessments.services import checklists
from assessments.services.checklists import Step
from assessments.views.visit import about_url
from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.conflicts import Disagreement, labels_of, save_form_or_none
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.dates import local_day
from cse_tracker.core.errors import Conflict, RuleBroken


@require_POST
@assessment_view(Permission.PREPARE)
def use_usual(request: OrgRequest, assessment: Assessment) -> HttpResponse:
    """Begin with the usual steps."""
    try:
        checklists.add_ready_made_steps(assessment=assessment, by=request.user)
    except RuleBroken as rule:
        messages.error(request, str(rule))
    return redirect(list_url(assessment))


@require_http_methods(["GET", "POST"])
@assessment_view(Permission.PREPARE)
def add(request: OrgRequest, assessment: Assessment) -> HttpResponse:
    """Add a step of one's own."""
    form = AddStepForm(request.POST or None)

    def write() -> str:
        checklists.add_step(assessment=assessment, step=form.step, by=request.user)
        return list_url(assessment)

    if form.is_valid():
        try:
            return redirect(form.submit_once(request.user, write))
        except RuleBroken as rule:
            form.add_error(None, str(rule))
    return _show(request, assessment, form, "Add a step")


@require_http_methods(["GET", "POST"])
@assessment_view(Permission.PREPARE)
def edit(request: OrgRequest, assessment: Assessment, item: int) -> HttpResponse:
    """Reword a step or give it a date."""
    found = item_or_404(assessment, item)
    initial = {"text": found.text, "due_on": found.due_on, "version": found.version}
    form = EditStepForm(request.POST or None, initial=initial)

    def save(values: dict[str, Any]) -> str:
        checklists.edit_step(
            item=found,
            seen_version=form.cleaned_data["version"],
            step=Step(**values),
            by=request.user,
        )
        return "The step is saved."

    if form.is_valid():
        back = list_url(assessment)
        answer = save_form_or_none(
            request, found, form, _disagreement, save, back_url=back
        )
        if answer:
            return answer
    return _show(request, assessment, form, "Change a step", found)


@require_POST
@assessment_view(Permission.PREPARE)
def tick(request: OrgRequest, assessment: Assessment, item: int) -> HttpResponse:
    """Tick a step as done today, or take the tick back."""
    found = item_or_404(assessment, item)
    form = TickForm(request.POST)
    if form.is_valid():
        on = local_day(timezone.now()) if form.cleaned_data["done"] else None
        try:
            checklists.tick_step(
                item=found,
                seen_version=form.cleaned_data["version"],
                on=on,
                by=request.user,
            )
        except (RuleBroken, Conflict) as refusal:
            messages.error(request, str(refusal))
    return redirect(list_url(assessment))


@require_POST
@assessment_view(Permission.PREPARE)
def remove(request: OrgRequest, assessment: Assessment, item: int) -> HttpResponse:
    """Take a step off the list."""
    checklists.remove_step(item=item_or_404(assessment, item), by=request.user)
    messages.success(request, "The step is removed.")
    return redirect(list_url(assessment))


def _disagreement(item: ChecklistItem, form: EditStepForm) -> Disagreement:
    return Disagreement(
        target=item,
        version=item.version,
        seen_version=form.cleaned_data["version"],
        theirs={"text": item.text, "due_on": item.due_on},
        mine=asdict(form.step),
        labels=labels_of(form),
        saved_by=checklists.SAVING_VERBS,
    )


def item_or_404(assessment: Assessment, item: int) -> ChecklistItem:
    """A step of the assessment, or Http404."""
    items = assessment.checklist.select_related("organisation")
    return get_object_or_404(items, pk=item)


def list_url(assessment: Assessment) -> str:
    """Where the steps stand."""
    return f"{about_url(assessment)}#checklist"


def _show(
    request: OrgRequest,
    assessment: Assessment,
    form: AddStepForm | EditStepForm,
    heading: str,
    item: ChecklistItem | None = None,
) -> HttpResponse:
    context = {
        "assessment": assessment,
        "form": form,
        "heading": heading,
        "item": item,
        "back_url": list_url(assessment),
    }
    return render(request, "assessments/visit/step.html", context)
