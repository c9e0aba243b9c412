"""One action: read, changed, withdrawn and restored."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from actions.access import action_view
from actions.closing import Closing
from actions.forms.action import UpdateActionForm, VersionForm
from actions.history import history_of
from actions.models import Action
from actions.readings import due_moves_of, notes_of, places_of, ratings_to_look_at
from actions.services.details import ActionDetails, details_of
from actions.services.finishing import CLAIM, CLOSE, DECLINE, REOPEN, how_to_close
from actions.services.updating import (
    check_in_progress,
    check_not_withdrawn,
    restore_action,
    update_action,
    withdraw_action,
)
from actions.wording import LABELS, LONG_TEXTS, SAVING_VERBS, TEXTS
from assessments.finding_access import back_url
from assessments.models import Finding, Result
from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.conflicts import Disagreement, save_form_or_none
from cse_tracker.accounts.drafts import DraftRequest, keeps_draft, restore_draft
from cse_tracker.accounts.models import Event
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.dates import local_day
from cse_tracker.core.errors import Conflict, RuleBroken


@require_safe
@action_view(Permission.READ)
def show(request: OrgRequest, action: Action) -> HttpResponse:
    """What will be done, the findings that it answers, and what happened so far."""
    findings = (
        Finding.objects.standing()
        .filter(action_links__action=action)
        .select_related("node", "finding_set__assessment")
    )
    plan_url = reverse("actions:list", args=[request.organisation.slug])
    context = {
        "action": action,
        "back_url": back_url(request, plan_url),
        "places": places_of(findings, request.organisation),
        "moves": due_moves_of([action])[action.pk],
        "notes": notes_of(action),
        "evidence": list(action.evidence.order_by("number")),
        "to_look_at": _to_look_at(action),
        "history": history_of(action),
        "has_earlier": Event.objects.about(action).rewording(TEXTS).exists(),
        "may": _may(request, action),
        "version_form": VersionForm(initial={"version": action.version}),
    }
    return render(request, "actions/action.html", context)


@require_http_methods(["GET", "POST"])
@action_view(Permission.UPDATE_ACTION)
@keeps_draft(lambda _, action: f"action:{action.pk}")
def update(request: DraftRequest, action: Action) -> HttpResponse:
    """Change the action; a change that somebody else made meanwhile is shown, not lost.

    What can't be changed has no such page; what was typed before that is answered all the same.
    """
    if not request.POST:
        check_not_withdrawn(action)
        check_in_progress(action)
    form = UpdateActionForm(
        request.POST or None,
        organisation=request.organisation,
        today=local_day(timezone.now()),
        action=action,
        answers=Finding.objects.standing().filter(action_links__action=action).exists(),
    )
    restore_draft(request, form)
    answer = _save_or_none(request, action, form) if form.is_valid() else None
    context = {"form": form, "action": action}
    return answer or render(request, "actions/update.html", context)


@require_http_methods(["GET", "POST"])
@action_view(Permission.UPDATE_ACTION)
def withdraw(request: OrgRequest, action: Action) -> HttpResponse:
    """Ask once, then take the action out of the plan; its page offers to restore it."""
    if request.method == "GET":
        form = VersionForm(initial={"version": action.version})
        context = {"action": action, "form": form}
        return render(request, "actions/withdraw.html", context)
    return _move(request, action, withdraw_action, "withdrawn", now=timezone.now())


@require_POST
@action_view(Permission.UPDATE_ACTION)
def restore(request: OrgRequest, action: Action) -> HttpResponse:
    """Put the action back into the plan."""
    return _move(request, action, restore_action, "back in the plan")


def _to_look_at(action: Action) -> list[Result]:
    """What a closed action suggests to look at; of others nothing."""
    if action.status != Action.Status.CLOSED or action.finished_at is None:
        return []
    return ratings_to_look_at(action, closed_on=local_day(action.finished_at))


def _may(request: OrgRequest, action: Action) -> dict[str, bool]:
    """What this person may do with the action as it stands, for its buttons."""
    may = request.membership.may
    can_update = may(Permission.UPDATE_ACTION)
    can_tell = can_update or action.is_owned_by(request.membership)
    can_finish = may(Permission.FINISH_ACTION)
    can_close = can_finish and CLOSE.fits(action)
    is_anothers = can_close and _is_anothers_to_close(request, action)
    return {
        "update": can_update,
        "change": can_update and action.is_being_done,
        "claim": can_tell and CLAIM.fits(action),
        "decline": can_update and DECLINE.fits(action),
        "close": can_close and not is_anothers,
        "ask_who_closes": is_anothers,
        "reopen": can_finish and REOPEN.fits(action),
        "discuss": may(Permission.DISCUSS_ACTION),
    }


def _is_anothers_to_close(request: OrgRequest, action: Action) -> bool:
    rule, _ = how_to_close(action, by=request.user)
    return rule is Closing.SOMEBODY_ELSE


def _save_or_none(
    request: OrgRequest, action: Action, form: UpdateActionForm
) -> HttpResponse | None:
    def save(values: dict[str, Any]) -> str:
        update_action(
            action=action,
            seen_version=form.cleaned_data["version"],
            details=ActionDetails(**values),
            by=request.user,
        )
        return f"Action {action.number} is saved."

    back = action.get_absolute_url()
    return save_form_or_none(request, action, form, _disagreement, save, back_url=back)


def _disagreement(action: Action, form: UpdateActionForm) -> Disagreement:
    return Disagreement(
        target=action,
        version=action.version,
        seen_version=form.cleaned_data["version"],
        theirs=details_of(action).as_values(),
        mine=form.details.as_values(),
        labels=LABELS,
        saved_by=SAVING_VERBS,
        texts=LONG_TEXTS,
    )


def _move(
    request: OrgRequest, action: Action, move: Any, outcome: str, **arguments: Any
) -> HttpResponse:
    form = VersionForm(request.POST)
    if form.is_valid():
        seen_version = form.cleaned_data["version"]
        try:
            move(action=action, seen_version=seen_version, by=request.user, **arguments)
        except (Conflict, RuleBroken) as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Action {action.number} is {outcome}.")
    return redirect(action)
