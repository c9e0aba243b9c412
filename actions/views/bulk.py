"""Changing the actions that were picked in the list: choose, confirm, done."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actions.forms.bulk import BulkForm, seen_in_words
from actions.history import newest_since
from actions.models import Action
from actions.services.bulk import (
    BulkRefused,
    PlannedChange,
    Refusal,
    actions_numbered,
    change_many,
    try_to_change_many,
)
from actions.wording import LABELS
from cse_tracker.accounts.access import CONFLICT, OrgRequest, organisation_view
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.conflicts import in_words
from cse_tracker.core.dates import local_day
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.forms import Problem
from cse_tracker.core.keys import key_or_none

PICKED = "number"
# More than a column of the database takes would be an error there.
NUMBER_DIGITS = 9
CONFIRMED = "confirmed"


@require_http_methods(["GET", "POST"])
@organisation_view(Permission.UPDATE_ACTION)
def bulk(request: OrgRequest) -> HttpResponse:
    """Ask what to change, show what that changes, then change all of them or none."""
    picked = _picked(request)
    if not picked:
        messages.error(request, "Select the actions to change first.")
        return redirect(_list_url(request))
    actions = actions_numbered(request.organisation, picked)
    form = _form(request, request.POST or None, actions)
    if not form.is_valid():
        return _show_form(request, form, actions)
    is_confirmed = CONFIRMED in request.POST
    try:
        planned = (change_many if is_confirmed else try_to_change_many)(
            organisation=request.organisation,
            seen=form.cleaned_data["seen"],
            values=form.values,
            now=timezone.now(),
            by=request.user,
        )
    except BulkRefused as refused:
        return _show_refused(request, refused, form)
    if not is_confirmed:
        return _show_planned(request, planned)
    messages.success(request, _outcome(planned))
    return redirect(_list_url(request))


def _picked(request: OrgRequest) -> list[int]:
    asked = request.GET.getlist(PICKED)
    keys = [key_or_none(each, digits=NUMBER_DIGITS) for each in asked]
    if None in keys:
        raise RuleBroken("One of these actions is not in your plan. Choose again.")
    return list(dict.fromkeys(key for key in keys if key is not None))


def _form(
    request: OrgRequest, sent: QueryDict | None, actions: list[Action]
) -> BulkForm:
    return BulkForm(
        sent,
        organisation=request.organisation,
        today=local_day(timezone.now()),
        initial={"seen": seen_in_words(actions)},
    )


def _show_form(
    request: OrgRequest,
    form: BulkForm,
    actions: list[Action],
    problems: list[Problem] | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "actions": actions,
        "problems": problems,
        "back_url": _list_url(request),
    }
    status = CONFLICT if problems else 200
    return render(request, "actions/bulk.html", context, status=status)


def _show_refused(
    request: OrgRequest, refused: BulkRefused, form: BulkForm
) -> HttpResponse:
    """The form again as of a person who has read the refusals, with what was typed."""
    seen = form.cleaned_data["seen"]
    problems = [
        Problem(_in_words(refusal, seen[refusal.action.number]))
        for refusal in refused.refusals
    ]
    actions = actions_numbered(request.organisation, list(seen))
    renewed = request.POST.copy()
    renewed["seen"] = seen_in_words(actions)
    return _show_form(request, _form(request, renewed, actions), actions, problems)


def _in_words(refusal: Refusal, seen_version: int) -> str:
    if refusal.words:
        return f"Action {refusal.action.number}: {refusal.words}"
    current = Action.objects.get(pk=refusal.action.pk)
    who = newest_since(current, seen_version)
    return f"Action {current.number} was changed after you opened this page.{who}"


def _show_planned(request: OrgRequest, planned: list[PlannedChange]) -> HttpResponse:
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    rows = [
        (
            each.action,
            [
                (LABELS[name], in_words(before), in_words(after))
                for name, (before, after) in each.changes.items()
            ],
        )
        for each in planned
    ]
    context = {
        "rows": rows,
        "changing": sum(bool(each.changes) for each in planned),
        "typed": typed,
        "confirmed": CONFIRMED,
        "back_url": request.get_full_path(),
    }
    return render(request, "actions/bulk_confirm.html", context)


def _outcome(planned: list[PlannedChange]) -> str:
    match sum(bool(each.changes) for each in planned):
        case 0:
            return "Nothing is changed: these actions say so already."
        case 1:
            return "1 action is changed."
        case count:
            return f"{count} actions are changed."


def _list_url(request: OrgRequest) -> str:
    """The list with the filters that it had."""
    query = request.GET.copy()
    query.pop(PICKED, None)
    address = reverse("actions:list", args=[request.organisation.slug])
    return f"{address}?{query.urlencode()}" if query else address
