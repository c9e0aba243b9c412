"""Scope and cycle of what is certified."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.forms.assessments import CertificationForm
from assessments.services.certifications import certification_of, set_up_certification
from cse_tracker.accounts.access import OrgRequest, organisation_view
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.errors import Conflict, RuleBroken
from cse_tracker.core.forms.renewal import (
    BothValues,
    both_values,
    with_version_of,
)


@require_http_methods(["GET", "POST"])
@organisation_view(Permission.SET_UP)
def certification(request: OrgRequest) -> HttpResponse:
    """Say what is certified, by whom, in which cycle."""
    current = certification_of(organisation=request.organisation)
    form = CertificationForm(
        request.POST or None, instance=current, initial={"version": current.version}
    )
    differing: list[BothValues] = []
    if form.is_valid():
        values = dict(form.cleaned_data)
        stored = certification_of(organisation=request.organisation)
        try:
            set_up_certification(
                certification=stored,
                seen_version=values.pop("version"),
                now=timezone.now(),
                by=request.user,
                **values,
            )
        except RuleBroken as rule:
            form.add_error(None, str(rule))
        except Conflict as conflict:
            differing = both_values(form, conflict)
            form = CertificationForm(
                with_version_of(request, conflict), instance=current
            )
            form.add_error(None, str(conflict))
        else:
            messages.success(request, "Scope and cycle saved.")
            return redirect(request.organisation)
    context = {"form": form, "differing": differing}
    return render(request, "assessments/certification.html", context)
