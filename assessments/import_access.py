"""How a view gets an import: the organisation first, then its run."""

from functools import wraps
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from assessments.services.annex_staging import ANNEX
from cse_tracker.accounts.access import OrgRequest, View, organisation_view
from cse_tracker.accounts.models import ImportRun
from cse_tracker.accounts.permissions import Permission


def import_view(view: View) -> View:
    """Give the view the organisation's annex import that the address names."""

    @organisation_view(Permission.IMPORT)
    @wraps(view)
    def wrapper(request: OrgRequest, pk: int, **kwargs: Any) -> HttpResponseBase:
        runs = ImportRun.objects.filter(
            organisation=request.organisation, kind=ANNEX
        ).select_related("organisation", "uploaded_by", "committed_by", "undone_by")
        return view(request, get_object_or_404(runs, pk=pk), **kwargs)

    return wrapper
