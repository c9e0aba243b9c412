"""Changing the actions that were picked in the list: choose, confirm, done."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actions.forms.bulk import MANY_AT_MOST, BulkForm, seen_in_words
from actions.forms.filter import ActionFilterForm
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
from cse_tracker.accounts.models import Membership, Service
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.conflicts import in_words
from cse_tracker.core.dates import local_day
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.forms import Problem
from cse_tracker.core.keys import key_or_none

PICKED, ALL = "number", "all"
# More than a column of the database takes would be an error there.
NUMBER_DIGITS = 9
CONFIRMED, AGAIN = "confirmed", "again"


@require_http_methods(["GET", "POST"])
@organisation_view(Permission.UPDATE_ACTION)
def bulk(request: OrgRequest) -> HttpResponse:
    """Ask what to change, show what that changes, then change all of them or none."""
    if request.POST:
        return _change(request)
    picked = _all_that_match(request) if ALL in request.GET else _picked(request)
    if not picked:
        messages.error(request, "Select the actions to change first.")
        return redirect(_list_url(request))
    actions = actions_numbered(request.organisation, picked)
    form = _form(request, None, initial={"seen": seen_in_words(actions)})
    return _show_form(request, form, actions)


def _change(request: OrgRequest) -> HttpResponse:
    form = _form(request, request.POST)
    if not form.is_valid() or AGAIN in request.POST:
        numbers = list(form.cleaned_data.get("seen", ()))
        return _show_form(
            request, form, actions_numbered(request.organisation, numbers)
        )
    is_confirmed = CONFIRMED in request.POST
    try:
        planned = (change_many if is_confirmed else try_to_change_many)(
            organisation=request.organisation,
            seen=form.seen_versions,
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


def _all_that_match(request: OrgRequest) -> list[int]:
    """The numbers of what the list shows at this address, on all its pages, and can change."""
    form = ActionFilterForm(request.GET, membership=request.membership)
    actions = Action.objects.of(request.organisation).being_done()
    shown = form.apply(actions, on=local_day(timezone.now()))
    numbers = list(shown.values_list("number", flat=True)[: MANY_AT_MOST + 1])
    if len(numbers) > MANY_AT_MOST:
        raise RuleBroken(
            f"Up to {MANY_AT_MOST} actions can be changed at once. Narrow the list first."
        )
    return numbers


def _form(
    request: OrgRequest, sent: QueryDict | None, initial: dict[str, str] | None = None
) -> BulkForm:
    return BulkForm(
        sent,
        organisation=request.organisation,
        today=local_day(timezone.now()),
        initial=initial,
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
    seen = form.seen_versions
    problems = [
        Problem(_in_words(refusal, seen[refusal.action.number]))
        for refusal in refused.refusals
    ]
    actions = actions_numbered(request.organisation, list(seen))
    renewed = request.POST.copy()
    renewed["seen"] = seen_in_words(actions)
    numbers = [str(refusal.action.number) for refusal in refused.refusals]
    renewed["refused"] = " ".join(numbers)
    for name in ("leave_out", "leave_out_all"):
        renewed.pop(name, None)
    return _show_form(request, _form(request, renewed), actions, problems)


def _in_words(refusal: Refusal, seen_version: int) -> str:
    action = refusal.action
    if refusal.words:
        return f"{action}. {refusal.words}"
    who = newest_since(action, seen_version)
    return f"{action}. It was changed after you opened this page.{who}"


def _show_planned(request: OrgRequest, planned: list[PlannedChange]) -> HttpResponse:
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in {"csrfmiddlewaretoken", AGAIN}
        for value in values
    ]
    context = {
        "rows": [(each.action, _as_shown(each)) for each in planned],
        "changing": sum(bool(each.changes) for each in planned),
        "typed": typed,
        "confirmed": CONFIRMED,
        "again": AGAIN,
        "back_url": _list_url(request),
    }
    return render(request, "actions/bulk_confirm.html", context)


def _as_shown(planned: PlannedChange) -> list[tuple[str, str, str]]:
    """What changes in words: of an action without a service of its own, its owner's."""
    action, changes = planned.action, planned.changes
    words = {name: tuple(map(in_words, values)) for name, values in changes.items()}
    owners = changes.get("owner", (action.owner, action.owner))
    services = changes.get("service", (action.service, action.service))
    before, after = map(_service_shown, services, owners)
    if before != after:
        words["service"] = before, after
    return [(LABELS[name], before, after) for name, (before, after) in words.items()]


def _service_shown(service: Service | None, owner: Membership | str | None) -> str:
    if service is None and isinstance(owner, Membership) and owner.service:
        return f"{owner.service}, the owner’s"
    return in_words(service)


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
    for name in (PICKED, ALL):
        query.pop(name, None)
    address = reverse("actions:list", args=[request.organisation.slug])
    return f"{address}?{query.urlencode()}" if query else address
