"""An action plan from a file: upload or paste, preview, commit, undo."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from actions.forms.importing import BringPlanInForm, StagePlanForm
from actions.importing.problems import PlanProblem
from actions.importing.rows import PlanReading
from actions.models import Action
from actions.plan_import_page import link_offers, preview_rows
from actions.plan_import_readings import StagedPlan, staged_plan
from actions.services.plan_import import commit_plan
from actions.services.plan_staging import (
    PLAN,
    Source,
    pasted_plan,
    plan_file,
    stage_plan,
)
from actions.services.plan_undo import check_plan_undo, undo_plan
from cse_tracker.accounts.access import OrgRequest, organisation_view
from cse_tracker.accounts.import_pages import (
    ImportPages,
    discard_upload,
    done_page,
    import_view,
    undo_page,
    upload_page,
)
from cse_tracker.accounts.models import ImportRun, Organisation, Service
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.forms import Problem
from cse_tracker.core.importing.sections import problem_sections, severity_counts


def plan_runs(organisation: Organisation) -> QuerySet[ImportRun]:
    """Its imports of plans, newest first."""
    return ImportRun.objects.of_kind(organisation, PLAN)


# Of more actions the first are shown, but all problems.
ROWS_SHOWN = 200
PLAN_PAGES = ImportPages(
    runs=plan_runs,
    upload="actions:imports",
    run="actions:import_preview",
    templates="actions/importing",
)
plan_view = import_view(PLAN_PAGES, key="plan")


@require_http_methods(["GET", "POST"])
@organisation_view(Permission.IMPORT)
def imports(request: OrgRequest) -> HttpResponse:
    """Upload or paste a plan; below, what was brought in before."""
    form = StagePlanForm(request.POST or None, request.FILES or None)

    def stage() -> ImportRun:
        return stage_plan(
            organisation=request.organisation,
            source=_source(form),
            now=timezone.now(),
            by=request.user,
        )

    return upload_page(request, form, stage, PLAN_PAGES)


@require_http_methods(["GET", "POST"])
@plan_view
def preview(request: OrgRequest, run: ImportRun) -> HttpResponse:
    """What the file says and what would come of it; once that is done, what it did."""
    if run.state != ImportRun.State.STAGED:
        return done_page(request, run, PLAN_PAGES, _show_done)
    staged = staged_plan(run)
    form = _form(request, staged, request.POST or None)
    if not form.is_valid():
        return _show_preview(request, staged, form)
    try:
        commit_plan(
            run=run,
            choices=form.choices,
            seen=form.cleaned_data["seen"],
            now=timezone.now(),
            by=request.user,
        )
    except RuleBroken as rule:
        staged = staged_plan(run, form.choices)
        form = _form(request, staged, None)
        return _show_preview(request, staged, form, [Problem(str(rule))])
    messages.success(request, f"{run.file_name} was brought in.")
    return redirect(PLAN_PAGES.url_of(run))


@require_http_methods(["GET", "POST"])
@plan_view
def undo(request: OrgRequest, run: ImportRun) -> HttpResponse:
    """Say what would go and ask once; then take it back, or say what stands in the way."""
    return undo_page(
        request,
        run,
        PLAN_PAGES,
        facts=_counts,
        check=check_plan_undo,
        undo=undo_plan,
        show_done=_show_done,
    )


@require_POST
@plan_view
def discard(request: OrgRequest, run: ImportRun) -> HttpResponse:
    """Give up a preview."""
    return discard_upload(request, run, PLAN_PAGES)


def _source(form: StagePlanForm) -> Source:
    if form.cleaned_data["file"]:
        return plan_file(form.cleaned_data["file"])
    return pasted_plan(form.cleaned_data["pasted"])


def _form(request: OrgRequest, staged: StagedPlan, data: Any) -> BringPlanInForm:
    return BringPlanInForm(
        data,
        staged=staged,
        services=list(Service.objects.of(request.organisation).current()),
        offers=link_offers(staged),
        may_add_services=request.membership.may(Permission.SET_UP),
    )


def _show_preview(
    request: OrgRequest,
    staged: StagedPlan,
    form: BringPlanInForm,
    problems: list[Problem] | None = None,
) -> HttpResponse:
    found = [*staged.reading.problems, *staged.plan.problems]
    sheets = {row.sheet for row in staged.reading.rows}
    context = {
        "run": staged.run,
        "form": form,
        "problems": problems or [],
        "rows": list(preview_rows(staged, most=ROWS_SHOWN)),
        "action_count": len(staged.plan.actions),
        "has_sheets": len(sheets) > 1,
        "included_count": len(staged.plan.included),
        "columns": staged.reading.columns,
        "sections": problem_sections(found, PlanProblem),
        "severities": severity_counts(found),
        "same_file": ImportRun.objects.brought_in_before(staged.run).first(),
    }
    return render(request, "actions/importing/preview.html", context)


def _counts(run: ImportRun) -> dict[str, int]:
    """How much the import wrote, which undoing takes away."""
    written = run.staged.get("written", {})
    return {
        "action_count": len(written.get("actions", [])),
        "note_count": len(written.get("notes", [])),
        "decided_count": len(written.get("decided", [])),
        "service_count": len(written.get("services", [])),
    }


def _show_done(
    request: OrgRequest, run: ImportRun, problems: list[Problem]
) -> HttpResponse:
    reading = PlanReading.from_json(run.staged, run.problems)
    made = [pk for pk, _ in run.staged.get("written", {}).get("actions", [])]
    actions = list(Action.objects.filter(pk__in=made[:ROWS_SHOWN]).order_by("number"))
    for action in actions:
        action.organisation = request.organisation
    context = {
        "run": run,
        "problems": problems,
        "actions": actions,
        "sections": problem_sections(reading.problems, PlanProblem),
        "severities": severity_counts(reading.problems),
        **_counts(run),
    }
    return render(request, "actions/importing/done.html", context)
