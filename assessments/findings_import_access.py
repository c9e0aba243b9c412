"""How a view gets an import of findings: the organisation first, then its run."""

from functools import wraps
from typing import Any

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from assessments.models import Assessment
from assessments.services.findings_staging import FINDINGS
from cse_tracker.accounts.access import OrgRequest, View, organisation_view
from cse_tracker.accounts.models import ImportRun, Organisation
from cse_tracker.accounts.permissions import Permission


def findings_import_view(view: View) -> View:
    """Give the view the organisation's import of findings that the address names."""

    @organisation_view(Permission.IMPORT)
    @wraps(view)
    def wrapper(request: OrgRequest, upload: int, **kwargs: Any) -> HttpResponseBase:
        runs = findings_runs(request.organisation).select_related(
            "organisation", "committed_by", "undone_by"
        )
        return view(request, get_object_or_404(runs, pk=upload), **kwargs)

    return wrapper


def findings_runs(organisation: Organisation) -> QuerySet[ImportRun]:
    """Its imports of findings, newest first; not those whose assessment was taken back."""
    standing = Assessment.objects.of(organisation).values_list("pk", flat=True)
    return ImportRun.objects.filter(
        organisation=organisation, kind=FINDINGS, staged__assessment__in=list(standing)
    ).select_related("uploaded_by")
