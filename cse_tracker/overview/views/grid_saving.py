"""Saving single rows of the page of all elements while somebody works on it."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST

from assessments.access import assessment_view
from assessments.checks.telling import open_counts
from assessments.grid import (
    GridRow,
    carried_row_count,
    element_row_counts,
    sampled_row_count,
)
from assessments.grid_form import put_back
from assessments.models import Assessment
from assessments.services.ratings import rate_each
from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.models import Membership
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.dates import local_day
from cse_tracker.core.errors import RuleBroken
from cse_tracker.overview.grid_page import (
    GridContent,
    advice_for,
    collect_rated_grid,
    explain_refusals,
)
from cse_tracker.overview.views.grid import entry_of, posted_rows


@require_POST
@assessment_view(Permission.RATE)
def rate_rows(request: OrgRequest, assessment: Assessment) -> HttpResponse:
    """Save what can be saved of the rows sent; answer for each what stands there now.

    ``rows``: result id, whether it was refused, what is stored, the piece below its fields.
    ``pieces``: other pieces of the page that these rows changed, by id.
    """
    posted = posted_rows(request, assessment)
    entries = [entry_of(row) for row in posted]
    try:
        refused = rate_each(assessment=assessment, entries=entries, by=request.user)
    except RuleBroken as rule:
        return JsonResponse({"problem": str(rule)}, status=409)
    assessment.refresh_from_db(fields=["state"])
    today = local_day(timezone.now())
    content = collect_rated_grid(request.membership, assessment, today=today)
    rows = content.rows
    put_back(rows, [row for row in posted if row.result_id in refused])
    explain_refusals(rows, refused)
    sent = [rows[row.result_id] for row in posted]
    return JsonResponse(
        {
            "rows": [_answer(row, is_refused=row.result.id in refused) for row in sent],
            "pieces": _pieces(request.membership, assessment, content, sent),
        }
    )


def _answer(row: GridRow, *, is_refused: bool) -> dict[str, Any]:
    stored = row.result
    return {
        "id": stored.id,
        "refused": is_refused,
        # Somebody else saved another value meanwhile.
        "clash": bool(row.theirs),
        "seen": stored.fingerprint,
        "reason": stored.reason,
        "note": render_to_string("overview/grid/note.html", {"row": row}),
    }


def _pieces(
    membership: Membership,
    assessment: Assessment,
    content: GridContent,
    sent: list[GridRow],
) -> dict[str, str]:
    """The counts, the state and the flags, which follow each save."""
    rows = content.rows.values()
    names = ["counts", "advice", "state"]
    if membership.may(Permission.READ):
        names.append("checks")
    whole = {
        "assessment": assessment,
        "counts": element_row_counts(rows),
        "sampled_count": sampled_row_count(rows),
        "carried_count": carried_row_count(rows),
        "check_counts": open_counts(content.told),
        "advice": advice_for(membership, assessment, content.sections),
    }
    pieces: dict[str, str] = {
        f"grid-{name}": render_to_string(f"overview/grid/{name}.html", whole)
        for name in names
    }
    return pieces | _pieces_beside(assessment, content, sent)


def _pieces_beside(
    assessment: Assessment, content: GridContent, sent: list[GridRow]
) -> dict[str, str]:
    """Of the criteria that were rated in their counts, and of their rows the flags.

    A rating of a sub-element can raise or settle a flag at its element.
    """
    touched = {row.node.criterion_ref for row in sent}
    sections = [each for each in content.sections if each.node.ref in touched]
    counts: dict[str, str] = {
        f"grid-counts-{section.node.ref}": render_to_string(
            "overview/grid/criterion_counts.html",
            {"assessment": assessment, "section": section},
        )
        for section in sections
    }
    flags: dict[str, str] = {
        f"checks-{row.result.id}": render_to_string(
            "overview/grid/check_count.html", {"assessment": assessment, "row": row}
        )
        for section in sections
        for row in section.all_rows()
        if row.result.applicable
    }
    return counts | flags
