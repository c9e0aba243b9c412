"""Reviewing, issuing and withdrawing a paper."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.errors import RuleBroken
from reports.access import paper_view
from reports.forms import IssueForm, SeenForm, WithdrawForm
from reports.models import Paper
from reports.readings import (
    drafts_left_out,
    drafts_printed,
    superseded_by,
    years_left_out,
)
from reports.services import issuing as services


@require_POST
@paper_view(Permission.BUILD_PAPER)
def review(request: OrgRequest, paper: Paper) -> HttpResponse:
    """Say that the paper was read and is fit to be issued."""
    form = SeenForm(request.POST)
    if form.is_valid():
        try:
            services.review_paper(
                paper=paper,
                seen_attempt=form.cleaned_data["attempt"],
                now=timezone.now(),
                by=request.user,
            )
        except RuleBroken as rule:
            messages.error(request, str(rule))
        else:
            messages.success(request, "Reviewed. An approver can now issue this paper.")
    return redirect(paper)


@require_http_methods(["GET", "POST"])
@paper_view(Permission.APPROVE)
def issue(request: OrgRequest, paper: Paper) -> HttpResponse:
    """Say what issuing means, then freeze the paper."""
    if paper.state == Paper.State.ISSUED:
        messages.info(request, f"Paper {paper.number} is issued already.")
        return redirect(paper)
    left_out = years_left_out(paper)
    form = IssueForm(
        request.POST or None, initial={"attempt": paper.attempt}, left_out=left_out
    )
    if form.is_valid():
        try:
            services.issue_paper(
                paper=paper,
                seen_attempt=form.cleaned_data["attempt"],
                now=timezone.now(),
                by=request.user,
            )
        except RuleBroken as rule:
            form.add_error(None, str(rule))
        else:
            messages.success(
                request, "Issued. The governing body can now read this paper."
            )
            return redirect(paper)
    context = {
        "form": form,
        "paper": paper,
        "left_out": left_out,
        "drafts_printed": drafts_printed(paper),
        "drafts_left_out": drafts_left_out(paper),
        "superseded": superseded_by(paper),
        "may_issue": paper.state == Paper.State.REVIEWED,
    }
    return render(request, "reports/issue.html", context)


@require_http_methods(["GET", "POST"])
@paper_view(Permission.APPROVE)
def withdraw(request: OrgRequest, paper: Paper) -> HttpResponse:
    """Take an issued paper back, saying why."""
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        try:
            services.withdraw_paper(
                paper=paper,
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
                by=request.user,
            )
        except RuleBroken as rule:
            form.add_error(None, str(rule))
        else:
            messages.success(
                request, "Withdrawn. The governing body no longer sees this paper."
            )
            return redirect(paper)
    return render(request, "reports/withdraw.html", {"form": form, "paper": paper})


@require_http_methods(["GET", "POST"])
@paper_view(Permission.BUILD_PAPER)
def discard(request: OrgRequest, paper: Paper) -> HttpResponse:
    """Ask once, then drop a draft that nobody needs."""
    if request.method != "POST":
        return _ask_to_discard(request, paper)
    try:
        services.discard_paper(paper=paper, now=timezone.now(), by=request.user)
    except RuleBroken as rule:
        messages.error(request, str(rule))
    else:
        messages.success(request, f"Paper {paper.number} is withdrawn.")
    return redirect(paper)


def _ask_to_discard(request: OrgRequest, paper: Paper) -> HttpResponse:
    try:
        services.check_can_discard(paper)
    except RuleBroken as rule:
        messages.error(request, str(rule))
        return redirect(paper)
    return render(request, "reports/discard.html", {"paper": paper})
