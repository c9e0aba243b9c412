"""The progression over the years, two of its years compared, and its download."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from assessments.comparison_page import comparison_context
from assessments.progression_export import export_tables
from assessments.progression_filter import narrowed
from assessments.progression_page import page_context
from assessments.progression_query import ProgressionQuery
from assessments.record import Record
from assessments.standard_tree import shared_tree
from cse_tracker.accounts.access import OrgRequest, organisation_view
from cse_tracker.accounts.conditional import kept_content, unless_unchanged
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.downloads import table_download


@require_safe
@organisation_view(Permission.READ_ISSUED)
def progression(request: OrgRequest) -> HttpResponse:
    """Every element over the years, with counts and charts."""
    return unless_unchanged(request, lambda: _progression_page(request))


@require_safe
@organisation_view(Permission.READ_ISSUED)
def comparison(request: OrgRequest) -> HttpResponse:
    """Two years side by side: what went up and down, what is new, kept and lost."""
    return unless_unchanged(request, lambda: _comparison_page(request))


@require_safe
@organisation_view(Permission.READ_ISSUED)
def export(request: OrgRequest) -> HttpResponse:
    """The table as a file, narrowed as the page was."""
    record = _record(request)
    if not record.assessments:
        raise Http404("Nothing is rated yet")
    query = _query(request, record)
    table = record.progression()
    sections = narrowed(table, query.show, query.criterion)
    name = f"progression-{slugify(request.organisation.name)}"
    return table_download(
        export_tables(table, sections),
        name=name,
        file_format=request.GET.get("format"),
    )


def _progression_page(request: OrgRequest) -> HttpResponse:
    content = kept_content(request, lambda: _progression_content(request))
    if not content:
        return _nothing_yet(request)
    return render(request, "assessments/progression/page.html", {"content": content})


def _progression_content(request: OrgRequest) -> SafeString:
    """Empty where nothing is rated yet."""
    record = _record(request)
    if not record.assessments:
        return SafeString()
    context = page_context(record, _query(request, record))
    return render_to_string("assessments/progression/content.html", context)


def _comparison_page(request: OrgRequest) -> HttpResponse:
    record = _record(request)
    if not record.assessments:
        return _nothing_yet(request)
    context = comparison_context(record, request.GET)
    return render(request, "assessments/progression/compare.html", context)


def _record(request: OrgRequest) -> Record:
    return Record.of(request.membership, request.GET.get("certification", ""))


def _query(request: OrgRequest, record: Record) -> ProgressionQuery:
    criteria = shared_tree(record.certification.standard).criteria
    return ProgressionQuery.read(request.GET).fitting(
        certifications=[each.pk for each in record.certifications],
        criteria=[node.ref for node in criteria],
    )


def _nothing_yet(request: OrgRequest) -> HttpResponse:
    may = request.membership.may
    context = {
        "can_import": may(Permission.IMPORT),
        "sees_open_years": may(Permission.READ),
    }
    return render(request, "assessments/progression/empty.html", context)
