"""Who changed what, from what, to what, when: filtered, paged, exported."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cse_tracker.accounts.access import OrgRequest, organisation_view
from cse_tracker.accounts.models.event import EventQuerySet
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.downloads import table_download
from cse_tracker.overview.change_log import LogWords, log_table
from cse_tracker.overview.forms.change_log import (
    ChangeLogFilterForm,
    organisation_events,
)

PAGE_SIZE = 50
# A workbook holds more, but nobody reads more in one.
EXPORT_LIMIT = 50_000


@require_safe
@organisation_view(Permission.READ)
def change_log(request: OrgRequest) -> HttpResponse:
    """The organisation's change log, newest first."""
    form = ChangeLogFilterForm(request.GET, organisation=request.organisation)
    paginator = Paginator(_asked_for(request, form), PAGE_SIZE)
    page = paginator.get_page(request.GET.get("page"))
    events = list(page)
    context = {
        "form": form,
        "page": page,
        "entries": LogWords(request.organisation, events).entries(events),
        "total": paginator.count,
        "export_limit": EXPORT_LIMIT,
    }
    return render(request, "overview/change_log.html", context)


@require_safe
@organisation_view(Permission.READ)
def export(request: OrgRequest) -> HttpResponse:
    """The same entries as a file, newest first."""
    form = ChangeLogFilterForm(request.GET, organisation=request.organisation)
    asked_for = _asked_for(request, form)
    events = list(asked_for[:EXPORT_LIMIT])
    entries = LogWords(request.organisation, events).entries(events)
    table = log_table(entries, left_out=max(asked_for.count() - EXPORT_LIMIT, 0))
    return table_download(
        [table], name="change-log", file_format=request.GET.get("format")
    )


def _asked_for(request: OrgRequest, form: ChangeLogFilterForm) -> EventQuerySet:
    return form.narrowed(organisation_events(request.organisation))
