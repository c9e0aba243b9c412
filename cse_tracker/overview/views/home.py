"""Year at a glance: where the organisation stands, and what needs this person."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.models import Assessment
from cse_tracker.accounts.access import OrgRequest, organisation_view
from cse_tracker.accounts.models import Membership
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.dates import local_day
from cse_tracker.overview.dashboard import (
    Latest,
    PlanSummary,
    latest_of,
    plan_summary,
    unconfirmed_before,
)
from cse_tracker.overview.set_up import set_up_steps
from reports.models import Paper

PAPERS_SHOWN = 5


@require_safe
@organisation_view(Permission.READ_ISSUED)
def home(request: OrgRequest) -> HttpResponse:
    """The latest assessment, the plan, the papers; a set-up list until all of it is done."""
    membership = request.membership
    sees_work = membership.may(Permission.READ)
    latest = latest_of(membership)
    today = local_day(timezone.now())
    plan = plan_summary(membership, on=today) if sees_work else None
    may_approve = membership.may(Permission.APPROVE)
    unconfirmed = unconfirmed_before(membership, today.year) if may_approve else 0
    context = {
        "latest": latest,
        "plan": plan,
        "papers": Paper.objects.visible_to(membership).standing()[:PAPERS_SHOWN],
        "steps": set_up_steps(membership) if sees_work else [],
        "may_approve": may_approve,
        "unconfirmed_count": unconfirmed,
        "may_respond": membership.may(Permission.RESPOND),
        "needs_nothing": not unconfirmed
        and not _is_waited_for(membership, latest, plan),
    }
    return render(request, "overview/home.html", context)


def _is_waited_for(
    membership: Membership, latest: Latest | None, plan: PlanSummary | None
) -> bool:
    """Whether the list of what needs this person has an entry."""
    if plan and plan.mine.open:
        return True
    if latest is None:
        return False
    awaits_decision = bool(latest.undecided_findings) and membership.may(
        Permission.RESPOND
    )
    is_handed_over = latest.assessment.state == Assessment.State.WITH_APPROVER
    return awaits_decision or (is_handed_over and membership.may(Permission.APPROVE))
