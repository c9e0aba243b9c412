"""Moves that finish an action or take it up again, each on a page of its own."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actions.access import action_view
from actions.closing import Closing
from actions.forms.finishing import ClaimForm, CloseForm, MoveForm, ReopenForm
from actions.models import Action
from actions.readings import evidence_for_claim, ratings_to_look_at
from actions.services.finishing import (
    CLAIM,
    CLOSE,
    DECLINE,
    REOPEN,
    Move,
    claim_done,
    close_action,
    decline_action,
    how_to_close,
    reopen_action,
)
from actions.views.asking import Question, ask
from cse_tracker.accounts.access import OrgRequest
from cse_tracker.accounts.drafts import DraftRequest, keeps_draft
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.dates import local_day
from cse_tracker.core.stored_files import no_orphans
from evidence.models import EvidenceItem
from evidence.services.items import add_document, add_link


@require_http_methods(["GET", "POST"])
@action_view(Permission.UPDATE_ACTION, owner_may=True)
@no_orphans()
@keeps_draft(lambda _, action: f"action-claim:{action.pk}")
def claim(request: DraftRequest, action: Action) -> HttpResponse:
    """Say that it is done and what shows it: evidence that is there, or one new item."""
    _check_fits(CLAIM, action, request)

    def write(form: ClaimForm) -> str:
        added = [_add_evidence(request, form)] if form.adds_evidence else []
        claim_done(
            action=action,
            seen_version=form.cleaned_data["version"],
            words=form.cleaned_data["words"],
            evidence=[*form.chosen, *added],
            now=timezone.now(),
            by=request.user,
        )
        return action.get_absolute_url()

    def save(form: ClaimForm) -> None:
        with no_orphans():
            form.submit_once(request.user, lambda: write(form))

    question = Question(
        "actions/claim.html",
        lambda current, sent: _claim_form(request, current, sent),
        save,
        f"Action {action.number} is said to be done. Those who may close it are told.",
    )
    return ask(request, action, question)


@require_http_methods(["GET", "POST"])
@action_view(Permission.FINISH_ACTION)
@keeps_draft(lambda _, action: f"action-close:{action.pk}")
def close(request: DraftRequest, action: Action) -> HttpResponse:
    """Accept that it is done; who may not is told who may."""
    _check_fits(CLOSE, action, request)
    rule, others = how_to_close(action, by=request.user)
    if rule is Closing.SOMEBODY_ELSE and not request.POST:
        context = {"action": action, "others": others}
        return render(request, "actions/close_other.html", context)
    # Who lost the right meanwhile is told by the service, beside what they typed.
    closing = Closing.FREE if rule is Closing.SOMEBODY_ELSE else rule
    question = Question(
        "actions/close.html",
        lambda current, sent: CloseForm(sent, action=current, closing=closing),
        _move(request, action, close_action),
        f"Action {action.number} is closed.",
        {
            "claimed": action.notes.newest_first().filter(kind="claimed").first(),
            "evidence": action.evidence.order_by("number"),
            "to_look_at": ratings_to_look_at(
                action, closed_on=local_day(timezone.now())
            ),
        },
    )
    return ask(request, action, question)


@require_http_methods(["GET", "POST"])
@action_view(Permission.UPDATE_ACTION)
@keeps_draft(lambda _, action: f"action-decline:{action.pk}")
def decline(request: DraftRequest, action: Action) -> HttpResponse:
    """Decide not to do it after all, and say why."""
    _check_fits(DECLINE, action, request)
    question = Question(
        "actions/decline.html",
        lambda current, sent: MoveForm(
            sent, action=current, label="Why it will not be done"
        ),
        _move(request, action, decline_action),
        f"Action {action.number} is declined.",
    )
    return ask(request, action, question)


@require_http_methods(["GET", "POST"])
@action_view(Permission.FINISH_ACTION)
@keeps_draft(lambda _, action: f"action-reopen:{action.pk}")
def reopen(request: DraftRequest, action: Action) -> HttpResponse:
    """Send back what is said to be done, or take up again what was finished."""
    _check_fits(REOPEN, action, request)
    is_claimed = action.status == Action.Status.DONE
    label = "What is missing" if is_claimed else "Why it is taken up again"
    outcome = "sent back" if is_claimed else "open again"
    question = Question(
        "actions/reopen.html",
        lambda current, sent: ReopenForm(sent, action=current, label=label),
        _move(request, action, reopen_action),
        f"Action {action.number} is {outcome}.",
        {"is_claimed": is_claimed},
    )
    return ask(request, action, question)


def _check_fits(move: Move, action: Action, request: OrgRequest) -> None:
    """Refuse to open the page of a move that does not apply; what was typed is answered."""
    if not request.POST:
        move.check_fits(action)


def _move(
    request: OrgRequest, action: Action, service: Any
) -> Callable[[MoveForm], object]:
    """What a form without evidence saves."""

    def write(form: MoveForm) -> str:
        service(
            action=action,
            seen_version=form.cleaned_data["version"],
            **form.said,
            now=timezone.now(),
            by=request.user,
        )
        return action.get_absolute_url()

    return lambda form: form.submit_once(request.user, lambda: write(form))


def _claim_form(
    request: OrgRequest, action: Action, sent: QueryDict | None
) -> ClaimForm:
    near, others = evidence_for_claim(action)
    return ClaimForm(
        sent,
        request.FILES or None,
        action=action,
        near=near,
        others=others,
        may_add=request.membership.may(Permission.ADD_EVIDENCE),
    )


def _add_evidence(request: OrgRequest, form: ClaimForm) -> EvidenceItem:
    details, dates = form.new_details, form.new_dates(local_day(timezone.now()))
    if address := form.cleaned_data["new_url"]:
        return add_link(
            organisation=request.organisation,
            details=details,
            url=address,
            dates=dates,
            by=request.user,
        )
    return add_document(
        organisation=request.organisation,
        details=details,
        upload=form.cleaned_data["new_file"],
        dates=dates,
        by=request.user,
    )
