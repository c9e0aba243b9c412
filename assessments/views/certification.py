"""Scope and cycle of what is certified."""

from copy import copy
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments import text_labels
from assessments.forms.assessments import CertificationForm
from assessments.models import Certification
from assessments.services.certifications import (
    SAVING_VERBS,
    certification_of,
    set_up_certification,
)
from cse_tracker.accounts.access import OrgRequest, organisation_view
from cse_tracker.accounts.conflicts import Disagreement, labels_of, save_form_or_none
from cse_tracker.accounts.models import Event
from cse_tracker.accounts.permissions import Permission


@require_http_methods(["GET", "POST"])
@organisation_view(Permission.SET_UP)
def certification(request: OrgRequest) -> HttpResponse:
    """Say what is certified, by whom, in which cycle."""
    current = certification_of(organisation=request.organisation)
    # The form writes what is typed on its row, so what stands there is kept apart.
    form = CertificationForm(
        request.POST or None,
        instance=copy(current),
        initial={"version": current.version},
    )

    def save(values: dict[str, Any]) -> str:
        set_up_certification(
            certification=current,
            seen_version=form.cleaned_data["version"],
            now=timezone.now(),
            by=request.user,
            **values,
        )
        return "Scope and cycle saved."

    if form.is_valid():
        back = request.organisation.get_absolute_url()
        answer = save_form_or_none(
            request, current, form, _disagreement, save, back_url=back
        )
        if answer:
            return answer
    reworded = Event.objects.about(current).rewording(text_labels.SCOPE)
    context = {"form": form, "has_earlier": reworded.exists()}
    return render(request, "assessments/certification.html", context)


def _disagreement(row: Certification, form: CertificationForm) -> Disagreement:
    mine = form.cleaned_data | {
        "cycle": Certification.Cycle(form.cleaned_data["cycle"])
    }
    theirs = {name: getattr(row, name) for name in mine}
    return Disagreement(
        target=row,
        version=row.version,
        seen_version=mine.pop("version"),
        theirs=theirs | {"cycle": Certification.Cycle(row.cycle)},
        mine=mine,
        labels=labels_of(form),
        saved_by=SAVING_VERBS,
    )
