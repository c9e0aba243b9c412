"""Bringing the past in: upload, preview, commit, undo."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from assessments.forms.imports import ImportYearsForm, UploadAnnexForm
from assessments.import_access import ANNEX_PAGES, annex_view
from assessments.import_page import (
    all_problems,
    change_rows,
    undoing,
    year_rows,
)
from assessments.import_readings import StagedImport, staged_import
from assessments.importing.annex import AnnexReading
from assessments.importing.problems import AnnexProblem
from assessments.importing.wording import (
    new_wording,
    offered_wording,
    wording_fingerprint,
)
from assessments.services.annex_import import commit_annex
from assessments.services.annex_staging import (
    also_chosen,
    choose_years,
    stage_annex,
)
from assessments.services.annex_undo import check_annex_undo, undo_import
from assessments.services.annex_wording import adopt_wording
from assessments.services.certifications import certification_of
from assessments.standard_tree import tree_for
from assessments.wording_page import compare, elements, tally_words
from cse_tracker.accounts.access import OrgRequest, organisation_view
from cse_tracker.accounts.import_pages import (
    discard_upload,
    done_page,
    undo_page,
    upload_page,
)
from cse_tracker.accounts.models import ImportRun
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.forms import Problem
from cse_tracker.core.importing.sections import problem_sections, severity_counts


@require_http_methods(["GET", "POST"])
@organisation_view(Permission.IMPORT)
def imports(request: OrgRequest) -> HttpResponse:
    """Upload an annex; below, what was brought in before."""
    form = UploadAnnexForm(request.POST or None, request.FILES or None)

    def stage() -> ImportRun:
        return stage_annex(
            organisation=request.organisation,
            file=form.cleaned_data["file"],
            now=timezone.now(),
            by=request.user,
        )

    return upload_page(request, form, stage, ANNEX_PAGES)


@require_http_methods(["GET", "POST"])
@annex_view
def preview(request: OrgRequest, run: ImportRun) -> HttpResponse:
    """What the file says and what bringing it in would do; once that is done, what it did."""
    if run.state != ImportRun.State.STAGED:
        return done_page(request, run, ANNEX_PAGES, _show_done)
    certification = certification_of(organisation=request.organisation)
    staged = staged_import(run, certification, now=timezone.now())
    form = _years_form(request, run, staged, request.POST or None)
    if not form.is_valid():
        return _show_preview(request, run, staged, form)
    try:
        return _choose_or_commit(request, run, staged, form)
    except RuleBroken as rule:
        staged = staged_import(run, certification, now=timezone.now())
        form = _years_form(request, run, staged, None)
        return _show_preview(request, run, staged, form, [Problem(str(rule))])


@require_http_methods(["GET", "POST"])
@annex_view
def undo(request: OrgRequest, run: ImportRun) -> HttpResponse:
    """Say what would go and ask once; then take it back, or say what stands in the way."""
    if _has_confirmed(run):
        request.membership.check_may(Permission.APPROVE)
    return undo_page(
        request,
        run,
        ANNEX_PAGES,
        facts=lambda run: {"undoing": undoing(run)},
        check=check_annex_undo,
        undo=undo_import,
        show_done=_show_done,
    )


@require_http_methods(["GET", "POST"])
@annex_view
def wording(request: OrgRequest, run: ImportRun) -> HttpResponse:
    """What the file says of each element beside what is shown; adopt it once brought in."""
    if request.method == "POST":
        try:
            count = adopt_wording(
                run=run, seen=request.POST.get("seen", ""), by=request.user
            )
        except RuleBroken as rule:
            messages.error(request, str(rule))
        else:
            messages.success(request, f"{elements(count)} now in the file's wording.")
        return redirect("assessments:import_wording", request.organisation.slug, run.pk)
    certification = certification_of(organisation=request.organisation)
    tree = tree_for(request.organisation, certification.standard)
    reading = AnnexReading.from_json(run.staged, [])
    comparisons = compare(tree, offered_wording(reading))
    new_count = len(new_wording(reading, tree))
    context = {
        "run": run,
        "comparisons": comparisons,
        "tally": tally_words(comparisons),
        "new_count": new_count,
        "seen": wording_fingerprint(tree),
        "adopt_text": f"Adopt this wording for {elements(new_count)}",
    }
    return render(request, "assessments/imports/wording.html", context)


@require_POST
@annex_view
def discard(request: OrgRequest, run: ImportRun) -> HttpResponse:
    """Give up a preview."""
    return discard_upload(request, run, ANNEX_PAGES)


def _choose_or_commit(
    request: OrgRequest, run: ImportRun, staged: StagedImport, form: ImportYearsForm
) -> HttpResponse:
    """Commit what the person saw; anything else they chose is shown to them first."""
    choices = form.choices()
    is_commit = request.POST.get("action") == "commit"
    if is_commit and choices == staged.choices:
        commit_annex(
            run=run,
            choices=choices,
            seen=form.cleaned_data["seen"],
            also=form.also,
            now=timezone.now(),
            by=request.user,
        )
        messages.success(request, f"{run.file_name} was brought in.")
        return redirect(ANNEX_PAGES.url_of(run))
    choose_years(run=run, choices=choices, also=form.also, by=request.user)
    if is_commit:
        messages.info(
            request,
            "You changed what to bring in. Check what would happen, then bring it in.",
        )
    return redirect(ANNEX_PAGES.url_of(run))


def _years_form(
    request: OrgRequest, run: ImportRun, staged: StagedImport, data: Any
) -> ImportYearsForm:
    return ImportYearsForm(
        data,
        staged=staged,
        may_confirm=request.membership.may(Permission.APPROVE),
        also=also_chosen(run),
    )


def _show_preview(
    request: OrgRequest,
    run: ImportRun,
    staged: StagedImport,
    form: ImportYearsForm,
    problems: list[Problem] | None = None,
) -> HttpResponse:
    plan = staged.plan
    found = all_problems(staged, plan)
    context = {
        "run": run,
        "form": form,
        "problems": problems or [],
        "reading": staged.reading,
        "years": year_rows(form, plan),
        "may_bring_in": any(fields.include for fields in form.year_fields()),
        "changes": list(change_rows(plan)),
        "new_sub_elements": plan.new_sub_elements,
        "sections": problem_sections(found, AnnexProblem),
        "severities": severity_counts(found),
        "asks_for_cycle": request.membership.may(Permission.SET_UP)
        and staged.cycle.starts_in is None,
        "same_file": ImportRun.objects.brought_in_before(run).first(),
    }
    return render(request, "assessments/imports/preview.html", context)


def _show_done(
    request: OrgRequest, run: ImportRun, problems: list[Problem]
) -> HttpResponse:
    reading = AnnexReading.from_json(run.staged, run.problems)
    certification = certification_of(organisation=request.organisation)
    may_set_up = request.membership.may(Permission.SET_UP)
    context = {
        "run": run,
        "problems": problems,
        "may_undo": not _has_confirmed(run)
        or request.membership.may(Permission.APPROVE),
        "asks_for_cycle": may_set_up and certification.cycle_starts_in is None,
        "years": [
            year
            for year, choice in sorted(run.choices.get("years", {}).items())
            if choice["include"]
        ],
        "adopted_count": len(run.staged.get("written", {}).get("wording", [])),
        "sections": problem_sections(reading.problems, AnnexProblem),
        "severities": severity_counts(reading.problems),
    }
    return render(request, "assessments/imports/done.html", context)


def _has_confirmed(run: ImportRun) -> bool:
    """Whether the import confirmed its years: undoing it unlocks them."""
    return bool(run.choices.get("confirm"))
