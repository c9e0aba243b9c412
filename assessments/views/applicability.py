"""Saying that an element does not apply to the organisation, or applies again."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from assessments.access import assessment_view
from assessments.finding_access import back_url, turned_away
from assessments.forms.standard import APPLIES, APPLIES_NOT, ApplicabilityForm
from assessments.models import Assessment, Result
from assessments.services.applicability import set_applicability
from assessments.tree import Kind, Node, Tree
from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.errors import Conflict, RuleBroken
from cse_tracker.core.forms.renewal import with_version


@require_http_methods(["GET", "POST"])
@assessment_view(Permission.PREPARE)
def applicability(
    request: OrgRequest, assessment: Assessment, node: Node, tree: Tree
) -> HttpResponse:
    """Ask whether the element applies and, if not, why."""
    if node.kind is not Kind.ELEMENT:
        raise Http404("Sub-elements are taken out instead")
    back = back_url(request, assessment.url_of(node.ref))
    away = turned_away(request, assessment, back)
    if away:
        return away
    result = _result_or_404(assessment, node)
    form = _form(request, result)
    if form.is_valid():
        try:
            _save(request, result, form)
        except RuleBroken as rule:
            form.add_error(None, str(rule))
        except Conflict:
            result = _result_or_404(assessment, node)
            form = _form(request, result, renewed=True)
            form.add_error(None, _words_for_conflict(result))
        else:
            return redirect(back)
    context = {
        "assessment": assessment,
        "node": node,
        "result": result,
        "form": form,
        "back": back,
        "has_sub_elements": bool(tree.children(node)),
    }
    return render(request, "assessments/standard/applicability.html", context)


def _save(request: OrgRequest, result: Result, form: ApplicabilityForm) -> None:
    set_applicability(
        result=result,
        seen_version=form.cleaned_data["version"],
        applicable=form.is_applicable,
        reason=form.cleaned_data["reason"],
        by=request.user,
    )
    applies = "applies" if form.is_applicable else "does not apply"
    messages.success(request, f"{result.node.ref} {applies} to your organisation.")


def _result_or_404(assessment: Assessment, node: Node) -> Result:
    results = Result.objects.select_related("assessment", "node", "organisation")
    return get_object_or_404(results, assessment=assessment, node=node.id)


def _form(
    request: OrgRequest, result: Result, *, renewed: bool = False
) -> ApplicabilityForm:
    """The form; ``renewed`` with what was chosen, for the result as it stands now."""
    data = with_version(request, result.version) if renewed else request.POST or None
    initial = {
        "version": result.version,
        "applies": APPLIES if result.applicable else APPLIES_NOT,
        "reason": "" if result.applicable else result.reason,
    }
    return ApplicabilityForm(data, initial=initial)


def _words_for_conflict(result: Result) -> str:
    rating = result.get_rating_display() or "not rated"
    now = rating if result.applicable else f"does not apply ({result.reason})"
    return (
        f"Someone changed {result.node.ref} after you opened this page. "
        f"It now says: {now}. Save again to put your answer in its place."
    )
