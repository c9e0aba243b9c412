"""A person's own account, whichever organisations they belong to."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cse_tracker.accounts import services
from cse_tracker.accounts.access import PersonRequest
from cse_tracker.accounts.forms import ProfileForm
from cse_tracker.accounts.models.membership import memberships_of


@require_http_methods(["GET", "POST"])
def profile(request: PersonRequest) -> HttpResponse:
    user = request.user
    form = ProfileForm(request.POST or None, initial={"full_name": user.full_name})
    if form.is_valid():
        services.rename_person(user=user, by=user, **form.cleaned_data)
        messages.success(request, "Your name is saved.")
        return redirect("account_profile")
    context = {"form": form, "memberships": memberships_of(user)}
    return render(request, "accounts/profile.html", context)
