"""The plan as a board, and moving an action on it."""

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from actions.access import action_view
from actions.board import ASKING, board_columns, column_counts, first_of_each, on_board
from actions.closing import Closing, closing_rule
from actions.forms.action import VersionForm
from actions.forms.filter import BoardFilterForm
from actions.history import newest_since
from actions.models import Action
from actions.readings import approvers_of
from actions.services.details import details_of
from actions.services.updating import update_action
from cse_tracker.accounts.access import OrgRequest, organisation_view
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.dates import local_day
from cse_tracker.core.errors import Conflict, RuleBroken

# In the session until the board is shown again: the card that says it was moved.
MOVED = "moved_card"


@require_safe
@organisation_view(Permission.READ)
def board(request: OrgRequest) -> HttpResponse:
    """The actions that the address asks for, by status."""
    now = timezone.now()
    form = BoardFilterForm(request.GET, membership=request.membership)
    actions = form.apply(Action.objects.of(request.organisation), on=local_day(now))
    found = on_board(actions, now=now)
    shown = list(first_of_each(found).with_people())
    for action in shown:
        action.organisation = request.organisation
    moved = request.session.pop(MOVED, None)
    if moved and moved not in {action.number for action in shown}:
        messages.success(request, f"Action {moved} is moved. It is not shown here.")
    may = request.membership.may
    context = {
        "form": form,
        "columns": board_columns(
            shown,
            column_counts(found),
            on=local_day(now),
            can_update=may(Permission.UPDATE_ACTION),
            can_finish=may(Permission.FINISH_ACTION),
            left_to_others=_left_to_others(request, shown),
        ),
        "moved": moved,
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
        onward = urlencode({"next": _board_url(request)})
        return redirect(f"{reverse(f'actions:{chosen}', args=address)}?{onward}")
    form = VersionForm(request.POST)
    if chosen not in Action.Status.in_progress() or not form.is_valid():
        messages.error(request, f"Choose where to move action {action.number}.")
        return redirect(_board_url(request))
    request.membership.check_may(Permission.UPDATE_ACTION)
    seen_version = form.cleaned_data["version"]
    return redirect(_move(request, action, Action.Status(chosen), seen_version))


def _left_to_others(request: OrgRequest, actions: Iterable[Action]) -> set[int]:
    """The numbers of those that this person may not close after saying that they are done."""
    waiting = [each for each in actions if each.status == Action.Status.DONE]
    if not waiting or not request.membership.may(Permission.FINISH_ACTION):
        return set()
    approvers = approvers_of(request.organisation)
    closer = request.user.pk
    return {
        each.number
        for each in waiting
        if closing_rule(
            closer=closer, claimed_by=each.claimed_by_id, approvers=approvers
        )
        is Closing.SOMEBODY_ELSE
    }


def _move(
    request: OrgRequest, action: Action, status: Action.Status, seen_version: int
) -> str:
    """Move the card; where to go then: to it, or after a refusal to what the board says."""
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
        request.session[MOVED] = action.number
        return f"{_board_url(request)}#action-{action.number}"
    return _board_url(request)


def _refusal(action: Action, seen_version: int) -> str:
    who = newest_since(Action.objects.get(pk=action.pk), seen_version)
    return (
        f"Action {action.number} stays: it was changed after you opened the board."
        f"{who} Look at it, then move it."
    )


def _board_url(request: OrgRequest) -> str:
    """The board with the filters it had."""
    address = reverse("actions:board", args=[request.organisation.slug])
    return f"{address}?{request.GET.urlencode()}" if request.GET else address
