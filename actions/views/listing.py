"""The plan: all actions of an organisation, filtered and sorted by the address."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions.columns import chosen_columns
from actions.due_moves import DueMoves
from actions.exporting import plan_table, progress_table
from actions.forms.bulk import MANY_AT_MOST
from actions.forms.columns import ColumnsForm
from actions.forms.filter import FINISHED, NARROWING, OPEN, SOON, ActionFilterForm
from actions.models import Action, ActionQuerySet
from actions.readings import (
    SOON_DAYS,
    FindingPlace,
    action_counts,
    due_moves_of,
    found_counts,
    latest_discussed_or_none,
    origin_of,
    places_of,
    undecided_findings,
    with_findings,
)
from assessments.access import visible_assessments
from cse_tracker.accounts.access import OrgRequest, organisation_view
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.dates import local_day
from cse_tracker.core.downloads import table_download
from cse_tracker.core.sorting import headings

PAGE_SIZE = 50
# What the address holds beside filters and order.
NO_FILTERS = {"columns", "page", "number", "all", "select"}


@dataclass(frozen=True)
class ActionRow:
    """One line of the list. ``places`` has each element once, in its newest assessment."""

    action: Action
    places: list[FindingPlace]
    moves: DueMoves

    @property
    def origin(self) -> str:
        return origin_of(self.action)


@require_safe
@organisation_view(Permission.READ)
def action_list(request: OrgRequest) -> HttpResponse:
    """Actions by urgency: overdue first, finished last."""
    today = local_day(timezone.now())
    form = ActionFilterForm(request.GET, membership=request.membership)
    actions = Action.objects.of(request.organisation)
    shown = _asked_for(actions, form, today)
    paginator = Paginator(shown, PAGE_SIZE)
    paginator.count, changeable = found_counts(shown)
    page = paginator.get_page(request.GET.get("page"))
    latest = latest_discussed_or_none(visible_assessments(request.membership))
    columns = chosen_columns(request.GET.getlist("columns"))
    shown_keys = [column.key for column in columns]
    context = {
        "form": form,
        "page": page,
        # An empty plan says how to begin, and offers nothing to narrow or count.
        "has_plan": bool(page) or form.is_narrowed or actions.exists(),
        "rows": _rows(page, request),
        "columns": shown_keys,
        "columns_form": ColumnsForm(shown=shown_keys),
        "kept": _filters_of(request),
        "headings": headings(
            [(each.order, each.label) for each in columns], form.order
        ),
        "counts": list(_counts(form.of_person(actions), request, today)),
        "latest": latest,
        "undecided": undecided_findings(latest) if latest else [],
        "filter_url": reverse("actions:list", args=[request.organisation.slug]),
        "columns_asked": request.GET.getlist("columns"),
        "may_bulk": request.membership.may(Permission.UPDATE_ACTION),
        "picks_all": "select" in request.GET,
        # All that match stand on one page: they can be picked there.
        "changeable": changeable if page.has_other_pages() else 0,
        "many_at_most": MANY_AT_MOST,
        "can_plan": request.membership.may(Permission.RESPOND),
        "can_import": request.membership.may(Permission.IMPORT),
    }
    return render(request, "actions/list.html", context)


@require_safe
@organisation_view(Permission.READ)
def export(request: OrgRequest) -> HttpResponse:
    """The same actions in the same order as a file, as a workbook with all that was said."""
    form = ActionFilterForm(request.GET, membership=request.membership)
    actions = Action.objects.of(request.organisation)
    shown = list(_asked_for(actions, form, local_day(timezone.now())))
    tables = [
        plan_table(
            (action, [place.ref for place in _places(action, request)])
            for action in shown
        ),
        progress_table(shown),
    ]
    return table_download(
        tables, name="action-plan", file_format=request.GET.get("format")
    )


def _asked_for(
    actions: ActionQuerySet, form: ActionFilterForm, today: date
) -> ActionQuerySet:
    return with_findings(form.apply(actions, on=today).with_people())


def _rows(actions: Iterable[Action], request: OrgRequest) -> list[ActionRow]:
    shown = list(actions)
    moves = due_moves_of(shown)
    return [
        ActionRow(action, _places(action, request), moves[action.pk])
        for action in shown
    ]


def _places(action: Action, request: OrgRequest) -> list[FindingPlace]:
    action.organisation = request.organisation
    places: dict[str, FindingPlace] = {}
    for place in places_of(action.findings.all(), request.organisation):
        if place.ref:
            places.setdefault(place.ref, place)
    return list(places.values())


def _counts(
    actions: ActionQuerySet, request: OrgRequest, today: date
) -> Iterator[tuple[str, str, int]]:
    """Name, address and number of each count of these; no other filter narrows them."""
    counts = action_counts(actions, on=today)
    kept = request.GET.copy()
    for name in {*NARROWING, "page"} - {"whose"}:
        kept.pop(name, None)
    for words, filters, number in (
        ("Open", {"status": OPEN}, counts.open),
        ("Overdue", {"overdue": "on"}, counts.overdue),
        (f"Due in {SOON_DAYS} days", {"status": SOON}, counts.due_soon),
        ("Closed or declined", {"status": FINISHED}, counts.finished),
    ):
        asked = kept.copy()
        asked.update(filters)
        yield words, f"?{asked.urlencode()}", number


def _filters_of(request: OrgRequest) -> list[tuple[str, str]]:
    """Filters and order of the address, for a form that leaves them as they are."""
    return [
        (name, value)
        for name, values in request.GET.lists()
        if name not in NO_FILTERS
        for value in values
    ]
