"""Year at a glance: where the organisation stands, and what needs this person."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.access import open_accesses
from assessments.advice_readings import advice_on
from assessments.certificate_readings import outlooks_of
from assessments.checks.telling import OpenCounts, open_counts
from assessments.models import Assessment
from cse_tracker.accounts.access import OrgRequest, organisation_view
from cse_tracker.accounts.models import Membership, Notification
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.dates import local_day
from cse_tracker.overview.checking import collect_told
from cse_tracker.overview.dashboard import (
    Latest,
    PlanSummary,
    WaitingComments,
    latest_of,
    plan_summary,
    unconfirmed_before,
    waiting_comments,
)
from cse_tracker.overview.set_up import set_up_steps
from reports.models import Paper

PAPERS_SHOWN = 5


@require_safe
@organisation_view(Permission.ENTER)
def home(request: OrgRequest) -> HttpResponse:
    """The latest assessment, the plan, the papers; a set-up list until all of it is done.

    For an assessor, what they are invited to.
    """
    membership = request.membership
    if not membership.may(Permission.READ_ISSUED):
        return _invited_to(request)
    sees_work = membership.may(Permission.READ)
    latest = latest_of(membership)
    today = local_day(timezone.now())
    plan = plan_summary(membership, on=today) if sees_work else None
    may_approve = membership.may(Permission.APPROVE)
    unconfirmed = unconfirmed_before(membership, today.year) if may_approve else 0
    may_respond = membership.may(Permission.RESPOND)
    waiting = waiting_comments(membership) if may_respond else []
    check_counts = _open_checks(membership, latest, today)
    unread = Notification.objects.of(membership).unread()
    context = {
        "latest": latest,
        "advice": advice_on(latest.assessment, latest.counts) if latest else None,
        "outlooks": outlooks_of(membership, on=today),
        "may_set_up": membership.may(Permission.SET_UP),
        "plan": plan,
        "unread_count": unread.count() if sees_work else 0,
        "papers": Paper.objects.visible_to(membership).standing()[:PAPERS_SHOWN],
        "steps": set_up_steps(membership) if sees_work else [],
        "may_approve": may_approve,
        "unconfirmed_count": unconfirmed,
        "waiting_comments": waiting,
        "check_counts": check_counts,
        "needs_nothing": not unconfirmed
        and not check_counts.total
        and not _is_waited_for(membership, latest, plan, waiting),
    }
    return render(request, "overview/home.html", context)


def _invited_to(request: OrgRequest) -> HttpResponse:
    """The assessment that an assessor is invited to, or the list of several."""
    accesses = list(open_accesses(request.membership))
    if len(accesses) == 1:
        return redirect(accesses[0].assessment)
    return render(request, "overview/home_invited.html", {"accesses": accesses})


def _open_checks(
    membership: Membership, latest: Latest | None, today: date
) -> OpenCounts:
    """What checks found in the latest assessment, for who can say that it may stay."""
    if latest is None or not membership.may(Permission.ACCEPT_FLAG):
        return OpenCounts()
    return open_counts(collect_told(latest.assessment, today=today))


def _is_waited_for(
    membership: Membership,
    latest: Latest | None,
    plan: PlanSummary | None,
    waiting: list[WaitingComments],
) -> bool:
    """Whether the list of what needs this person has an entry."""
    if waiting or (plan and (plan.mine.open or plan.to_check)):
        return True
    if latest is None:
        return False
    is_handed_over = latest.assessment.state == Assessment.State.WITH_APPROVER
    return is_handed_over and membership.may(Permission.APPROVE)
