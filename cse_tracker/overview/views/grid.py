"""The page of all elements: every rating of an assessment entered in one place."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.access import assessment_view
from assessments.checks.telling import open_counts
from assessments.grid import (
    GridRow,
    carried_row_count,
    element_row_counts,
    sampled_row_count,
)
from assessments.grid_filter import narrow
from assessments.grid_form import (
    FILL_CHOICES,
    LAST_KNOWN,
    Fill,
    FillScope,
    PostedRow,
    fill_rows,
    put_back,
    read_fill,
    read_posted,
)
from assessments.models import Assessment
from assessments.ratings import RATING_CHOICES, Rating
from assessments.readings import stored_results
from assessments.services.next_year import can_be_followed
from assessments.services.ratings import RatingEntry, RowsRefused, rate_nodes
from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.models import Membership
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.dates import local_day
from cse_tracker.core.errors import Conflict, RuleBroken
from cse_tracker.core.forms import Problem
from cse_tracker.overview.forms.grid import GridFilterForm
from cse_tracker.overview.grid_page import (
    GridContent,
    advice_for,
    collect_grid,
    explain_refusals,
)
from cse_tracker.overview.grid_steps import first_to_rate, next_step


@require_http_methods(["GET", "POST"])
@assessment_view(Permission.READ_RATINGS)
def grid(request: OrgRequest, assessment: Assessment) -> HttpResponse:
    """Show all elements; with the right to rate, save what was changed in one go."""
    if request.method == "GET":
        return _show(request, assessment, _content(request, assessment))
    request.membership.check_may(Permission.RATE)
    posted = posted_rows(request, assessment)
    fill = _fill_asked_for(request)
    if fill:
        return _show_filled(request, assessment, posted, fill)
    return _save(request, assessment, posted)


def posted_rows(request: OrgRequest, assessment: Assessment) -> list[PostedRow]:
    """The rows that were sent; BadRequest on what the page never sends."""
    try:
        return read_posted(request.POST, stored_results(assessment))
    except ValueError as error:
        raise BadRequest(str(error)) from error


def entry_of(row: PostedRow) -> RatingEntry:
    """What was sent for one row, as the service takes it."""
    return RatingEntry(
        result_id=row.result_id,
        seen_version=row.seen_version,
        rating=Rating(row.rating) if row.rating else None,
        sampled=row.sampled,
        reason=row.reason,
        stays_carried=row.stays_carried,
    )


def _fill_asked_for(request: OrgRequest) -> Fill | None:
    try:
        return read_fill(request.POST)
    except ValueError as error:
        raise BadRequest(str(error)) from error


def _show_filled(
    request: OrgRequest, assessment: Assessment, posted: list[PostedRow], fill: Fill
) -> HttpResponse:
    """A criterion set at once is shown first and saved by the person's own Save."""
    content = _content(request, assessment)
    put_back(content.rows, posted)
    sent = {row.result_id for row in posted}
    filled = fill_rows(
        [
            row
            for row in content.rows.values()
            if row.node.criterion_ref == fill.criterion_ref and row.result.id in sent
        ],
        fill,
    )
    messages.warning(
        request,
        f"{_how_many(filled)} of criterion {fill.criterion_ref} changed below and not saved yet. "
        "Check them, then save all changes.",
    )
    return _show(request, assessment, content)


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
            entries=[entry_of(row) for row in touched],
            by=request.user,
        )
    except (RuleBroken, Conflict) as refusal:
        content = _content(request, assessment)
        put_back(content.rows, touched)
        problems = _problems(content.rows, refusal)
        return _show(request, assessment, content, problems)
    saved = f"{_how_many(len(changed))} saved." if changed else ""
    messages.success(request, saved or "Nothing had changed, so nothing was saved.")
    # The filter stays, because the form is sent to the page's own address.
    anchor = request.POST.get("save", "")
    return redirect(f"{request.get_full_path()}{f'#{anchor}' if anchor else ''}")


def _problems(
    rows: dict[int, GridRow], refusal: RuleBroken | Conflict
) -> list[Problem]:
    if isinstance(refusal, Conflict):
        by_row = {clash.current.pk: Conflict([clash]) for clash in refusal.clashes}
        return explain_refusals(rows, by_row)
    if isinstance(refusal, RowsRefused):
        return explain_refusals(rows, dict.fromkeys(refusal.result_ids, refusal))
    return [Problem(str(refusal))]


def _content(request: OrgRequest, assessment: Assessment) -> GridContent:
    today = local_day(timezone.now())
    return collect_grid(request.membership, assessment, today=today)


def _how_many(count: int) -> str:
    return "1 element" if count == 1 else f"{count} elements"


def _show(
    request: OrgRequest,
    assessment: Assessment,
    content: GridContent,
    problems: list[Problem] | None = None,
) -> HttpResponse:
    filter_form = _narrow(request, assessment, content)
    rows = list(content.rows.values())
    membership = request.membership
    context: dict[str, Any] = {
        "assessment": assessment,
        "sections": content.sections,
        "filter_form": filter_form,
        "shown_count": sum(not row.is_hidden for row in rows),
        "problems": problems or [],
        "counts": element_row_counts(rows),
        "advice": advice_for(membership, assessment, content.sections),
        "sampled_count": sampled_row_count(rows),
        "carried_count": carried_row_count(rows),
        "check_counts": open_counts(content.told),
        "following_count": content.following_count,
        **_what_next(assessment, membership, rows),
        **_rights(assessment, membership),
        "rating_choices": [("", "Not rated"), *RATING_CHOICES],
        **_filling(has_carried=carried_row_count(rows) > 0),
    }
    status = 409 if problems else 200
    return render(request, "overview/grid.html", context, status=status)


def _filling(*, has_carried: bool) -> dict[str, Any]:
    """What a whole criterion can be set to, and which of its rows.

    What is carried into a visit that examines all is most often confirmed as it is.
    """
    unrated = (
        "what is not rated or only carried" if has_carried else "what is not rated yet"
    )
    return {
        "fill_choices": FILL_CHOICES,
        "fill_scopes": [
            (FillScope.UNRATED.value, unrated),
            (FillScope.EVERYTHING.value, "everything"),
        ],
        "fill_rating": LAST_KNOWN if has_carried else Rating.COMPLIANT.value,
    }


def _narrow(
    request: OrgRequest, assessment: Assessment, content: GridContent
) -> GridFilterForm:
    """Hide the rows that were not asked for."""
    filter_form = GridFilterForm(
        request.GET,
        criteria=[section.node for section in content.sections],
        has_plan=assessment.kind != Assessment.Kind.SELF,
    )
    narrow(content.sections, filter_form.show_chosen, filter_form.criterion_ref)
    for row in content.rows.values():
        # What the person sent is shown again, whatever it became.
        row.is_hidden = row.is_hidden and f"seen-{row.result.id}" not in request.POST
    return filter_form


def _rights(assessment: Assessment, membership: Membership) -> dict[str, bool]:
    """What of the page this person may see, and where it may lead them."""
    may = membership.may
    return {
        "can_read": may(Permission.READ_FINDINGS),
        "can_import": assessment.is_open and may(Permission.IMPORT),
        "can_edit": may(Permission.PREPARE),
        "can_start_next": may(Permission.PREPARE) and can_be_followed(assessment),
        "sees_others": may(Permission.READ_ISSUED),
        "sees_work": may(Permission.READ),
    }


def _what_next(
    assessment: Assessment, membership: Membership, rows: list[GridRow]
) -> dict[str, Any]:
    """What this person may do with the assessment, and what of it comes first."""
    can_rate = assessment.is_open and membership.may(Permission.RATE)
    can_approve = membership.may(Permission.APPROVE)
    first_ref = first_to_rate(rows)
    return {
        "can_rate": can_rate,
        "can_approve": can_approve,
        "next_step": next_step(
            assessment.state,
            is_rated=not (element_row_counts(rows).blank or carried_row_count(rows)),
            can_rate=can_rate,
            can_approve=can_approve,
        ),
        "rate_url": assessment.url_of(first_ref) if first_ref else "",
    }
