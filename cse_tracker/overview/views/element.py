"""One element in one assessment: what it asks, what was found, what will be done about it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.access import assessment_view
from assessments.checks.telling import Told
from assessments.draft_subjects import rating_subject
from assessments.forms.ratings import RatingForm
from assessments.models import Assessment, Result
from assessments.readings import known_ratings_before
from assessments.services.ratings import RatingEntry, rate_nodes
from assessments.tree import Node, Tree
from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.drafts import DraftRequest, keeps_draft, restore_draft
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.dates import local_day
from cse_tracker.core.errors import Conflict, RuleBroken
from cse_tracker.overview.checking import collect_told
from cse_tracker.overview.element_facts import (
    ElementFacts,
    collect_element_facts,
    tracked_nodes,
)
from cse_tracker.overview.element_typing import Typing, who_types

Clashes = list[tuple[str, str, str]]


@require_http_methods(["GET", "POST"])
@assessment_view(Permission.READ_RATINGS)
@keeps_draft(
    lambda _, assessment, node, tree: rating_subject(assessment, node),
    permission=Permission.RATE,
)
def element(
    request: DraftRequest, assessment: Assessment, node: Node, tree: Tree
) -> HttpResponse:
    """Show the element; with the right to rate, save its rating."""
    result = (
        Result.objects.filter(assessment=assessment, node=node.id)
        .select_related("node")
        .first()
    )
    form = _rating_form(request, assessment, result) if result else None
    if form:
        restore_draft(request, form)
    clashes: Clashes = []
    if form and result and form.is_valid():
        try:
            return _save(request, assessment, node, tree, form, result)
        except RuleBroken as rule:
            form.add_error(None, str(rule))
        except Conflict as conflict:
            form, clashes = _both_values(request, form, assessment, conflict)
    facts = collect_element_facts(request.membership, assessment, node, tree)
    return _show(request, facts, form, clashes)


def _rating_form(
    request: OrgRequest, assessment: Assessment, result: Result
) -> RatingForm:
    is_outside = not request.membership.may(Permission.READ)
    known = known_ratings_before(assessment, confirmed_only=is_outside)
    return RatingForm(
        request.POST or None,
        assessment=assessment,
        result=result,
        known=known.get(result.node_id),
    )


def _save(
    request: OrgRequest,
    assessment: Assessment,
    node: Node,
    tree: Tree,
    form: RatingForm,
    result: Result,
) -> HttpResponse:
    values = form.cleaned_data
    entry = RatingEntry(
        result_id=result.pk,
        seen_version=values["version"],
        rating=values["rating"],
        sampled=values["sampled"],
        reason=values["reason"],
    )
    saved = rate_nodes(assessment=assessment, entries=[entry], by=request.user)
    words = f"{node.ref} saved." if saved else f"Nothing had changed in {node.ref}."
    messages.success(request, words)
    if "save_next" in request.POST:
        following = tree.next_ratable(node, tracked_nodes(assessment)) or node
        return redirect(assessment.url_of(following.ref))
    return redirect(assessment.url_of(node.ref))


def _both_values(
    request: OrgRequest, form: RatingForm, assessment: Assessment, conflict: Conflict
) -> tuple[RatingForm, Clashes]:
    """The form with what was typed, ready to be saved over the newer value, and both values."""
    current = conflict.clashes[0].current
    assert isinstance(current, Result)  # noqa: S101  (narrows the type: results were asked for)
    mine = form.cleaned_data
    data = request.POST.copy()
    data["version"] = str(current.version)
    renewed = RatingForm(data, assessment=assessment, result=current, known=form.known)
    renewed.add_error(None, str(conflict))
    clashes = [
        (
            "Rating",
            current.get_rating_display() or "Not rated",
            mine["rating"].label if mine["rating"] else "Not rated",
        ),
        ("Sampled", _yes_or_no(current.sampled), _yes_or_no(mine["sampled"])),
        ("Reason", current.reason or "None", mine["reason"] or "None"),
    ]
    return renewed, [clash for clash in clashes if clash[1] != clash[2]]


def _yes_or_no(value: object) -> str:
    return "Yes" if value else "No"


def _typing(request: OrgRequest, facts: ElementFacts) -> list[Typing]:
    sees_work = request.membership.may(Permission.READ)
    return who_types(request, facts) if sees_work else []


def _told_here(facts: ElementFacts) -> list[Told]:
    """What checks found at this element, and not at others."""
    told = collect_told(facts.assessment, today=local_day(timezone.now()))
    return [each for each in told if each.hit.ref == facts.node.ref]


def _show(
    request: OrgRequest, facts: ElementFacts, form: RatingForm | None, clashes: Clashes
) -> HttpResponse:
    membership = request.membership
    is_open = facts.assessment.is_open
    sees_work = membership.may(Permission.READ)
    context: dict[str, Any] = {
        "facts": facts,
        "assessment": facts.assessment,
        "node": facts.node,
        "form": form,
        "clashes": clashes,
        "can_rate": is_open and membership.may(Permission.RATE),
        "can_respond": membership.may(Permission.RESPOND),
        "can_add_evidence": membership.may(Permission.ADD_EVIDENCE),
        "can_prepare": is_open and membership.may(Permission.PREPARE),
        "sees_findings": membership.may(Permission.READ_FINDINGS),
        "sees_answers": sees_work,
        "sees_others": membership.may(Permission.READ_ISSUED),
        "typing": _typing(request, facts),
        "told_here": _told_here(facts) if sees_work else [],
        "can_accept": membership.may(Permission.ACCEPT_FLAG),
        "here": f"{request.path}#checks",
    }
    status = 409 if clashes else 200
    return render(request, "overview/element.html", context, status=status)
