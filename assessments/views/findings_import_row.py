"""One row of a findings preview: its element, its kind, its words, and how to divide it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from assessments.draft_subjects import imported_row_subject
from assessments.findings_import_page import RowCard, cards
from assessments.findings_import_readings import StagedFindings, staged_findings
from assessments.forms.findings_import_rows import ChangeRowForm, GiveForm, SplitForm
from assessments.import_access import FINDINGS_PAGES, findings_view
from assessments.services.findings_staging import edit_rows
from cse_tracker.accounts.drafts import DraftRequest, keeps_draft, restore_draft
from cse_tracker.accounts.models import ImportRun
from cse_tracker.core.errors import Conflict, RuleBroken
from cse_tracker.core.forms import Problem
from cse_tracker.core.forms.renewal import with_version_of
from cse_tracker.core.rich_text.units import units_of

EDITED_MEANWHILE = (
    "Someone changed these rows after you opened the page. Save again to keep what you "
    "entered for this row."
)


@require_http_methods(["GET", "POST"])
@findings_view
@keeps_draft(lambda _, run, row: imported_row_subject(run, row))
def change(request: DraftRequest, run: ImportRun, row: int) -> HttpResponse:
    """Change a row. What is typed is kept when somebody else changed the rows meanwhile."""
    if run.state != ImportRun.State.STAGED:
        return redirect(FINDINGS_PAGES.url_of(run))
    staged = staged_findings(run)
    card = _card(staged, row)
    form = ChangeRowForm(request.POST or None, staged=staged, row=card.row)
    restore_draft(request, form)
    problems: list[Problem] = []
    if form.is_valid():
        try:
            edit_rows(
                run=run,
                seen_version=form.cleaned_data["version"],
                edit=lambda rows: form.edited(rows, row),
                what=f"Row {row} changed",
                by=request.user,
            )
        except RuleBroken as rule:
            messages.error(request, str(rule))
        except Conflict as conflict:
            problems = [Problem(EDITED_MEANWHILE)]
            sent = with_version_of(request, conflict)
            form = ChangeRowForm(sent, staged=staged, row=card.row)
        if not problems:
            return redirect(f"{FINDINGS_PAGES.url_of(run)}#row-{row}")
    context = {
        "run": run,
        "assessment": staged.assessment,
        "card": card,
        "form": form,
        "problems": problems,
        "split_form": SplitForm(card.row) if _is_divisible(card) else None,
        "give_forms": [
            GiveForm(staged, card.row, each.column, each.belongs_to)
            for each in card.problems
            if each.belongs_to is not None
        ],
    }
    return render(request, "assessments/findings_import/row.html", context)


def _card(staged: StagedFindings, key: int) -> RowCard:
    for card in cards(staged):
        if card.row.key == key:
            return card
    raise Http404("No such row")


def _is_divisible(card: RowCard) -> bool:
    """Whether two rows can come of it."""
    row = card.row
    return len(units_of(row.comment)) + len(units_of(row.response)) > 1
