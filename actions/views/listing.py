"""The plan: all actions of an organisation, filtered and sorted by the address."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions.exporting import plan_table, progress_table, with_all_said
from actions.forms.filter import ActionFilterForm
from actions.models import Action, ActionQuerySet
from actions.readings import (
    SOON_DAYS,
    FindingPlace,
    action_counts,
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
COLUMNS = [
    ("number", "Number"),
    ("title", "Action"),
    ("", "Elements"),
    ("owner", "Owner"),
    ("service", "Service"),
    ("due", "Due"),
    ("status", "Status"),
]


@dataclass(frozen=True)
class ActionRow:
    """One line of the list. ``places`` has each element once, in its newest assessment."""

    action: Action
    places: list[FindingPlace]


@require_safe
@organisation_view(Permission.READ)
def action_list(request: OrgRequest) -> HttpResponse:
    """Actions by urgency: overdue first, finished last."""
    today = local_day(timezone.now())
    form = ActionFilterForm(request.GET, membership=request.membership)
    actions = Action.objects.of(request.organisation)
    shown = _asked_for(actions, form, today)
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
    latest = visible_assessments(request.membership).by_assessor().last()
    context = {
        "form": form,
        "page": page,
        "rows": [_row(action, request) for action in page],
        "headings": headings(COLUMNS, form.order),
        "counts": action_counts(form.of_person(actions), on=today),
        "soon_days": SOON_DAYS,
        "latest": latest,
        "undecided": undecided_findings(latest) if latest else [],
        "filter_url": reverse("actions:list", args=[request.organisation.slug]),
        "columns_asked": request.GET.getlist("columns"),
        "can_plan": request.membership.may(Permission.RESPOND),
    }
    return render(request, "actions/list.html", context)


@require_safe
@organisation_view(Permission.READ)
def export(request: OrgRequest) -> HttpResponse:
    """The same actions in the same order as a file, as a workbook with all that was said."""
    form = ActionFilterForm(request.GET, membership=request.membership)
    actions = with_all_said(Action.objects.of(request.organisation))
    rows = [
        _row(action, request)
        for action in _asked_for(actions, form, local_day(timezone.now()))
    ]
    tables = [
        plan_table((row.action, [place.ref for place in row.places]) for row in rows),
        progress_table(row.action for row in rows),
    ]
    return table_download(
        tables, name="action-plan", file_format=request.GET.get("format")
    )


def _asked_for(
    actions: ActionQuerySet, form: ActionFilterForm, today: date
) -> ActionQuerySet:
    return with_findings(form.apply(actions, on=today).with_people())


def _row(action: Action, request: OrgRequest) -> ActionRow:
    action.organisation = request.organisation
    places: dict[str, FindingPlace] = {}
    for place in places_of(action.findings.all(), request.organisation):
        if place.ref:
            places.setdefault(place.ref, place)
    return ActionRow(action, list(places.values()))
