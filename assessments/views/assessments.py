"""Assessments as a whole: list, start, details, and their states."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from assessments.access import assessment_view, visible_assessments
from assessments.draft_subjects import details_subject
from assessments.finding_access import turned_away
from assessments.forms.assessments import (
    LONG_TEXTS,
    EditAssessmentForm,
    StartAssessmentForm,
    VersionForm,
)
from assessments.meanwhile import MEANWHILE, happened_since
from assessments.models import Assessment
from assessments.readings import element_counts_by_assessment, gap_before
from assessments.services import assessments as services
from assessments.services.certifications import certification_of
from assessments.views.visit import about_url
from cse_tracker.accounts.access import OrgRequest, organisation_view
from cse_tracker.accounts.conflicts import Disagreement, labels_of, save_form_or_none
from cse_tracker.accounts.drafts import DraftRequest, keeps_draft, restore_draft
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.dates import local_day
from cse_tracker.core.errors import Conflict, RuleBroken


@require_safe
@organisation_view(Permission.READ_ISSUED)
def assessment_list(request: OrgRequest) -> HttpResponse:
    """All assessments, newest first, with their ratings at element level."""
    visible = list(visible_assessments(request.membership))[::-1]
    counts = element_counts_by_assessment(visible)
    by_assessor = (each for each in visible if each.kind != Assessment.Kind.SELF)
    newest = next(by_assessor, None)
    context = {
        "assessments": [(each, counts[each.pk]) for each in visible],
        # What the next assessment would follow.
        "last_confirmed": newest if newest and not newest.is_open else None,
        "can_start": request.membership.may(Permission.PREPARE),
        "can_import": request.membership.may(Permission.IMPORT),
    }
    return render(request, "assessments/list.html", context)


@require_http_methods(["GET", "POST"])
@organisation_view(Permission.PREPARE)
def start(request: OrgRequest) -> HttpResponse:
    """Start an assessment, empty or with the last known ratings carried forward."""
    certification = certification_of(organisation=request.organisation)
    newest = certification.assessments.by_assessor().in_order().last()
    form = StartAssessmentForm(
        request.POST or None,
        this_year=local_day(timezone.now()).year,
        can_carry=newest is not None,
    )
    if form.is_valid():
        values = dict(form.cleaned_data)
        values.pop("submission_key", None)

        def write() -> str:
            started = services.start_assessment(
                certification=certification,
                year=values.pop("year"),
                kind=values.pop("kind"),
                carry_forward=values.pop("carry_forward", False),
                details=values,
                by=request.user,
            )
            gap = gap_before(started)
            if gap:
                messages.info(request, f"The {started} is started. {gap}")
            return started.get_absolute_url()

        try:
            return redirect(form.submit_once(request.user, write))
        except RuleBroken as rule:
            form.add_error(None, str(rule))
    last_confirmed = newest if newest and not newest.is_open else None
    context = {"form": form, "last_confirmed": last_confirmed}
    return render(request, "assessments/start.html", context)


@require_http_methods(["GET", "POST"])
@assessment_view(Permission.PREPARE)
@keeps_draft(lambda _, assessment: details_subject(assessment))
def details(request: DraftRequest, assessment: Assessment) -> HttpResponse:
    """What is known about the visit, and the outcome as the body gave it."""
    back = about_url(assessment)
    away = turned_away(request, assessment, back)
    if away:
        return away
    # The form writes what is typed on its row, so what stands there is kept apart.
    form = EditAssessmentForm(
        request.POST or None,
        instance=copy(assessment),
        initial={"version": assessment.version},
    )
    restore_draft(request, form)

    def save(values: dict[str, Any]) -> str:
        services.edit_assessment(
            assessment=assessment,
            seen_version=form.cleaned_data["version"],
            by=request.user,
            **values,
        )
        return "Details saved."

    if form.is_valid():
        answer = save_form_or_none(
            request, assessment, form, _disagreement, save, back_url=back
        )
        if answer:
            return answer
    context = {"form": form, "assessment": assessment}
    return render(request, "assessments/details.html", context)


@require_POST
@assessment_view(Permission.PREPARE)
def hand_over(request: OrgRequest, assessment: Assessment) -> HttpResponse:
    """To the approver and, from there, back again."""
    form = VersionForm(request.POST)
    is_back = assessment.state == Assessment.State.WITH_APPROVER
    move = services.take_back if is_back else services.hand_to_approver
    if form.is_valid():
        try:
            move(
                assessment=assessment,
                seen_version=form.cleaned_data["version"],
                by=request.user,
            )
        except RuleBroken as refusal:
            messages.error(request, str(refusal))
        except Conflict:
            told = happened_since(assessment, form.cleaned_data["version"])
            done = ", then ".join(f"{each.by} {each.did}" for each in reversed(told))
            messages.error(request, f"{MEANWHILE} {done}.")
    return redirect(assessment)


def _disagreement(assessment: Assessment, form: EditAssessmentForm) -> Disagreement:
    mine = dict(form.cleaned_data)
    seen_version = mine.pop("version")
    return Disagreement(
        target=assessment,
        version=assessment.version,
        seen_version=seen_version,
        theirs={name: getattr(assessment, name) for name in mine},
        mine=mine,
        labels=labels_of(form),
        saved_by=services.SAVING_VERBS,
        texts=LONG_TEXTS,
    )
