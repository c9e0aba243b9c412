"""The organisation's settings: its name and its services."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cse_tracker.accounts import services
from cse_tracker.accounts.access import OrgRequest, organisation_view
from cse_tracker.accounts.forms import OrganisationForm, ServiceForm
from cse_tracker.accounts.models import Service
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.errors import RuleBroken


@require_http_methods(["GET", "POST"])
@organisation_view(Permission.SET_UP)
def settings(request: OrgRequest) -> HttpResponse:
    initial = {"name": request.organisation.name}
    form = OrganisationForm(request.POST or None, initial=initial)
    if form.is_valid():
        services.rename_organisation(
            organisation=request.organisation, by=request.user, **form.cleaned_data
        )
        messages.success(request, "The name is saved.")
        return redirect(_settings_url(request))
    current = Service.objects.current().of(request.organisation).with_member_counts()
    context = {"form": form, "services": list(current)}
    return render(request, "accounts/settings.html", context)


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
    form = ServiceForm(request.POST or None, initial={"name": service.name})
    if form.is_valid():
        name = form.cleaned_data["name"]
        try:
            services.rename_service(service=service, name=name, by=request.user)
        except RuleBroken as rule:
            form.add_error("name", str(rule))
        else:
            messages.success(request, f"The service is now called {name}.")
            return redirect(_settings_url(request))
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


def _service_or_404(request: OrgRequest, service_id: int) -> Service:
    current = Service.objects.current().of(request.organisation).with_member_counts()
    return get_object_or_404(current, pk=service_id)


def _settings_url(request: OrgRequest) -> str:
    return reverse("accounts:settings", args=[request.organisation.slug])
