"""From what the assessor raised to an action, or to the reason why there is none."""

from pathlib import PurePosixPath

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from actions.access import finding_or_404
from actions.forms.action import PlanActionForm
from actions.forms.decision import DecisionForm
from actions.readings import (
    actions_by_finding,
    open_actions_nearby,
    places_of,
    proposed_title,
    undecided_after,
)
from actions.services.planning import answer_with, decline_to_act, plan_action
from assessments.models import Finding
from cse_tracker.accounts.access import OrgRequest, organisation_view
from cse_tracker.accounts.drafts import DraftRequest, keeps_draft, restore_draft
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.dates import local_day
from cse_tracker.core.errors import Conflict, RuleBroken
from cse_tracker.core.forms import Problem
from cse_tracker.core.forms.renewal import with_version
from cse_tracker.core.keys import key_or_none

# The address of who decides on all comments of a visit, one after the other.
IN_TURN = "?in_turn=on"
# Their list on the page of the plan.
UNDECIDED = "#undecided"
PLANNED = (
    '<a class="govuk-notification-banner__link" href="{}">Action {}</a> is in the plan.'
)


@require_http_methods(["GET", "POST"])
@organisation_view(Permission.RESPOND)
@keeps_draft(lambda request, finding: _decision_subject(request, finding))
def decide(request: DraftRequest, finding: int) -> HttpResponse:
    """Will you act on it? Yes leads to the action form, no keeps the reason."""
    found = finding_or_404(request.organisation, finding)
    form = _decision_form(request, found)
    restore_draft(request, form)
    if not form.is_valid():
        return _show_decision(request, found, form)
    if not form.will_not_act and not form.existing_action:
        _tell_of_lost_reason(request, form)
        address = reverse("actions:create", args=[request.organisation.slug])
        turn = "&in_turn=on" if _in_turn(request) else ""
        return redirect(f"{address}?finding={found.pk}{turn}")
    try:
        words = _decide(request, found, form)
    except RuleBroken as rule:
        form.add_error(None, str(rule))
        return _show_decision(request, found, form)
    except Conflict as conflict:
        newer = finding_or_404(request.organisation, finding)
        again = _decision_form(request, newer, renewed=True)
        return _show_decision(request, newer, again, conflict)
    messages.success(request, words)
    _tell_of_lost_reason(request, form)
    return redirect(_onward_url(request, found, _back_url(request, found)))


@require_http_methods(["GET", "POST"])
@organisation_view(Permission.RESPOND)
@keeps_draft(lambda request: _plan_subject(request))
def create(request: DraftRequest) -> HttpResponse:
    """Plan an action: by itself, or for the finding that the address names."""
    finding = _finding_of(request)
    form = _plan_form(request, finding)
    restore_draft(request, form)
    if not form.is_valid():
        return _show_plan(request, finding, form)

    def write() -> str:
        return plan_action(
            organisation=request.organisation,
            details=form.details,
            finding=finding,
            seen_version=form.cleaned_data["version"],
            by=request.user,
        ).get_absolute_url()

    try:
        path = form.submit_once(request.user, write)
    except RuleBroken as rule:
        form.add_error(None, str(rule))
        return _show_plan(request, finding, form)
    except Conflict as conflict:
        newer = _finding_of(request)
        return _show_plan(
            request, newer, _plan_form(request, newer, renewed=True), conflict
        )
    messages.success(request, format_html(PLANNED, path, PurePosixPath(path).name))
    return redirect(_onward_url(request, finding, path) if finding else path)


def _decide(request: OrgRequest, finding: Finding, form: DecisionForm) -> str:
    """Save the answer; what to say about it."""
    seen_version = form.cleaned_data["version"]
    action = form.existing_action
    if action is None:
        decline_to_act(
            finding=finding,
            seen_version=seen_version,
            reason=form.cleaned_data["reason"],
            by=request.user,
        )
        return "Your decision is saved: you will not act on it."
    answer_with(
        action=action, finding=finding, seen_version=seen_version, by=request.user
    )
    return f"Action {action.number} answers this comment too."


def _tell_of_lost_reason(request: OrgRequest, form: DecisionForm) -> None:
    if form.cleaned_data["reason"] and not form.will_not_act:
        messages.info(
            request, "You said yes, so the reason for not acting will not be kept."
        )


def _decision_form(
    request: OrgRequest, finding: Finding, *, renewed: bool = False
) -> DecisionForm:
    """The form; ``renewed`` with what was answered, for the finding as it stands now."""
    data = with_version(request, finding.version) if renewed else request.POST or None
    return DecisionForm(data, finding=finding, nearby=open_actions_nearby(finding))


def _finding_of(request: OrgRequest) -> Finding | None:
    named = request.GET.get("finding", "")
    if not named:
        return None
    key = key_or_none(named)
    if key is None:
        raise Http404("No such finding")
    return finding_or_404(request.organisation, key)


def _decision_subject(request: OrgRequest, finding: int) -> str:
    return f"decision:{finding_or_404(request.organisation, finding).pk}"


def _plan_subject(request: OrgRequest) -> str:
    """The new action, for the finding that the address names."""
    finding = _finding_of(request)
    return f"action-new:{finding.pk if finding else ''}"


def _plan_form(
    request: OrgRequest, finding: Finding | None, *, renewed: bool = False
) -> PlanActionForm:
    """The form; ``renewed`` with what was typed, for the finding as it stands now."""
    data = (
        with_version(request, finding.version)
        if finding and renewed
        else request.POST or None
    )
    return PlanActionForm(
        data,
        organisation=request.organisation,
        today=local_day(timezone.now()),
        answers=finding is not None,
        initial={
            "title": proposed_title(finding) if finding else "",
            "service": request.membership.service_id,
            "status": "not_started",
            "version": finding.version if finding else None,
        },
    )


def _show_decision(
    request: OrgRequest,
    finding: Finding,
    form: DecisionForm,
    conflict: Conflict | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        **_about(request, finding),
        "problems": _problems(conflict),
        "conflict": conflict,
    }
    return render(request, "actions/decide.html", context, status=_status(conflict))


def _show_plan(
    request: OrgRequest,
    finding: Finding | None,
    form: PlanActionForm,
    conflict: Conflict | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        **(_about(request, finding) if finding else {"back_url": _list_url(request)}),
        "problems": _problems(conflict),
        "conflict": conflict,
    }
    return render(request, "actions/create.html", context, status=_status(conflict))


def _about(request: OrgRequest, finding: Finding) -> dict[str, object]:
    """The finding, its place and the actions that answer it already."""
    organisation = request.organisation
    waiting = undecided_after(finding) if _in_turn(request) else []
    return {
        "finding": finding,
        "place": places_of([finding], organisation)[0],
        "existing_actions": actions_by_finding([finding.pk], organisation)[finding.pk],
        "back_url": _back_url(request, finding),
        "in_turn": _in_turn(request),
        "waiting": len(waiting) + (finding.decision == Finding.Decision.UNDECIDED),
        "following_url": _decide_url(request, waiting[0]) if waiting else "",
    }


def _back_url(request: OrgRequest, finding: Finding) -> str:
    """The element's page, or the plan for a finding about no element and who came from there."""
    if _in_turn(request):
        return _list_url(request) + UNDECIDED
    place = places_of([finding], request.organisation)[0]
    return place.url or _list_url(request)


def _list_url(request: OrgRequest) -> str:
    return reverse("actions:list", args=[request.organisation.slug])


def _onward_url(request: OrgRequest, finding: Finding, otherwise: str) -> str:
    """Who decides on one comment after the other goes on to the next that waits."""
    if not _in_turn(request):
        return otherwise
    waiting = undecided_after(finding)
    if waiting:
        return _decide_url(request, waiting[0])
    return _list_url(request)


def _decide_url(request: OrgRequest, finding: Finding) -> str:
    slug = request.organisation.slug
    return reverse("actions:decide", args=[slug, finding.pk]) + IN_TURN


def _in_turn(request: OrgRequest) -> bool:
    return "in_turn" in request.GET


def _problems(conflict: Conflict | None) -> list[Problem]:
    return [Problem(str(conflict))] if conflict else []


def _status(conflict: Conflict | None) -> int:
    return 409 if conflict else 200
