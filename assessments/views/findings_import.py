"""Findings from a report: upload or paste, put the rows right, bring them in, undo."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from assessments.finding_readings import draft_responses
from assessments.findings_import_page import cards, rating_rows, summary
from assessments.findings_import_readings import StagedFindings, staged_findings
from assessments.forms.findings_import import BringInForm, StageFindingsForm
from assessments.forms.findings_import_rows import EditRowsForm
from assessments.import_access import FINDINGS_PAGES, findings_view
from assessments.models import Assessment
from assessments.services.findings_import import commit_findings
from assessments.services.findings_staging import (
    Source,
    edit_rows,
    pasted_source,
    stage_findings,
    word_source,
)
from assessments.services.findings_undo import check_findings_undo, undo_findings
from cse_tracker.accounts.access import OrgRequest, organisation_view
from cse_tracker.accounts.import_pages import (
    discard_upload,
    done_page,
    undo_page,
    upload_page,
)
from cse_tracker.accounts.models import ImportRun
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.errors import Conflict, RuleBroken
from cse_tracker.core.forms import Problem

EDITED_MEANWHILE = "Someone changed these rows after you opened the page. They are shown as they are now."
WHAT_WAS_DONE = {
    "up": "moved up",
    "down": "moved down",
    "merge": "merged with the one above",
    "leave": "left out",
    "take": "taken in",
    "own": "given its own words as response",
}


@require_http_methods(["GET", "POST"])
@organisation_view(Permission.IMPORT)
def findings_imports(request: OrgRequest) -> HttpResponse:
    """Upload or paste a report's tables; below, what was brought in before."""
    newest_first = list(Assessment.objects.of(request.organisation).in_order())[::-1]
    assessments = [each for each in newest_first if each.is_open]
    form = StageFindingsForm(
        request.POST or None,
        request.FILES or None,
        assessments=assessments,
        initial={"assessment": request.GET.get("assessment", "")},
    )

    def stage() -> ImportRun:
        return stage_findings(
            assessment=form.chosen, source=_source(form), by=request.user
        )

    return upload_page(
        request,
        form,
        stage,
        FINDINGS_PAGES,
        assessments=assessments,
        latest=newest_first[0] if newest_first else None,
        may_unlock=request.membership.may(Permission.APPROVE),
    )


@require_http_methods(["GET", "POST"])
@findings_view
def preview(request: OrgRequest, run: ImportRun) -> HttpResponse:
    """The rows and what bringing them in would do; once that is done, what it did."""
    if run.state != ImportRun.State.STAGED:
        return done_page(request, run, FINDINGS_PAGES, _show_done)
    staged = staged_findings(run)
    form = BringInForm(request.POST or None, staged=staged)
    if not form.is_valid():
        return _show_preview(request, staged, form)
    try:
        commit_findings(
            run=run,
            seen=form.cleaned_data["seen"],
            record_ratings=form.cleaned_data.get("record") == "yes",
            mark_sampled=form.cleaned_data.get("sampled", False),
            now=timezone.now(),
            by=request.user,
        )
    except RuleBroken as rule:
        run.refresh_from_db()
        staged = staged_findings(run)
        return _show_preview(
            request, staged, BringInForm(staged=staged), [Problem(str(rule))]
        )
    messages.success(request, f"{run.file_name} was brought in.")
    return redirect(FINDINGS_PAGES.url_of(run))


@require_POST
@findings_view
def edit(request: OrgRequest, run: ImportRun) -> HttpResponse:
    """Make one edit of a row by its button, and come back to it."""
    form = EditRowsForm(request.POST)
    if form.is_valid():
        key = form.cleaned_data["row"]
        try:
            edit_rows(
                run=run,
                seen_version=form.cleaned_data["version"],
                edit=form.edited,
                what=f"Row {key} {WHAT_WAS_DONE[form.cleaned_data['edit']]}",
                by=request.user,
            )
        except RuleBroken as rule:
            messages.error(request, str(rule))
        except Conflict:
            messages.error(request, EDITED_MEANWHILE)
        return redirect(f"{FINDINGS_PAGES.url_of(run)}?row={key}#row-{key}")
    messages.error(request, "Choose again what to do with the row.")
    return redirect(FINDINGS_PAGES.url_of(run))


@require_http_methods(["GET", "POST"])
@findings_view
def undo(request: OrgRequest, run: ImportRun) -> HttpResponse:
    """Say what would go and ask once; then take it back, or say what stands in the way."""
    return undo_page(
        request,
        run,
        FINDINGS_PAGES,
        facts=_undoing,
        check=check_findings_undo,
        undo=undo_findings,
        show_done=_show_done,
    )


@require_POST
@findings_view
def discard(request: OrgRequest, run: ImportRun) -> HttpResponse:
    """Give up a preview."""
    return discard_upload(request, run, FINDINGS_PAGES)


def _source(form: StageFindingsForm) -> Source:
    if form.cleaned_data["file"]:
        return word_source(form.cleaned_data["file"])
    return pasted_source(
        html=form.cleaned_data["pasted_html"], text=form.cleaned_data["pasted"]
    )


def _show_preview(
    request: OrgRequest,
    staged: StagedFindings,
    form: BringInForm,
    problems: list[Problem] | None = None,
) -> HttpResponse:
    rows = list(cards(staged, opened=request.GET.get("row", "")))
    context = {
        "run": staged.run,
        "assessment": staged.assessment,
        "form": form,
        "problems": problems or [],
        "cards": rows,
        "folded_count": sum(not card.is_open for card in rows),
        "flagged": [card for card in rows if card.flags],
        "ratings": rating_rows(staged),
        "summary": summary(staged),
        "same_file": _same_file_or_none(staged.run),
    }
    return render(request, "assessments/findings_import/preview.html", context)


def _undoing(run: ImportRun) -> dict[str, int]:
    """How much undoing would take away or give back."""
    written = run.staged["written"]
    return {
        "comment_count": len(written["findings"]),
        "response_count": len(written["responses"]),
        "rating_count": len(written.get("ratings", [])),
    }


def _show_done(
    request: OrgRequest, run: ImportRun, problems: list[Problem]
) -> HttpResponse:
    staged = staged_findings(run)
    context = {
        "run": run,
        "assessment": staged.assessment,
        "problems": problems,
        "summary": summary(staged),
        "rating_count": len(run.staged.get("written", {}).get("ratings", [])),
        "cards": list(cards(staged)),
        "draft_count": len(draft_responses(staged.assessment)),
    }
    return render(request, "assessments/findings_import/done.html", context)


def _same_file_or_none(run: ImportRun) -> ImportRun | None:
    """The last other import of exactly this, for the same assessment, that was not undone."""
    same = ImportRun.objects.brought_in_before(run)
    return same.filter(staged__assessment=run.staged["assessment"]).first()
