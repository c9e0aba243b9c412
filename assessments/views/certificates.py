"""The certificate: what counts now, what became of it, what is due when."""

from copy import copy
from dataclasses import asdict
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from assessments.certificate_readings import outlooks_of
from assessments.certificates import following
from assessments.forms.certificates import (
    AddCertificateForm,
    EditCertificateForm,
    RecordChangeForm,
    SeenForm,
)
from assessments.models import Certificate, Certification
from assessments.services import certificates as services
from assessments.services.certifications import certification_of
from cse_tracker.accounts.access import OrgRequest, View, organisation_view
from cse_tracker.accounts.conflicts import Disagreement, labels_of, save_form_or_none
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.dates import local_day
from cse_tracker.core.errors import Conflict, RuleBroken
from cse_tracker.core.forms.renewal import with_version
from cse_tracker.core.keys import key_or_none

PROPOSED = ("body", "scope")


def certificate_view(view: View) -> View:
    """Give the view the organisation's certificate that the address names."""

    @organisation_view(Permission.SET_UP)
    @wraps(view)
    def wrapper(request: OrgRequest, certificate: int) -> HttpResponseBase:
        return view(request, _own(request, certificate))

    return wrapper


def _own(request: OrgRequest, certificate: int) -> Certificate:
    own = Certificate.objects.of(request.organisation).select_related("organisation")
    return get_object_or_404(own, pk=certificate)


@require_safe
@organisation_view(Permission.READ_ISSUED)
def certificate(request: OrgRequest) -> HttpResponse:
    """For each certified scope the certificate that counts today, all others, what is to come."""
    today = local_day(timezone.now())
    context = {
        "outlooks": outlooks_of(request.membership, on=today),
        "may_set_up": request.membership.may(Permission.SET_UP),
    }
    return render(request, "assessments/certificate/page.html", context)


@require_http_methods(["GET", "POST"])
@organisation_view(Permission.SET_UP)
def add(request: OrgRequest) -> HttpResponse:
    """Enter a certificate; where there is one, what stays the same is proposed."""
    certification = _certification(request)
    last = (
        Certificate.objects.of(request.organisation)
        .filter(certification=certification)
        .first()
    )
    form = AddCertificateForm(
        request.POST or None, initial=_proposed(certification, last)
    )

    def write() -> str:
        services.add_certificate(
            certification=certification, details=form.details, by=request.user
        )
        return _page_url(request)

    if form.is_valid():
        try:
            path = form.submit_once(request.user, write)
        except RuleBroken as rule:
            form.add_error(None, str(rule))
        else:
            messages.success(request, "The certificate is saved.")
            return redirect(path)
    heading = "Enter the new certificate" if last else "Enter your certificate"
    return _show(request, form, heading)


@require_http_methods(["GET", "POST"])
@certificate_view
def edit(request: OrgRequest, certificate: Certificate) -> HttpResponse:
    """Correct what was entered."""
    # The form writes what is typed on its row, so what stands there is kept apart.
    form = EditCertificateForm(
        request.POST or None,
        instance=copy(certificate),
        initial={"version": certificate.version},
    )

    def save(values: dict[str, Any]) -> str:
        services.edit_certificate(
            certificate=certificate,
            seen_version=form.cleaned_data["version"],
            details=services.CertificateDetails(**values),
            by=request.user,
        )
        return "The certificate is saved."

    if form.is_valid():
        back = _page_url(request)
        answer = save_form_or_none(
            request, certificate, form, _disagreement, save, back_url=back
        )
        if answer:
            return answer
    return _show(request, form, "Correct the certificate")


def _disagreement(row: Certificate, form: EditCertificateForm) -> Disagreement:
    mine = asdict(form.details)
    return Disagreement(
        target=row,
        version=row.version,
        seen_version=form.cleaned_data["version"],
        theirs={name: getattr(row, name) for name in mine},
        mine=mine,
        labels=labels_of(form),
        saved_by=services.SAVING_VERBS,
    )


@require_http_methods(["GET", "POST"])
@certificate_view
def record(request: OrgRequest, certificate: Certificate) -> HttpResponse:
    """Record that the body suspended, reinstated or withdrew it."""
    today = local_day(timezone.now())
    form = _record_form(request.POST or None, certificate, today)

    def write() -> str:
        services.record_change(
            certificate=certificate,
            seen_version=form.cleaned_data["version"],
            details=form.details,
            today=today,
            by=request.user,
        )
        return _page_url(request)

    if form.is_valid():
        try:
            path = form.submit_once(request.user, write)
        except RuleBroken as rule:
            form.add_error("happened_on", str(rule))
        except Conflict as conflict:
            certificate = _own(request, certificate.pk)
            sent = with_version(request, certificate.version)
            form = _record_form(sent, certificate, today)
            form.add_error(None, str(conflict))
        else:
            messages.success(request, "The history of the certificate is saved.")
            return redirect(path)
    if not certificate.may_change:
        messages.error(request, "This certificate was withdrawn; nothing follows that.")
        return redirect(_page_url(request))
    return _show(request, form, f"What happened to {certificate}?")


@require_POST
@organisation_view(Permission.SET_UP)
def take_back(request: OrgRequest, certificate: int, status: int) -> HttpResponse:
    """Remove the newest entry of a history."""
    own = Certificate.objects.of(request.organisation)
    found = get_object_or_404(own.filter(history=status), pk=certificate)
    form = SeenForm(request.POST)
    if form.is_valid():
        try:
            services.take_back_change(
                certificate=found,
                seen_version=form.cleaned_data["version"],
                status_id=status,
                by=request.user,
            )
        except (RuleBroken, Conflict) as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "The entry is taken back.")
    return redirect(_page_url(request))


@require_http_methods(["GET", "POST"])
@certificate_view
def remove(request: OrgRequest, certificate: Certificate) -> HttpResponse:
    """Ask once, then remove a certificate that was entered by mistake."""
    form = SeenForm(request.POST or None)
    if form.is_valid():
        try:
            services.remove_certificate(
                certificate=certificate,
                seen_version=form.cleaned_data["version"],
                by=request.user,
            )
        except (RuleBroken, Conflict) as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Certificate {certificate.number} is removed.")
        return redirect(_page_url(request))
    context = {"certificate": certificate, "back": _page_url(request)}
    return render(request, "assessments/certificate/remove.html", context)


def _record_form(
    data: QueryDict | None, certificate: Certificate, today: date
) -> RecordChangeForm:
    return RecordChangeForm(
        data,
        initial={"version": certificate.version},
        offered=following(certificate.facts.history),
        today=today,
    )


def _certification(request: OrgRequest) -> Certification:
    """What ``of`` names in the address, or else the organisation's first."""
    named = key_or_none(request.GET.get("of", ""))
    if named is None:
        return certification_of(organisation=request.organisation)
    own = Certification.objects.filter(organisation=request.organisation)
    return get_object_or_404(own, pk=named)


def _proposed(certification: Certification, last: Certificate | None) -> dict[str, str]:
    if last is not None:
        return {name: getattr(last, name) for name in PROPOSED}
    return {"body": certification.certification_body, "scope": certification.scope}


def _show(
    request: OrgRequest,
    form: AddCertificateForm | EditCertificateForm | RecordChangeForm,
    heading: str,
) -> HttpResponse:
    context = {
        "form": form,
        "heading": heading,
        "back": _page_url(request),
    }
    return render(request, "assessments/certificate/form.html", context)


def _page_url(request: OrgRequest) -> str:
    return reverse("assessments:certificate", args=[request.organisation.slug])
