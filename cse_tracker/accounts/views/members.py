"""The administrator's pages: who belongs to the organisation and with which roles."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from cse_tracker.accounts import services
from cse_tracker.accounts.access import OrgRequest, organisation_view
from cse_tracker.accounts.conflicts import (
    SeenDisagreement,
    labels_of,
    save_form_or_none,
)
from cse_tracker.accounts.forms import (
    AddMemberForm,
    EditMemberForm,
    InvitationForm,
    MemberFilterForm,
)
from cse_tracker.accounts.mail import check_may_mail
from cse_tracker.accounts.models import Membership
from cse_tracker.accounts.models.membership import MembershipQuerySet
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.forms import Problem
from cse_tracker.core.sorting import headings

COLUMNS = [
    ("name", "Name"),
    ("", "Roles"),
    ("service", "Service"),
    ("since", "Member since"),
]


@require_safe
@organisation_view(Permission.MANAGE_MEMBERS)
def member_list(request: OrgRequest) -> HttpResponse:
    """Everybody who has not left, by the filter and the order of the address."""
    form = MemberFilterForm(request.GET)
    members = _members(request)
    context = {
        "form": form,
        "members": list(form.apply(members)),
        "headings": headings(COLUMNS, form.order),
    }
    return render(request, "accounts/members.html", context)


@require_http_methods(["GET", "POST"])
@organisation_view(Permission.MANAGE_MEMBERS)
def add_member(request: OrgRequest) -> HttpResponse:
    form = AddMemberForm(request.POST or None, organisation=request.organisation)
    if form.is_valid():

        def write() -> str:
            person = form.person()
            check_may_mail(request, person.email)
            membership = services.add_member(
                organisation=request.organisation,
                person=person,
                now=timezone.now(),
                by=request.user,
            )
            return _invite(request, membership)

        try:
            return redirect(form.submit_once(request.user, write))
        except RuleBroken as rule:
            form.add_error(None, str(rule))
    return render(request, "accounts/add_member.html", {"form": form})


@require_http_methods(["GET", "POST"])
@organisation_view(Permission.MANAGE_MEMBERS)
def edit_member(request: OrgRequest, membership_id: int) -> HttpResponse:
    membership = _member_or_404(request, membership_id)
    form = EditMemberForm(request.POST or None, membership=membership)

    def save(values: dict[str, Any]) -> str:
        services.change_member(
            membership=membership, by=request.user, seen=form.seen, **values
        )
        return f"The roles of {membership} are saved."

    if form.is_valid():
        back = _onward_url(request, membership)
        answer = save_form_or_none(
            request, membership, form, _disagreement, save, back_url=back
        )
        if answer:
            return answer
    context = {"form": form, "member": membership, "invitation": InvitationForm()}
    return render(request, "accounts/edit_member.html", context)


@require_http_methods(["GET", "POST"])
@organisation_view(Permission.MANAGE_MEMBERS)
def remove_member(request: OrgRequest, membership_id: int) -> HttpResponse:
    """Ask once, then end the membership."""
    membership = _member_or_404(request, membership_id)
    problems = []
    if request.method == "POST":
        try:
            services.end_membership(
                membership=membership, now=timezone.now(), by=request.user
            )
        except RuleBroken as rule:
            problems = [Problem(str(rule))]
        else:
            messages.success(request, f"{membership} is no longer a member.")
            return redirect(_onward_url(request, membership))
    context = {"member": membership, "problems": problems}
    return render(request, "accounts/remove_member.html", context)


@require_POST
@organisation_view(Permission.MANAGE_MEMBERS)
def invite_again(request: OrgRequest, membership_id: int) -> HttpResponse:
    membership = _member_or_404(request, membership_id)
    form = InvitationForm(request.POST)
    form.full_clean()

    def write() -> str:
        services.resend_invitation(membership=membership, by=request.user)
        check_may_mail(request, membership.user.email)
        return _invite(request, membership)

    try:
        return redirect(form.submit_once(request.user, write))
    except RuleBroken as rule:
        messages.error(request, str(rule))
        return redirect(_list_url(request))


def _disagreement(membership: Membership, form: EditMemberForm) -> SeenDisagreement:
    return SeenDisagreement(
        target=membership,
        ancestral=form.seen,
        hidden=form.seeing(membership),
        theirs={"roles": membership.roles, "service": membership.service},
        mine={name: form.cleaned_data[name] for name in ("roles", "service")},
        labels=labels_of(form),
        saved_by={"added", "changed"},
    )


def _member_or_404(request: OrgRequest, membership_id: int) -> Membership:
    return get_object_or_404(_members(request), pk=membership_id)


def _members(request: OrgRequest) -> MembershipQuerySet:
    """Everybody who belongs to the organisation; assessors stand at their assessment."""
    of_ours = Membership.objects.of(request.organisation)
    insiders = of_ours.insiders().not_ended().with_people()
    return insiders.prefetch_related("invitation_mails")


def _list_url(request: OrgRequest) -> str:
    return reverse("accounts:members", args=[request.organisation.slug])


def _onward_url(request: OrgRequest, changed: Membership) -> str:
    """The list; the start page for who may have given up the right to see it."""
    is_own = changed.user_id == request.user.pk
    return reverse("site:start") if is_own else _list_url(request)


def _invite(request: OrgRequest, membership: Membership) -> str:
    """Let the new member be written to, and tell the administrator; the path of the list."""
    services.write_invitation(membership=membership, now=timezone.now())
    words = f"{membership} is a member. An email goes to them within a few minutes."
    messages.success(request, words)
    return _list_url(request)
