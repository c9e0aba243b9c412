"""The library: all evidence of an organisation, filtered and sorted by the address."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.access import visible_assessments
from assessments.tree import ref_key
from cse_tracker.accounts.access import OrgRequest, organisation_view
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.dates import local_day
from cse_tracker.core.sorting import headings
from evidence.forms.filter import EvidenceFilterForm
from evidence.models import EvidenceItem, EvidenceVersion
from evidence.readings import library_counts, newest_version

PAGE_SIZE = 50
REFS_SHOWN = 6
COLUMNS = [
    ("number", "Number"),
    ("title", "Title"),
    ("kind", "Kind"),
    ("as_at", "As at"),
    ("service", "Service"),
    ("", "Supports"),
]


@dataclass(frozen=True)
class LibraryRow:
    """One line of the library. ``refs`` are in reading order, the first few only."""

    item: EvidenceItem
    newest: EvidenceVersion
    refs: list[str]
    more_count: int
    years: list[int]
    is_expired: bool


@require_safe
@organisation_view(Permission.READ)
def library(request: OrgRequest) -> HttpResponse:
    """Evidence, the newest first."""
    today = local_day(timezone.now())
    form = EvidenceFilterForm(
        request.GET,
        organisation=request.organisation,
        assessments=visible_assessments(request.membership).reverse(),
    )
    items = EvidenceItem.objects.of(request.organisation)
    shown = form.apply(items, on=today).with_details()
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [_row(item, request, today) for item in page],
        "headings": headings(COLUMNS, form.order),
        "counts": library_counts(items, on=today),
        "can_add": request.membership.may(Permission.ADD_EVIDENCE),
    }
    return render(request, "evidence/list.html", context)


def _row(item: EvidenceItem, request: OrgRequest, today: date) -> LibraryRow:
    item.organisation = request.organisation
    newest = newest_version(item)
    links = list(item.links.all())
    refs = sorted({link.node.ref for link in links}, key=ref_key)
    return LibraryRow(
        item=item,
        newest=newest,
        refs=refs[:REFS_SHOWN],
        more_count=max(len(refs) - REFS_SHOWN, 0),
        years=sorted({link.assessment.year for link in links}),
        is_expired=newest.is_expired(on=today),
    )
