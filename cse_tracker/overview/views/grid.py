"""The page of all elements: every rating of an assessment entered in one place."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from assessments.access import assessment_view
from assessments.grid import (
    GridRow,
    GridSection,
    PostedRow,
    StoredResult,
    element_row_counts,
    lay_out,
    read_posted,
)
from assessments.models import Assessment, Finding
from assessments.ratings import RATING_CHOICES, Rating
from assessments.readings import known_ratings_before
from assessments.services.ratings import RatingEntry, ReasonsMissing, rate_nodes
from assessments.standard_tree import tree_for
from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.errors import Conflict, RuleBroken
from cse_tracker.core.forms import Problem


@require_http_methods(["GET", "POST"])
@assessment_view(Permission.READ_ISSUED)
def grid(request: OrgRequest, assessment: Assessment) -> HttpResponse:
    """Show all elements; with the right to rate, save what was changed in one go."""
    if request.method == "GET":
        return _show(request, assessment, _sections(request, assessment))
    request.membership.check_may(Permission.RATE)
    try:
        posted = read_posted(request.POST, stored_results(assessment))
    except ValueError as error:
        raise BadRequest(str(error)) from error
    return _save(request, assessment, posted)


def stored_results(assessment: Assessment) -> list[StoredResult]:
    """The assessment's results as plain data: one query."""
    return [
        StoredResult(*row)
        for row in assessment.results.values_list(
            "pk",
            "version",
            "node_id",
            "rating",
            "sampled",
            "applicable",
            "basis",
            "reason",
        )
    ]


def _save(
    request: OrgRequest, assessment: Assessment, posted: list[PostedRow]
) -> HttpResponse:
    stored = {result.id: result for result in stored_results(assessment)}
    touched = [
        row
        for row in posted
        if row.is_touched or row.reason != stored[row.result_id].reason
    ]
    try:
        changed = rate_nodes(
            assessment=assessment,
            entries=[_entry(row) for row in touched],
            by=request.user,
        )
    except (RuleBroken, Conflict) as refusal:
        sections = _sections(request, assessment)
        problems = _explain(refusal, _rows_by_result(sections), touched)
        return _show(request, assessment, sections, problems)
    messages.success(request, _saved_words(len(changed)))
    anchor = request.POST.get("save", "")
    return redirect(f"{assessment.get_absolute_url()}{f'#{anchor}' if anchor else ''}")


def _entry(row: PostedRow) -> RatingEntry:
    return RatingEntry(
        result_id=row.result_id,
        seen_version=row.seen_version,
        rating=Rating(row.rating) if row.rating else None,
        sampled=row.sampled,
        reason=row.reason,
    )


def _explain(
    refusal: RuleBroken | Conflict,
    rows: dict[int, GridRow],
    touched: Sequence[PostedRow],
) -> list[Problem]:
    """Put what the person entered back into the rows, and say at each what stopped it."""
    for posted in touched:
        row = rows[posted.result_id]
        row.rating, row.sampled, row.reason = (
            posted.rating,
            posted.sampled,
            posted.reason,
        )
    if isinstance(refusal, Conflict):
        return [_explain_clash(rows[clash.current.pk]) for clash in refusal.clashes]
    if isinstance(refusal, ReasonsMissing):
        return [_ask_for_reason(rows[result_id]) for result_id in refusal.result_ids]
    return [Problem(str(refusal))]


def _explain_clash(row: GridRow) -> Problem:
    row.theirs = row.result.rating
    theirs = Rating(row.theirs).label if row.theirs else "no rating"
    mine = Rating(row.rating).label if row.rating else "no rating"
    row.error = (
        f"Someone saved {theirs} for {row.node.ref} after you opened this page. You chose {mine}. "
        "Save again to put yours in its place, or choose theirs."
    )
    return Problem(row.error, f"id_rating-{row.result.id}")


def _ask_for_reason(row: GridRow) -> Problem:
    known = row.known.rating.label if row.known else "not rated"
    year = f" in {row.known.year}" if row.known else ""
    row.error = (
        f"{row.node.ref} was {known}{year} and is not marked as sampled. "
        "Mark it as sampled or give the reason for the change."
    )
    return Problem(row.error, f"id_reason-{row.result.id}")


def _saved_words(count: int) -> str:
    match count:
        case 0:
            return "Nothing had changed, so nothing was saved."
        case 1:
            return "1 element saved."
        case _:
            return f"{count} elements saved."


def _sections(request: OrgRequest, assessment: Assessment) -> list[GridSection]:
    findings = (
        Finding.objects.filter(finding_set=assessment.finding_set_id, withdrawn_at=None)
        .exclude(node=None)
        .values_list("node")
        .annotate(Count("pk"))
    )
    return lay_out(
        tree_for(request.organisation, assessment.certification.standard),
        stored_results(assessment),
        known_ratings_before(assessment),
        dict(findings),
    )


def _rows_by_result(sections: Sequence[GridSection]) -> dict[int, GridRow]:
    return {row.result.id: row for section in sections for row in section.all_rows()}


def _show(
    request: OrgRequest,
    assessment: Assessment,
    sections: Sequence[GridSection],
    problems: Sequence[Problem] = (),
) -> HttpResponse:
    rows = list(_rows_by_result(sections).values())
    context: dict[str, Any] = {
        "assessment": assessment,
        "sections": sections,
        "problems": list(problems),
        "counts": element_row_counts(rows),
        "sampled_count": sum(
            row.result.sampled and not row.is_sub_element for row in rows
        ),
        "can_rate": assessment.is_open and request.membership.may(Permission.RATE),
        "can_approve": request.membership.may(Permission.APPROVE),
        "can_read": request.membership.may(Permission.READ),
        "can_edit": request.membership.may(Permission.RATE),
        "rating_choices": [("", "Not rated"), *RATING_CHOICES],
    }
    return render(
        request, "overview/grid.html", context, status=409 if problems else 200
    )
