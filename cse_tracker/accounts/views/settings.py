"""The organisation's settings: its name and its services."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cse_tracker.accounts import services
from cse_tracker.accounts.access import OrgRequest, organisation_view
from cse_tracker.accounts.conflicts import (
    SeenDisagreement,
    labels_of,
    save_or_ask,
)
from cse_tracker.accounts.forms import (
    NationForm,
    OrganisationForm,
    RenameServiceForm,
    SeenName,
    ServiceForm,
)
from cse_tracker.accounts.models import Organisation, Service
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.errors import RuleBroken


@require_http_methods(["GET", "POST"])
@organisation_view(Permission.SET_UP)
def settings(request: OrgRequest) -> HttpResponse:
    form = OrganisationForm(request.POST or None, initial=_naming(request.organisation))

    def save(values: dict[str, Any]) -> None:
        services.rename_organisation(
            organisation=request.organisation,
            by=request.user,
            seen=form.cleaned_data["seen_name"],
            **values,
        )

    if form.is_valid():
        asked = _save_name(request, request.organisation, form, save)
        if asked is None:
            messages.success(request, "The name is saved.")
        return asked or redirect(_settings_url(request))
    current = Service.objects.current().of(request.organisation).with_member_counts()
    context = {"form": form, "services": list(current)}
    return render(request, "accounts/settings.html", context)


@require_http_methods(["GET", "POST"])
@organisation_view(Permission.SET_UP)
def bank_holidays(request: OrgRequest) -> HttpResponse:
    initial = {"nation": request.organisation.nation}
    form = NationForm(request.POST or None, initial=initial)
    if form.is_valid():
        services.choose_nation(
            organisation=request.organisation, by=request.user, **form.cleaned_data
        )
        messages.success(request, "The bank holidays are saved.")
        return redirect(_settings_url(request))
    return render(request, "accounts/bank_holidays.html", {"form": form})


@require_http_methods(["GET", "POST"])
@organisation_view(Permission.SET_UP)
def add_service(request: OrgRequest) -> HttpResponse:
    form = ServiceForm(request.POST or None)
    if form.is_valid():

        def write() -> str:
            services.add_service(
                organisation=request.organisation,
                name=form.cleaned_data["name"],
                by=request.user,
            )
            return _settings_url(request)

        try:
            path = form.submit_once(request.user, write)
        except RuleBroken as rule:
            form.add_error("name", str(rule))
        else:
            messages.success(request, f"{form.cleaned_data['name']} is added.")
            return redirect(path)
    return render(request, "accounts/service.html", {"form": form})


@require_http_methods(["GET", "POST"])
@organisation_view(Permission.SET_UP)
def rename_service(request: OrgRequest, service_id: int) -> HttpResponse:
    service = _service_or_404(request, service_id)
    form = RenameServiceForm(request.POST or None, initial=_naming(service))

    def save(values: dict[str, Any]) -> None:
        services.rename_service(
            service=service,
            by=request.user,
            seen=form.cleaned_data["seen_name"],
            **values,
        )
        messages.success(request, f"The service is now called {values['name']}.")

    if form.is_valid():
        try:
            asked = _save_name(request, service, form, save)
        except RuleBroken as rule:
            form.add_error("name", str(rule))
        else:
            return asked or redirect(_settings_url(request))
    context = {"form": form, "service": service}
    return render(request, "accounts/service.html", context)


@require_http_methods(["GET", "POST"])
@organisation_view(Permission.SET_UP)
def withdraw_service(request: OrgRequest, service_id: int) -> HttpResponse:
    """Ask once, then take the service out of use."""
    service = _service_or_404(request, service_id)
    if request.method == "POST":
        services.withdraw_service(service=service, now=timezone.now(), by=request.user)
        messages.success(request, f"{service} is withdrawn.")
        return redirect(_settings_url(request))
    return render(request, "accounts/withdraw_service.html", {"service": service})


def _naming(row: Organisation | Service) -> dict[str, str]:
    """What a form that renames begins with."""
    return {"name": row.name, "seen_name": row.name}


def _save_name(
    request: OrgRequest,
    row: Organisation | Service,
    form: SeenName,
    save: Callable[[dict[str, Any]], object],
) -> HttpResponse | None:
    return save_or_ask(
        request, row, partial(_disagreement, form=form), save, back_url=request.path
    )


def _disagreement(row: Organisation | Service, form: SeenName) -> SeenDisagreement:
    return SeenDisagreement(
        target=row,
        ancestral={"name": form.cleaned_data["seen_name"]},
        hidden={"seen_name": row.name},
        theirs={"name": row.name},
        mine={"name": form.cleaned_data["name"]},
        labels=labels_of(form),
        saved_by={"created", "added", "renamed"},
    )


def _service_or_404(request: OrgRequest, service_id: int) -> Service:
    current = Service.objects.current().of(request.organisation).with_member_counts()
    return get_object_or_404(current, pk=service_id)


def _settings_url(request: OrgRequest) -> str:
    return reverse("accounts:settings", args=[request.organisation.slug])
