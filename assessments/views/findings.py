"""One comment of the assessor's: entered, corrected, moved, withdrawn, restored."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from assessments import text_labels
from assessments.access import assessment_view
from assessments.draft_subjects import finding_subject, new_finding_subject
from assessments.finding_access import (
    back_url,
    finding_view,
    turned_away,
    url_of_finding,
    url_of_findings,
)
from assessments.finding_readings import responses_pointed_at
from assessments.forms.assessments import VersionForm
from assessments.forms.findings import EditFindingForm, NewFindingForm
from assessments.models import Assessment, Finding, StandardNode
from assessments.ratings import Rating
from assessments.services.findings import (
    SAVING_VERBS,
    Move,
    add_finding,
    edit_finding,
    move_finding,
    restore_finding,
    withdraw_finding,
)
from assessments.services.responses import add_response, link_response
from assessments.standard_tree import tree_for
from assessments.tree import Node, Tree
from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.conflicts import Disagreement, save_form_or_none
from cse_tracker.accounts.drafts import DraftRequest, keeps_draft, restore_draft
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.errors import Conflict, RuleBroken
from cse_tracker.core.keys import key_or_none


@require_http_methods(["GET", "POST"])
@assessment_view(Permission.RATE)
@keeps_draft(lambda _, assessment, node, tree: new_finding_subject(assessment, node))
def create(
    request: DraftRequest, assessment: Assessment, node: Node, tree: Tree
) -> HttpResponse:
    """A comment on an element, perhaps with the first response to it."""
    return _create(request, assessment, node)


@require_http_methods(["GET", "POST"])
@assessment_view(Permission.RATE)
@keeps_draft(lambda _, assessment: new_finding_subject(assessment))
def create_general(request: DraftRequest, assessment: Assessment) -> HttpResponse:
    """A comment about no element."""
    return _create(request, assessment, None)


@require_http_methods(["GET", "POST"])
@finding_view(Permission.RATE)
@keeps_draft(lambda _, assessment, finding: finding_subject(finding))
def edit(
    request: DraftRequest, assessment: Assessment, finding: Finding
) -> HttpResponse:
    """Correct a comment; a correction that somebody else made meanwhile is shown, not lost."""
    back = back_url(request, url_of_finding(assessment, finding))
    away = turned_away(request, assessment, back)
    if away:
        return away
    form = EditFindingForm(
        request.POST or None,
        initial={
            "version": finding.version,
            "kind": finding.kind,
            "comment": finding.comment,
        },
    )
    restore_draft(request, form)

    def save(values: dict[str, Any]) -> str:
        edit_finding(
            finding=finding,
            seen_version=form.cleaned_data["version"],
            by=request.user,
            **values,
        )
        return "The comment is saved."

    if form.is_valid():
        answer = save_form_or_none(
            request, finding, form, _disagreement, save, back_url=back
        )
        if answer:
            return answer
    return _show(request, assessment, finding.node, form, back, finding=finding)


@require_http_methods(["GET", "POST"])
@finding_view(Permission.RATE)
def withdraw(
    request: OrgRequest, assessment: Assessment, finding: Finding
) -> HttpResponse:
    """Ask once, then take the comment out; the list of all comments can restore it."""
    ref = finding.node.ref if finding.node else ""
    back = back_url(request, url_of_findings(assessment, ref))
    away = turned_away(request, assessment, back)
    if away:
        return away
    form = VersionForm(request.POST or None, initial={"version": finding.version})
    if form.is_valid():
        try:
            withdraw_finding(
                finding=finding,
                seen_version=form.cleaned_data["version"],
                now=timezone.now(),
                by=request.user,
            )
        except (RuleBroken, Conflict) as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request, "The comment is withdrawn. “All comments” can restore it."
            )
        return redirect(back)
    context = {"assessment": assessment, "finding": finding, "form": form, "back": back}
    return render(request, "assessments/findings/withdraw.html", context)


@require_POST
@finding_view(Permission.RATE)
def restore(
    request: OrgRequest, assessment: Assessment, finding: Finding
) -> HttpResponse:
    """Bring a withdrawn comment back."""
    form = VersionForm(request.POST)
    if form.is_valid():
        try:
            restore_finding(
                finding=finding,
                seen_version=form.cleaned_data["version"],
                by=request.user,
            )
        except (RuleBroken, Conflict) as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "The comment is back in its place.")
    return redirect(back_url(request, url_of_finding(assessment, finding)))


@require_POST
@finding_view(Permission.RATE)
def move(request: OrgRequest, assessment: Assessment, finding: Finding) -> HttpResponse:
    """Give the comment the place that was posted among those of its element."""
    place = key_or_none(request.POST.get("to", ""))
    back = back_url(request, url_of_finding(assessment, finding))
    try:
        if place is not None:
            move = move_finding(finding=finding, to=place, by=request.user)
            # A browser gives the focus to the button that the address names, so that one can
            # press it again.
            back = f"{back.partition('#')[0]}#{_button_after(move)}-{finding.pk}"
    except RuleBroken as rule:
        messages.error(request, str(rule))
    return redirect(back)


def _button_after(move: Move) -> str:
    """The button that was pressed, or the other one at the end of the list."""
    goes_up = move.after < move.before
    if move.after in {1, move.last}:
        goes_up = move.after == move.last
    return "move-up" if goes_up else "move-down"


def _create(
    request: DraftRequest, assessment: Assessment, node: Node | None
) -> HttpResponse:
    back = back_url(request, url_of_findings(assessment, node.ref if node else ""))
    away = turned_away(request, assessment, back)
    if away:
        return away
    form = NewFindingForm(
        request.POST or None,
        can_respond=request.membership.may(Permission.RESPOND),
        pointed_at=partial(responses_pointed_at, assessment, node=node),
        initial={"kind": _likely_kind(assessment, node)},
    )
    restore_draft(request, form)
    if form.is_valid():
        try:
            path = form.submit_once(
                request.user, lambda: _write(request, assessment, node, form)
            )
        except RuleBroken as rule:
            form.add_error(None, str(rule))
        else:
            messages.success(request, "The comment is saved.")
            return redirect(back_url(request, path))
    return _show(request, assessment, node, form, back)


def _write(
    request: OrgRequest,
    assessment: Assessment,
    node: Node | None,
    form: NewFindingForm,
) -> str:
    """Make the comment and its first response; return where they stand."""
    finding = add_finding(
        assessment=assessment,
        node=node,
        kind=Finding.Kind(form.cleaned_data["kind"]),
        comment=form.cleaned_data["comment"],
        by=request.user,
    )
    text = form.cleaned_data.get("response")
    if form.answering:
        link_response(response=form.answering, finding=finding, by=request.user)
    elif text:
        add_response(findings=[finding], text=text, by=request.user)
    return url_of_finding(assessment, finding)


def _disagreement(finding: Finding, form: EditFindingForm) -> Disagreement:
    return Disagreement(
        target=finding,
        version=finding.version,
        seen_version=form.cleaned_data["version"],
        theirs={"kind": Finding.Kind(finding.kind), "comment": finding.comment},
        mine={
            "kind": Finding.Kind(form.cleaned_data["kind"]),
            "comment": form.cleaned_data["comment"],
        },
        labels=text_labels.FINDING,
        saved_by=SAVING_VERBS,
        texts={"comment"},
    )


def _as_worded(
    request: OrgRequest, assessment: Assessment, node: Node | StandardNode | None
) -> Node | StandardNode | None:
    """The node in the words that the organisation adopted."""
    if not isinstance(node, StandardNode):
        return node
    tree = tree_for(request.organisation, assessment.certification.standard)
    return tree.by_id[node.pk]


def _likely_kind(assessment: Assessment, node: Node | None) -> str:
    """What a first comment most likely says: why, where the rating is partial or worse."""
    if node is None:
        return Finding.Kind.IMPROVEMENT.value
    result = assessment.results.filter(node=node.id).first()
    rating: Rating | None = result.rating_or_none if result else None
    asks_why = rating is not None and rating.must_be_put_right()
    return (Finding.Kind.COMPLIANCE if asks_why else Finding.Kind.IMPROVEMENT).value


def _show(
    request: OrgRequest,
    assessment: Assessment,
    node: Node | StandardNode | None,
    form: NewFindingForm | EditFindingForm,
    back: str,
    *,
    finding: Finding | None = None,
) -> HttpResponse:
    context = {
        "assessment": assessment,
        "node": _as_worded(request, assessment, node),
        "form": form,
        "back": back,
        "finding": finding,
    }
    return render(request, "assessments/findings/form.html", context)
