"""Starting the assessment that follows a confirmed one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actions.follow_ups import count_still_open
from assessments.access import assessment_view
from assessments.forms.assessments import StartNextForm
from assessments.models import Assessment
from assessments.readings import gap_before
from assessments.services.next_year import (
    check_can_be_followed,
    newest_of,
    start_next_assessment,
)
from assessments.views.sampling import plan_url
from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.dates import local_day
from cse_tracker.core.errors import RuleBroken
from cse_tracker.overview.next_year import NextYear, collect_next_year


@require_http_methods(["GET", "POST"])
@assessment_view(Permission.PREPARE)
def start_next(request: OrgRequest, assessment: Assessment) -> HttpResponse:
    """Propose the next assessment with all that is carried and open, and start it."""
    if request.method == "GET":
        # A form that is sent again, once there is a newer one, still leads to what it made.
        try:
            check_can_be_followed(assessment)
        except RuleBroken as rule:
            return _show_obstacle(request, assessment, rule)
    next_year = collect_next_year(assessment)
    form = StartNextForm(
        request.POST or None,
        this_year=local_day(timezone.now()).year,
        proposed=next_year.proposed,
        sub_elements=next_year.sub_elements,
    )
    if form.is_valid():
        try:
            path = form.submit_once(
                request.user, lambda: _start(request, assessment, form)
            )
        except RuleBroken as rule:
            form.add_error(None, str(rule))
        else:
            return redirect(path)
    return _show(request, assessment, next_year, form)


def _start(request: OrgRequest, previous: Assessment, form: StartNextForm) -> str:
    """Start it; on to the plan of its sample where it has one, else to its elements."""
    values = dict(form.cleaned_data)
    values.pop("submission_key")
    started = start_next_assessment(
        previous=previous,
        year=values.pop("year"),
        kind=values.pop("kind"),
        sub_elements=values.pop("sub_elements", []),
        details=values,
        by=request.user,
    )
    said = [f"The {started} is started.", _what_follows(started), gap_before(started)]
    messages.success(request, " ".join(filter(None, said)))
    if started.examines_everything:
        return started.get_absolute_url()
    return plan_url(started)


def _what_follows(started: Assessment) -> str:
    """How many open actions go on into it, as a sentence."""
    count = count_still_open(started)
    if not count:
        return ""
    if count == 1:
        return "1 open action of earlier years follows into it."
    return f"{count} open actions of earlier years follow into it."


def _show_obstacle(
    request: OrgRequest, assessment: Assessment, rule: RuleBroken
) -> HttpResponse:
    context = {
        "assessment": assessment,
        "obstacle": str(rule),
        "newest": newest_of(assessment),
    }
    return render(request, "overview/next_year/obstacle.html", context)


def _show(
    request: OrgRequest,
    assessment: Assessment,
    next_year: NextYear,
    form: StartNextForm,
) -> HttpResponse:
    rules = assessment.certification.cycle_rules
    context = {
        "assessment": assessment,
        "next_year": next_year,
        "form": form,
        "asks_for_cycle": rules.starts_in is None
        and request.membership.may(Permission.SET_UP),
    }
    return render(request, "overview/next_year/start.html", context)
