"""What the platform administrator sees and does. Every write goes through a service."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils import timezone

from cse_tracker.accounts import services
from cse_tracker.accounts.access import PersonRequest
from cse_tracker.accounts.forms import OneLineField
from cse_tracker.accounts.mail import check_may_mail
from cse_tracker.accounts.models import Event, Membership, Organisation, User
from cse_tracker.accounts.platform import platform_site
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.forms.base import PlainModelForm
from cse_tracker.core.forms.submission import SubmissionKeyMixin
from cse_tracker.core.models import submit_once

if TYPE_CHECKING:
    # Generic for the type checker only.
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin


class ThroughServicesAdmin(ModelAdmin):
    """Nothing is deleted; a rule that stands in the way is told, not an error page."""

    view_on_site = False
    actions = None

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def changeform_view(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except RuleBroken as rule:
            messages.error(request, str(rule))
            return redirect(request.path)


class ReadOnlyAdmin(ThroughServicesAdmin):
    """Rows to look at."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False


class OrganisationForm(SubmissionKeyMixin, PlainModelForm):
    """An organisation, and a person to make its administrator."""

    administrator_name = OneLineField(max_length=150, required=False)
    administrator_email = forms.EmailField(
        max_length=254,
        required=False,
        help_text="This person is made an administrator and gets an email.",
    )

    class Meta:
        model = Organisation
        fields = ["name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.fields["administrator_name"].required = True
            self.fields["administrator_email"].required = True

    def clean(self) -> None:
        super().clean()
        named = self.cleaned_data
        if named.get("administrator_email") and not named.get("administrator_name"):
            self.add_error("administrator_name", "Enter the administrator's name")


@admin.register(Organisation, site=platform_site)
class OrganisationAdmin(ThroughServicesAdmin):
    """Organisations are made here, each with its first administrator."""

    form = OrganisationForm
    fields = ["name", "administrator_name", "administrator_email", "submission_key"]
    list_display = ["name", "slug", "created_at"]
    search_fields = ["name", "slug"]

    def save_model(
        self, request: Any, obj: Organisation, form: Any, change: Any
    ) -> None:
        # A double click finds what the first one made.
        path = submit_once(
            form.cleaned_data["submission_key"],
            request.user.pk,
            partial(_save, request, obj, form),
        )
        obj.pk = int(resolve(path).kwargs["object_id"])


def _save(request: PersonRequest, obj: Organisation, form: OrganisationForm) -> str:
    """Make or rename the organisation, name its administrator; the path of its page."""
    entered = form.cleaned_data
    if obj._state.adding:
        stored = services.create_organisation(name=entered["name"], by=request.user)
    else:
        stored = services.rename_organisation(
            organisation=obj, name=entered["name"], by=request.user
        )
    email = entered["administrator_email"]
    if email:
        check_may_mail(request, email)
        membership = services.name_administrator(
            organisation=stored,
            full_name=entered["administrator_name"],
            email=email,
            now=timezone.now(),
            by=request.user,
        )
        services.write_invitation(membership=membership, now=timezone.now())
        words = f"An email goes to {membership} within a few minutes."
        messages.success(request, f"{words} Memberships say if it can't be sent.")
    return reverse("admin:accounts_organisation_change", args=[stored.pk])


class UserForm(PlainModelForm):
    """A person's account as it is kept: the address in lower case, the name on one line."""

    full_name = OneLineField(max_length=150)

    class Meta:
        model = User
        fields = ["full_name", "email", "is_active"]

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


@admin.register(User, site=platform_site)
class UserAdmin(ThroughServicesAdmin):
    """People's accounts. New ones come with a membership, or from ``createsuperuser``."""

    form = UserForm
    fields = ["full_name", "email", "is_active", "is_superuser", "last_login"]
    readonly_fields = ["is_superuser", "last_login"]
    list_display = ["full_name", "email", "is_active", "is_superuser", "last_login"]
    list_filter = ["is_active", "is_superuser"]
    search_fields = ["full_name", "email"]
    ordering = ["full_name"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: Any, obj: User, form: Any, change: Any) -> None:
        entered, by = form.cleaned_data, request.user
        services.rename_person(user=obj, full_name=entered["full_name"], by=by)
        services.change_email(user=obj, email=entered["email"], by=by)
        if "is_active" in form.changed_data:
            switch = (
                services.open_account
                if entered["is_active"]
                else services.close_account
            )
            switch(user=obj, by=by)


@admin.register(Membership, site=platform_site)
class MembershipAdmin(ReadOnlyAdmin):
    """Who belongs where; an organisation's own administrators change it."""

    list_display = [
        *("user", "organisation", "roles_held", "invitation", "joined_at", "ended_at")
    ]
    list_filter = ["organisation"]
    search_fields = ["user__full_name", "user__email", "organisation__name"]
    list_select_related = ["user", "organisation"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        found = super().get_queryset(request)
        return found.prefetch_related("role_rows", "invitation_mails")

    @admin.display(description="roles")
    def roles_held(self, membership: Membership) -> str:
        return ", ".join(membership.role_labels)

    @admin.display(description="invitation")
    def invitation(self, membership: Membership) -> str:
        mail = membership.invitation_mail
        return mail.obstacle if mail else ""


@admin.register(Event, site=platform_site)
class EventAdmin(ReadOnlyAdmin):
    """The change log of the whole platform, newest first."""

    list_display = ["at", "by", "verb", "target_label", "organisation"]
    list_filter = ["organisation"]
    search_fields = ["target_label", "verb", "by__full_name"]
    list_select_related = ["by", "organisation"]
    ordering = ["-pk"]
