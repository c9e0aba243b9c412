"""One element in one assessment: what it asks, what was found, what will be done about it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments import text_labels
from assessments.access import assessment_view
from assessments.checks.telling import Told
from assessments.draft_subjects import rating_subject
from assessments.forms.ratings import RatingForm
from assessments.models import Assessment, Result
from assessments.readings import known_ratings_before
from assessments.services.ratings import SAVING_VERBS, RatingEntry, rate_nodes
from assessments.tree import Node, Tree
from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.conflicts import Disagreement, save_or_ask
from cse_tracker.accounts.drafts import DraftRequest, keeps_draft, restore_draft
from cse_tracker.accounts.history import events_about
from cse_tracker.accounts.permissions import Permission
from cse_tracker.accounts.versions import versions_of
from cse_tracker.core.dates import local_day
from cse_tracker.core.errors import RuleBroken
from cse_tracker.overview.checking import collect_told
from cse_tracker.overview.element_facts import (
    ElementFacts,
    collect_element_facts,
    tracked_nodes,
)
from cse_tracker.overview.element_typing import Typing, who_types


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
    if form and result and form.is_valid():
        try:
            return _save(request, assessment, node, tree, form, result)
        except RuleBroken as rule:
            form.add_error(None, str(rule))
    facts = collect_element_facts(request.membership, assessment, node, tree)
    return _show(request, facts, tree, form, result)


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
    written: list[Result] = []

    def save(values: dict[str, Any]) -> None:
        entry = RatingEntry(
            result_id=result.pk,
            seen_version=form.cleaned_data["version"],
            rating=values["rating"] or None,
            sampled=values["sampled"],
            reason=values["reason"],
        )
        written.extend(
            rate_nodes(assessment=assessment, entries=[entry], by=request.user)
        )

    asked = save_or_ask(
        request,
        result,
        partial(_disagreement, form=form),
        save,
        back_url=assessment.url_of(node.ref),
    )
    if asked:
        return asked
    words = f"{node.ref} saved." if written else f"Nothing had changed in {node.ref}."
    messages.success(request, words)
    if "save_next" in request.POST:
        following = tree.next_ratable(node, tracked_nodes(assessment)) or node
        return redirect(assessment.url_of(following.ref))
    return redirect(assessment.url_of(node.ref))


def _disagreement(result: Result, form: RatingForm) -> Disagreement:
    mine = {name: form.cleaned_data[name] for name in text_labels.RATING}
    return Disagreement(
        target=result,
        version=result.version,
        seen_version=form.cleaned_data["version"],
        theirs={
            "rating": result.rating_or_none or "",
            "sampled": result.sampled,
            "reason": result.reason,
        },
        mine=mine | {"rating": mine["rating"] or ""},
        labels=text_labels.RATING,
        saved_by=SAVING_VERBS,
        texts={"reason"},
    )


def _was_rated_otherwise(result: Result | None) -> bool:
    """Whether the result has an earlier version that says something."""
    if result is None or result.version == 1:
        return False
    values = {name: getattr(result, name) for name in text_labels.RATING}
    return len(versions_of(events_about(result), values)) > 1


def _typing(request: OrgRequest, facts: ElementFacts) -> list[Typing]:
    sees_work = request.membership.may(Permission.READ)
    return who_types(request, facts) if sees_work else []


def _told_here(facts: ElementFacts, tree: Tree) -> list[Told]:
    """What checks found at this element, and not at others."""
    today = local_day(timezone.now())
    told = collect_told(facts.assessment, today=today, tree=tree)
    return [each for each in told if each.hit.ref == facts.node.ref]


def _show(
    request: OrgRequest,
    facts: ElementFacts,
    tree: Tree,
    form: RatingForm | None,
    result: Result | None,
) -> HttpResponse:
    membership = request.membership
    is_open = facts.assessment.is_open
    sees_work = membership.may(Permission.READ)
    context: dict[str, Any] = {
        "facts": facts,
        "assessment": facts.assessment,
        "node": facts.node,
        "form": form,
        "can_rate": is_open and membership.may(Permission.RATE),
        "can_respond": membership.may(Permission.RESPOND),
        "can_add_evidence": membership.may(Permission.ADD_EVIDENCE),
        "can_prepare": is_open and membership.may(Permission.PREPARE),
        "sees_findings": membership.may(Permission.READ_FINDINGS),
        "sees_answers": sees_work,
        "sees_others": membership.may(Permission.READ_ISSUED),
        "has_earlier": sees_work and _was_rated_otherwise(result),
        "typing": _typing(request, facts),
        "told_here": _told_here(facts, tree) if sees_work else [],
        "can_accept": membership.may(Permission.ACCEPT_FLAG),
        "here": f"{request.path}#checks",
    }
    return render(request, "overview/element.html", context)
