"""Who is invited to an assessment from outside, until when, and what they looked at.

Opening the organisation's door to somebody is the administrator's, like adding a member; an
officer who could would admit people past the page Members. Everybody inside can read it.
"""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from assessments.access import assessment_view
from assessments.assessor_readings import invited_assessors, looks_at
from assessments.forms.assessors import (
    RATE,
    READ,
    ChangeInvitationForm,
    InviteAssessorForm,
    MailAgainForm,
)
from assessments.models import Assessment, AssessorAccess
from assessments.services import assessors as services
from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.conflicts import Disagreement, save_form_or_none
from cse_tracker.accounts.mail import check_may_mail
from cse_tracker.accounts.permissions import Permission
from cse_tracker.accounts.services import Occasion, write_invitation
from cse_tracker.core.dates import local_day, long_date
from cse_tracker.core.errors import RuleBroken

PAGE_SIZE = 50


@require_safe
@assessment_view(Permission.READ)
def assessors(request: OrgRequest, assessment: Assessment) -> HttpResponse:
    """Everybody who is or was invited to the assessment."""
    today = local_day(timezone.now())
    context = {
        "assessment": assessment,
        "invited": invited_assessors(assessment, on=today),
        "can_invite": request.membership.may(Permission.MANAGE_MEMBERS),
    }
    return render(request, "assessments/assessors/list.html", context)


@require_safe
@assessment_view(Permission.READ)
def looks(request: OrgRequest, assessment: Assessment) -> HttpResponse:
    """What assessors looked at and when, all of them or the one that the address names."""
    today = local_day(timezone.now())
    invited = [each.access for each in invited_assessors(assessment, on=today)]
    wanted = request.GET.get("assessor", "")
    chosen = next((each for each in invited if str(each.pk) == wanted), None)
    shown = looks_at(assessment, chosen.pk if chosen else None)
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "assessment": assessment,
        "invited": invited,
        "chosen": chosen,
        "page": page,
    }
    return render(request, "assessments/assessors/looks.html", context)


@require_http_methods(["GET", "POST"])
@assessment_view(Permission.MANAGE_MEMBERS)
def invite(request: OrgRequest, assessment: Assessment) -> HttpResponse:
    """Invite somebody from outside by email."""
    now = timezone.now()
    form = InviteAssessorForm(request.POST or None, today=local_day(now))
    if form.is_valid():

        def write() -> str:
            check_may_mail(request, form.cleaned_data["email"])
            access = services.invite_assessor(
                assessment=assessment,
                full_name=form.cleaned_data["full_name"],
                email=form.cleaned_data["email"],
                stay=form.stay,
                now=now,
                by=request.user,
            )
            return _mail(request, access, now)

        try:
            return redirect(form.submit_once(request.user, write))
        except RuleBroken as rule:
            form.add_error(None, str(rule))
    context = {
        "assessment": assessment,
        "form": form,
        "back_url": _list_url(assessment),
    }
    return render(request, "assessments/assessors/invite.html", context)


@require_http_methods(["GET", "POST"])
@assessment_view(Permission.MANAGE_MEMBERS)
def change(request: OrgRequest, assessment: Assessment, access: int) -> HttpResponse:
    """Give an invitation another last day or another right."""
    found, now = _access_or_404(assessment, access), timezone.now()
    form = ChangeInvitationForm(
        request.POST or None,
        today=local_day(now),
        initial={
            "right": RATE if found.may_rate else READ,
            "until": found.until,
            "version": found.version,
        },
    )

    def save(values: dict[str, Any]) -> str:
        services.change_invitation(
            access=found,
            seen_version=form.cleaned_data["version"],
            stay=services.Stay(**values),
            now=now,
            by=request.user,
        )
        return f"The invitation of {found.membership} is saved."

    back = _list_url(assessment)
    if form.is_valid():
        answer = save_form_or_none(
            request, found, form, _disagreement, save, back_url=back
        )
        if answer:
            return answer
    context = {
        "assessment": assessment,
        "access": found,
        "form": form,
        "is_open": found.is_open(on=local_day(now)),
        "mail_form": MailAgainForm(),
        "back_url": back,
    }
    return render(request, "assessments/assessors/change.html", context)


def _disagreement(row: AssessorAccess, form: ChangeInvitationForm) -> Disagreement:
    return Disagreement(
        target=row,
        version=row.version,
        seen_version=form.cleaned_data["version"],
        theirs=services.Stay(row.until, row.may_rate).as_values(),
        mine=form.stay.as_values(),
        labels={"may_rate": "May they rate and comment?", "until": "Last day"},
        saved_by=services.SAVING_VERBS,
    )


@require_http_methods(["GET", "POST"])
@assessment_view(Permission.MANAGE_MEMBERS)
def end(request: OrgRequest, assessment: Assessment, access: int) -> HttpResponse:
    """Ask once, then close the assessment to them."""
    found = _access_or_404(assessment, access)
    if request.method == "POST":
        services.end_invitation(access=found, now=timezone.now(), by=request.user)
        messages.success(request, f"{found.membership} can no longer see it.")
        return redirect(_list_url(assessment))
    context = {
        "assessment": assessment,
        "access": found,
        "back_url": _list_url(assessment),
    }
    return render(request, "assessments/assessors/end.html", context)


@require_POST
@assessment_view(Permission.MANAGE_MEMBERS)
def mail_again(
    request: OrgRequest, assessment: Assessment, access: int
) -> HttpResponse:
    """Send the email once more to somebody who has not chosen a password."""
    found = _access_or_404(assessment, access)
    form = MailAgainForm(request.POST)
    form.full_clean()

    def write() -> str:
        now = timezone.now()
        services.mail_invitation_again(access=found, now=now, by=request.user)
        check_may_mail(request, found.membership.user.email)
        return _mail(request, found, now)

    try:
        return redirect(form.submit_once(request.user, write))
    except RuleBroken as rule:
        messages.error(request, str(rule))
        return redirect(_list_url(assessment))


def _access_or_404(assessment: Assessment, access_id: int) -> AssessorAccess:
    return get_object_or_404(assessment.assessor_accesses.with_people(), pk=access_id)


def _list_url(assessment: Assessment) -> str:
    address = [assessment.organisation.slug, assessment.slug]
    return reverse("assessments:assessors", args=address)


def _mail(request: OrgRequest, access: AssessorAccess, now: datetime) -> str:
    """Let the assessor be written to, and tell the administrator; the path of the list."""
    assessment, person = access.assessment, access.membership
    organisation = assessment.organisation
    what = "read it, rate and comment" if access.may_rate else "read it"
    occasion = Occasion(
        subject=f"{organisation} invites you to its {assessment}",
        words=(
            f"{request.user} of {organisation} invites you as an assessor to its "
            f"{assessment} on CSE Tracker. You can {what}, up to and including "
            f"{long_date(access.until)}. {organisation} can see which of its pages and files "
            "you open."
        ),
        path=assessment.get_absolute_url(),
    )
    write_invitation(membership=person, now=now, to=occasion)
    words = f"{person} is invited. An email goes to them within a few minutes."
    messages.success(request, words)
    return _list_url(assessment)
