"""An organisation's own clauses of an element: added, reworded, taken in and out of a year."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from assessments.access import assessment_view
from assessments.finding_access import back_url, turned_away
from assessments.forms.assessments import VersionForm
from assessments.forms.standard import NewSubElementForm, RenameSubElementForm
from assessments.models import Assessment, StandardNode
from assessments.services import sub_elements as services
from assessments.standard_readings import standard_of
from assessments.tree import Kind, Node, Tree
from cse_tracker.accounts.access import OrgRequest, organisation_view
from cse_tracker.accounts.conflicts import (
    SeenDisagreement,
    labels_of,
    save_form_or_none,
)
from cse_tracker.accounts.models import Organisation
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.errors import Conflict, RuleBroken


@require_http_methods(["GET", "POST"])
@assessment_view(Permission.PREPARE)
def create(
    request: OrgRequest, assessment: Assessment, node: Node, tree: Tree
) -> HttpResponse:
    """Split a clause off an element; "save and add another" for the next one."""
    if node.kind is not Kind.ELEMENT:
        raise Http404("Only an element has sub-elements")
    back = back_url(request, assessment.url_of(node.ref))
    away = turned_away(request, assessment, back)
    if away:
        return away
    form = NewSubElementForm(request.POST or None)

    def write() -> str:
        services.add_sub_element(
            assessment=assessment,
            parent=node,
            statement=form.cleaned_data["statement"],
            by=request.user,
        )
        return request.get_full_path() if "another" in request.POST else back

    if form.is_valid():
        try:
            path = form.submit_once(request.user, write)
        except RuleBroken as rule:
            form.add_error(None, str(rule))
        else:
            messages.success(request, f"A sub-element of {node.ref} is added.")
            return redirect(path)
    children = tree.children(node)
    return _show_new(request, assessment, node, children, form=form, back=back)


@require_http_methods(["GET", "POST"])
@organisation_view(Permission.PREPARE)
def rename(request: OrgRequest, ref: str) -> HttpResponse:
    """Word a sub-element anew, for all years."""
    sub_element = _sub_element_or_404(request.organisation, ref)
    address = [request.organisation.slug, ref]
    back = back_url(request, reverse("assessments:standard_element", args=address))
    form = RenameSubElementForm(
        request.POST or None,
        initial={
            "statement": sub_element.statement,
            "seen_statement": sub_element.statement,
        },
    )

    def save(values: dict[str, Any]) -> str:
        services.rename_sub_element(
            sub_element=sub_element,
            seen_statement=form.cleaned_data["seen_statement"],
            by=request.user,
            **values,
        )
        return f"{ref} is saved."

    if form.is_valid():
        answer = save_form_or_none(
            request, sub_element, form, _disagreement, save, back_url=back
        )
        if answer:
            return answer
    context = {"form": form, "sub_element": sub_element, "back": back}
    return render(request, "assessments/standard/rename_sub_element.html", context)


@require_POST
@assessment_view(Permission.PREPARE)
def track(
    request: OrgRequest, assessment: Assessment, node: Node, tree: Tree
) -> HttpResponse:
    """Rate a sub-element of another year in this one too."""
    sub_element = _own_or_404(request.organisation, node)
    try:
        services.track_sub_element_in(
            assessment=assessment, sub_element=sub_element, by=request.user
        )
    except RuleBroken as rule:
        messages.error(request, str(rule))
    else:
        messages.success(request, f"{node.ref} is rated in this assessment too.")
    return redirect(back_url(request, assessment.url_of(node.parent_ref)))


@require_http_methods(["GET", "POST"])
@assessment_view(Permission.PREPARE)
def drop(
    request: OrgRequest, assessment: Assessment, node: Node, tree: Tree
) -> HttpResponse:
    """Ask once, then stop rating a sub-element in this year."""
    sub_element = _own_or_404(request.organisation, node)
    back = back_url(request, assessment.url_of(node.parent_ref))
    away = turned_away(request, assessment, back)
    if away:
        return away
    result = get_object_or_404(assessment.results, node=node.id)
    form = VersionForm(request.POST or None, initial={"version": result.version})
    if form.is_valid():
        try:
            services.drop_sub_element_from(
                assessment=assessment,
                sub_element=sub_element,
                seen_version=form.cleaned_data["version"],
                by=request.user,
            )
        except (RuleBroken, Conflict) as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{node.ref} is no longer in this assessment.")
        return redirect(back)
    context = {
        "assessment": assessment,
        "node": node,
        "result": result,
        "form": form,
        "back": back,
    }
    return render(request, "assessments/standard/drop_sub_element.html", context)


def _show_new(
    request: OrgRequest,
    assessment: Assessment,
    node: Node,
    children: list[Node],
    *,
    form: NewSubElementForm,
    back: str,
) -> HttpResponse:
    tracked = set(assessment.results.values_list("node_id", flat=True))
    context = {
        "assessment": assessment,
        "node": node,
        "form": form,
        "back": back,
        "tracked": [child for child in children if child.id in tracked],
        "untracked": [child for child in children if child.id not in tracked],
    }
    return render(request, "assessments/standard/new_sub_element.html", context)


def _disagreement(
    sub_element: StandardNode, form: RenameSubElementForm
) -> SeenDisagreement:
    return SeenDisagreement(
        target=sub_element,
        ancestral={"statement": form.cleaned_data["seen_statement"]},
        hidden={"seen_statement": sub_element.statement},
        theirs={"statement": sub_element.statement},
        mine={"statement": form.cleaned_data["statement"]},
        labels=labels_of(form),
        saved_by=services.SAVING_VERBS,
        texts={"statement"},
    )


def _sub_element_or_404(organisation: Organisation, ref: str) -> StandardNode:
    own = StandardNode.objects.added_by(organisation).select_related("organisation")
    return get_object_or_404(own, standard=standard_of(organisation), ref=ref)


def _own_or_404(organisation: Organisation, node: Node) -> StandardNode:
    own = StandardNode.objects.added_by(organisation).select_related("organisation")
    return get_object_or_404(own, pk=node.id)
