"""The plan as a board, and moving an action on it."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from actions.access import action_view
from actions.board import ASKING, board_columns, column_counts, first_of_each, on_board
from actions.forms.action import VersionForm
from actions.forms.filter import ActionFilterForm
from actions.history import newest_since
from actions.models import Action
from actions.services.details import details_of
from actions.services.updating import update_action
from cse_tracker.accounts.access import OrgRequest, organisation_view
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.dates import local_day
from cse_tracker.core.errors import Conflict, RuleBroken


@require_safe
@organisation_view(Permission.READ)
def board(request: OrgRequest) -> HttpResponse:
    """The actions that the address asks for, by status."""
    now = timezone.now()
    form = ActionFilterForm(request.GET, membership=request.membership)
    actions = form.apply(Action.objects.of(request.organisation), on=local_day(now))
    found = on_board(actions, now=now)
    shown = list(first_of_each(found).with_people())
    for action in shown:
        action.organisation = request.organisation
    may = request.membership.may
    context = {
        "form": form,
        "columns": board_columns(
            shown,
            column_counts(found),
            on=local_day(now),
            can_update=may(Permission.UPDATE_ACTION),
            can_finish=may(Permission.FINISH_ACTION),
        ),
        # Kept for the way back to the list.
        "columns_asked": request.GET.getlist("columns"),
        "can_plan": may(Permission.RESPOND),
        "filter_url": reverse("actions:board", args=[request.organisation.slug]),
    }
    return render(request, "actions/board.html", context)


@require_POST
@action_view(Permission.DISCUSS_ACTION)
def move(request: OrgRequest, action: Action) -> HttpResponse:
    """Move a card: at once between statuses in progress, else to the page that asks for words.

    Each of those pages asks for its own right.
    """
    chosen = request.POST.get("to", "")
    if chosen in ASKING:
        address = [request.organisation.slug, action.number]
        return redirect(reverse(f"actions:{chosen}", args=address))
    form = VersionForm(request.POST)
    if chosen in Action.Status.in_progress() and form.is_valid():
        request.membership.check_may(Permission.UPDATE_ACTION)
        _move(request, action, Action.Status(chosen), form.cleaned_data["version"])
    else:
        messages.error(request, "Choose where to move the action.")
    return redirect(_board_url(request, action))


def _move(
    request: OrgRequest, action: Action, status: Action.Status, seen_version: int
) -> None:
    try:
        update_action(
            action=action,
            seen_version=seen_version,
            details=replace(details_of(action), status=status),
            by=request.user,
        )
    except RuleBroken as rule:
        messages.error(request, f"Action {action.number} stays. {rule}")
    except Conflict:
        messages.error(request, _refusal(action, seen_version))
    else:
        said = f"Action {action.number} is moved: {status.label.lower()}."
        messages.success(request, said)


def _refusal(action: Action, seen_version: int) -> str:
    who = newest_since(Action.objects.get(pk=action.pk), seen_version)
    return (
        f"Action {action.number} stays: it was changed after you opened the board."
        f"{who} Look at it, then move it."
    )


def _board_url(request: OrgRequest, action: Action) -> str:
    """The board with the filters it had, at the card."""
    address = reverse("actions:board", args=[request.organisation.slug])
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return f"{address}{query}#action-{action.number}"
