"""How a view gets a paper: the organisation first, then the paper."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from assessments.models import Assessment
from cse_tracker.accounts.access import OrgRequest, View, organisation_view
from cse_tracker.accounts.permissions import Permission
from reports.models import Paper


def paper_view(permission: Permission) -> Callable[[View], View]:
    """Give the view ``paper``. Who may only read what is issued gets what ever was."""

    def decorate(view: View) -> View:
        @organisation_view(permission)
        @wraps(view)
        def wrapper(
            request: OrgRequest, number: int, **kwargs: Any
        ) -> HttpResponseBase:
            papers = Paper.objects.open_to(request.membership)
            paper = get_object_or_404(papers, number=number)
            request.about = "paper", paper.get_absolute_url
            try:
                return view(request, paper, **kwargs)
            except (Paper.DoesNotExist, Assessment.DoesNotExist) as gone:
                # Undoing an import took it away while the view waited for its lock.
                raise Http404 from gone

        return wrapper

    return decorate
