"""What checks find in one assessment: the list, a flag accepted, an acceptance taken back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from assessments.access import assessment_view
from assessments.checks.catalogue import BY_NUMBER, Check
from assessments.checks.telling import Told, by_check, open_counts
from assessments.finding_access import back_url
from assessments.models import Assessment
from assessments.services.check_acceptances import accept_check, withdraw_acceptance
from assessments.standard_tree import tree_for
from assessments.tree import Tree
from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.dates import local_day
from cse_tracker.core.errors import RuleBroken
from cse_tracker.overview.checking import collect_told
from cse_tracker.overview.forms.checks import AcceptForm, ChecksFilterForm


@require_safe
@assessment_view(Permission.READ)
def checks(request: OrgRequest, assessment: Assessment) -> HttpResponse:
    """All that was found, by check, the gravest first; what is open if not asked otherwise."""
    tree = tree_for(request.organisation, assessment.certification.standard)
    told = _told(request, assessment, tree)
    form = ChecksFilterForm(request.GET, criteria=tree.criteria)
    counts = open_counts(told)
    context = {
        "assessment": assessment,
        "filter_form": form,
        "groups": by_check(form.narrow(told)),
        "counts": counts,
        "accepted_count": len(told) - counts.total,
        "can_accept": request.membership.may(Permission.ACCEPT_FLAG),
        "here": request.get_full_path(),
        "is_closing": _is_closing(request),
    }
    return render(request, "overview/checks.html", context)


@require_http_methods(["GET", "POST"])
@assessment_view(Permission.ACCEPT_FLAG)
def accept(request: OrgRequest, assessment: Assessment, check: str) -> HttpResponse:
    """Say why flags of one check may stay."""
    entry = _acceptable(check)
    told = _told(request, assessment)
    waiting = [each for each in told if each.check is entry and each.is_open]
    back = back_url(request, _url_of_checks(assessment))
    if not waiting:
        messages.info(request, f"{entry.number} has nothing left to accept.")
        return redirect(back)
    ref = request.GET.get("ref", "")
    form = AcceptForm(request.POST or None, told=waiting, ref=ref)
    if form.is_valid():
        chosen = form.chosen_told()
        try:
            accept_check(
                assessment=assessment,
                hits=[each.hit for each in chosen],
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
                by=request.user,
            )
        except RuleBroken as rule:
            form.add_error(None, str(rule))
        else:
            count = "1 flag" if len(chosen) == 1 else f"{len(chosen)} flags"
            messages.success(request, f"{count} accepted.")
            return redirect(back)
    context = {"assessment": assessment, "check": entry, "form": form, "back": back}
    return render(request, "overview/checks/accept.html", context)


@require_POST
@assessment_view(Permission.ACCEPT_FLAG)
def withdraw(
    request: OrgRequest, assessment: Assessment, acceptance: int
) -> HttpResponse:
    """Take an acceptance back. A second click finds it gone."""
    rows = assessment.check_acceptances.select_related("node", "organisation")
    row = rows.filter(pk=acceptance).first()
    if row is not None:
        withdraw_acceptance(acceptance=row, by=request.user)
        messages.success(request, f"{row} is open again.")
    return redirect(back_url(request, _url_of_checks(assessment)))


def _told(
    request: OrgRequest, assessment: Assessment, tree: Tree | None = None
) -> list[Told]:
    today = local_day(timezone.now())
    is_closing = _is_closing(request)
    return collect_told(assessment, today=today, tree=tree, is_closing=is_closing)


def _is_closing(request: OrgRequest) -> bool:
    """Whether the person comes from where the assessment is locked or printed."""
    return "closing" in request.GET


def _acceptable(number: str) -> Check:
    check = BY_NUMBER.get(number)
    if check is None or not check.may_be_accepted:
        raise Http404("No such check")
    return check


def _url_of_checks(assessment: Assessment) -> str:
    address = [assessment.organisation.slug, assessment.slug]
    return reverse("overview:checks", args=address)
