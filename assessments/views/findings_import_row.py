"""One row of a findings preview: its element, its kind, its words, and how to divide it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from assessments.draft_subjects import imported_row_subject
from assessments.findings_import_page import RowCard, cards
from assessments.findings_import_readings import StagedFindings, staged_findings
from assessments.forms.findings_import_rows import ChangeRowForm
from assessments.forms.findings_import_steps import STEP, StepForm, steps_for
from assessments.import_access import FINDINGS_PAGES, findings_view
from assessments.importing.findings.rows import Rows
from assessments.services.findings_staging import NO_SUCH_ROW, edit_rows
from cse_tracker.accounts.drafts import DraftRequest, keeps_draft, restore_draft
from cse_tracker.accounts.models import ImportRun
from cse_tracker.core.errors import Conflict, RuleBroken
from cse_tracker.core.forms import Problem
from cse_tracker.core.forms.renewal import with_version_of

EDITED_MEANWHILE = (
    "Someone changed these rows after you opened the page. Save again to keep what you "
    "entered for this row."
)
CHOOSE_AGAIN = "This row can't be divided like that any more. Choose again."
NOT_WAITING = "These rows were brought in or given up meanwhile."


@require_http_methods(["GET", "POST"])
@findings_view
@keeps_draft(lambda _, run, row: imported_row_subject(run, row))
def change(request: DraftRequest, run: ImportRun, row: int) -> HttpResponse:
    """Change a row, and divide it if asked. What is typed is saved or shown again."""
    staged = staged_findings(run)
    card = next((each for each in cards(staged) if each.row.key == row), None)
    if card is None or run.state != ImportRun.State.STAGED:
        return _too_late(request, run, has_row=card is not None)
    form = ChangeRowForm(request.POST or None, staged=staged, row=card.row)
    restore_draft(request, form)
    if not form.is_valid():
        return _show(request, staged, card, form)
    steps = steps_for(staged, card, form.typed(card.row), request.POST)
    asked = [step for step in steps if step.is_bound]
    problems = []
    if all(step.is_valid() for step in asked):
        try:
            _save(request, run, row, form, asked)
            return redirect(f"{FINDINGS_PAGES.url_of(run)}?row={row}#row-{row}")
        except RuleBroken as rule:
            problems = [Problem(str(rule))]
        except Conflict as conflict:
            problems = [Problem(EDITED_MEANWHILE)]
            sent = with_version_of(request, conflict)
            form = ChangeRowForm(sent, staged=staged, row=card.row)
    return _show(request, staged, card, form, problems, steps)


def _save(
    request: DraftRequest,
    run: ImportRun,
    row: int,
    form: ChangeRowForm,
    steps: list[StepForm],
) -> None:
    """Save what was typed and divide the row, together or not at all."""
    if STEP in request.POST and not steps:
        raise RuleBroken(CHOOSE_AGAIN)

    def edit(rows: Rows) -> Rows:
        rows = form.edited(rows, row)
        for step in steps:
            rows = step.edited(rows)
        return rows

    done = " and ".join(["changed", *(step.what for step in steps)])
    edit_rows(
        run=run,
        seen_version=form.cleaned_data["version"],
        edit=edit,
        what=f"Row {row} {done}",
        by=request.user,
    )


def _show(
    request: DraftRequest,
    staged: StagedFindings,
    card: RowCard,
    form: ChangeRowForm,
    problems: list[Problem] | None = None,
    steps: list[StepForm] | None = None,
) -> HttpResponse:
    context = {
        "run": staged.run,
        "assessment": staged.assessment,
        "card": card,
        "form": form,
        "problems": problems or [],
        "steps": steps_for(staged, card, card.row) if steps is None else steps,
    }
    return render(request, "assessments/findings_import/row.html", context)


def _too_late(request: DraftRequest, run: ImportRun, *, has_row: bool) -> HttpResponse:
    """The row can't be changed any more: what was typed is shown, to be copied."""
    if request.method == "GET":
        if has_row:
            return redirect(FINDINGS_PAGES.url_of(run))
        raise Http404("No such row")
    context = {
        "run": run,
        "reason": NOT_WAITING if has_row else NO_SUCH_ROW,
        "comment": request.POST.get("comment", ""),
        "response": request.POST.get("response", ""),
        "back": FINDINGS_PAGES.url_of(run),
    }
    return render(
        request, "assessments/findings_import/row_gone.html", context, status=409
    )
