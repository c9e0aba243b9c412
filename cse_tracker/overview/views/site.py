"""Pages outside any organisation."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.models.membership import memberships_of


@require_safe
def start(request: OrgRequest) -> HttpResponse:
    """The person's organisation, or the list to choose from when there are several."""
    memberships = memberships_of(request.user)
    if len(memberships) == 1:
        return redirect(memberships[0].organisation)
    context = {"organisations": [membership.organisation for membership in memberships]}
    return render(request, "overview/start.html", context)


@require_safe
@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible the product is, and what to do where it is not."""
    return render(request, "overview/accessibility.html")
