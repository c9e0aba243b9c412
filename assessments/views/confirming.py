"""Confirming an assessment, and opening it again."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.access import assessment_view
from assessments.confirming import element_totals
from assessments.forms.confirming import ConfirmForm, UnlockForm
from assessments.meanwhile import MEANWHILE, happened_since
from assessments.models import Assessment, Result
from assessments.rating_changes import RatingChange
from assessments.readings import (
    brought_in_nodes,
    carried_in,
    changes_in,
    stored_results,
)
from assessments.services.assessments import confirm_assessment, unlock_assessment
from assessments.services.ratings import RatingEntry
from assessments.standard_tree import tree_for
from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.history import Entry
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.errors import Conflict, RuleBroken
from cse_tracker.core.forms.renewal import with_version


@require_http_methods(["GET", "POST"])
@assessment_view(Permission.APPROVE)
def confirm(request: OrgRequest, assessment: Assessment) -> HttpResponse:
    """Look once more at what changed and what is missing, then lock the assessment."""
    if not assessment.is_open:
        who = f"{assessment.confirmed_by} confirmed it"
        messages.info(request, f"The {assessment} is confirmed already: {who}.")
        return redirect(assessment)
    tree = tree_for(request.organisation, assessment.certification.standard)
    changes = changes_in(assessment, tree)
    form = _confirm_form(request.POST or None, assessment, changes)
    meanwhile: list[Entry] = []
    if form.is_valid():
        try:
            confirm_assessment(
                assessment=assessment,
                seen_version=form.cleaned_data["version"],
                explanations=_explanations(form),
                now=timezone.now(),
                by=request.user,
            )
        except RuleBroken as rule:
            form.add_error(None, str(rule))
        except Conflict as conflict:
            meanwhile = happened_since(assessment, form.cleaned_data["version"])
            changes = changes_in(assessment, tree)
            renewed = _renewed(request, assessment, conflict)
            form = _confirm_form(renewed, assessment, changes)
            form.add_error(None, f"{MEANWHILE} Look again, then confirm it.")
        else:
            messages.success(request, f"The {assessment} is confirmed.")
            return redirect(assessment)
    counts = element_totals(stored_results(assessment), tree)
    carried = carried_in(assessment, tree)
    context = {
        "form": form,
        "assessment": assessment,
        "changes": changes,
        "counts": counts,
        "carried": carried,
        "carried_words": carried.in_words(counts),
        "meanwhile": meanwhile,
    }
    return render(request, "assessments/confirm.html", context)


@require_http_methods(["GET", "POST"])
@assessment_view(Permission.APPROVE)
def unlock(request: OrgRequest, assessment: Assessment) -> HttpResponse:
    """Open a confirmed assessment again, saying why."""
    if assessment.is_open:
        messages.info(request, f"The {assessment} is open: there is nothing to unlock.")
        return redirect(assessment)
    form = UnlockForm(request.POST or None, initial={"version": assessment.version})
    meanwhile: list[Entry] = []
    if form.is_valid():
        try:
            unlock_assessment(
                assessment=assessment,
                seen_version=form.cleaned_data["version"],
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
        except RuleBroken as rule:
            form.add_error(None, str(rule))
        except Conflict as conflict:
            meanwhile = happened_since(assessment, form.cleaned_data["version"])
            form = UnlockForm(_renewed(request, assessment, conflict))
            form.add_error(None, f"{MEANWHILE} Look again, then unlock it.")
        else:
            messages.success(request, f"The {assessment} is open again.")
            return redirect(assessment)
    context = {"form": form, "assessment": assessment, "meanwhile": meanwhile}
    return render(request, "assessments/unlock.html", context)


def _confirm_form(
    data: QueryDict | None, assessment: Assessment, changes: Sequence[RatingChange]
) -> ConfirmForm:
    return ConfirmForm(
        data,
        initial={"version": assessment.version},
        unexplained=[each for each in changes if not each.is_accounted_for],
        excused=brought_in_nodes(assessment),
    )


def _renewed(
    request: OrgRequest, assessment: Assessment, conflict: Conflict
) -> QueryDict:
    """What was sent, for the assessment and its ratings as they stand now."""
    data = with_version(request, assessment.version)
    for row in (clash.current for clash in conflict.clashes):
        if isinstance(row, Result):
            data[f"seen-{row.pk}"] = str(row.version)
    return data


def _explanations(form: ConfirmForm) -> list[RatingEntry]:
    """The ratings that changed as they stand, each with the reason that was entered."""
    return [
        RatingEntry(
            result_id=change.result.id,
            seen_version=seen_version,
            rating=change.after,
            sampled=change.result.sampled,
            reason=reason,
        )
        for change, seen_version, reason in form.explained()
    ]
