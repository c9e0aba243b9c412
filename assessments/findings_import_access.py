"""How a view gets an import of findings: the organisation first, then its run."""

from functools import wraps
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from assessments.services.findings_staging import FINDINGS
from cse_tracker.accounts.access import OrgRequest, View, organisation_view
from cse_tracker.accounts.models import ImportRun
from cse_tracker.accounts.permissions import Permission


def findings_import_view(view: View) -> View:
    """Give the view the organisation's import of findings that the address names."""

    @organisation_view(Permission.IMPORT)
    @wraps(view)
    def wrapper(request: OrgRequest, upload: int, **kwargs: Any) -> HttpResponseBase:
        runs = ImportRun.objects.filter(
            organisation=request.organisation, kind=FINDINGS
        ).select_related("organisation", "uploaded_by", "committed_by", "undone_by")
        return view(request, get_object_or_404(runs, pk=upload), **kwargs)

    return wrapper
