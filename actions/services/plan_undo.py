"""Undoing an import of a plan: what it made goes, and what it decided is open again."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ForeignObjectRel, Model

from actions.models import Action, ActionEvidence, ActionFinding, ActionNote
from actions.readings import has_action
from assessments.models import Finding
from assessments.services.findings import decide_on_finding
from cse_tracker.accounts.models import ImportRun, Service, User
from cse_tracker.accounts.services.events import EventDraft, record_events
from cse_tracker.accounts.services.imports import (
    ImportInUse,
    check_brought_in,
    finish_undo,
    hold_run,
)
from cse_tracker.accounts.services.notifications import take_back
from cse_tracker.accounts.services.organisations import (
    lock_organisation,
    withdraw_service,
)
from cse_tracker.accounts.verbs import UNDONE
from cse_tracker.core.importing.traces import changed_since, named, resting_on

ADDED = {
    ActionNote: "Something was said about",
    ActionFinding: "A comment was linked to",
    ActionEvidence: "Evidence was added to",
}


@transaction.atomic
def undo_plan(*, run: ImportRun, now: datetime, by: User) -> ImportRun:
    """Take back everything the import wrote. A second call changes nothing.

    Comments that only its actions answer are undecided again; a service that it added stays
    if somebody uses it. Raises ImportInUse, naming the actions that were worked on since.
    """
    lock_organisation(run.organisation)
    run = hold_run(run)
    if run.state == ImportRun.State.UNDONE:
        return run
    check_brought_in(run)
    written = run.staged["written"]
    seen = dict(written["actions"])
    actions = list(
        Action.objects.filter(pk__in=seen)
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    check_plan_undo(run)
    drafts = [EventDraft(each, {"title": (each.title, "")}) for each in actions]
    record_events(
        drafts, by=by, verb=UNDONE, organisation=run.organisation, batch=run.batch
    )
    if run.committed_at:
        told = {f"action:{action.pk}" for action in actions}
        take_back(organisation=run.organisation, things=told, since=run.committed_at)
    for model, pks in reversed(_made(written).items()):
        model._base_manager.filter(pk__in=pks).delete()
    # So that nobody else gets a number that somebody may have cited.
    written["undone"] = [[each.number, each.title] for each in actions]
    _undecide(written, by)
    _withdraw_services(written, now, by)
    return finish_undo(run, now=now, by=by)


def check_plan_undo(run: ImportRun) -> None:
    """Raise ImportInUse if ``undo_plan`` would."""
    obstacles = list(_obstacles(run.staged["written"]))
    if obstacles:
        raise ImportInUse(obstacles)


def _obstacles(written: dict[str, Any]) -> Iterator[str]:
    """What was worked on since, each as a sentence."""
    for row in changed_since(Action, dict(written["actions"])):
        yield f"{row} was changed." if isinstance(row, Action) else "An action is gone."
    for found in resting_on(_made(written), restored={}):
        yield _named(found)


def _made(written: dict[str, Any]) -> dict[type[Model], list[int]]:
    """The rows that the import made; what hangs on an action comes after it."""
    return {
        Action: [pk for pk, _ in written["actions"]],
        ActionNote: written["notes"],
        ActionFinding: written["links"],
        ActionEvidence: written["evidence"],
    }


def _named(row: Model) -> str:
    match row:
        case ActionNote() | ActionFinding() | ActionEvidence():
            return f"{ADDED[type(row)]} {row.action}."
        case _:
            return f"{named(row)} was added since."


def _undecide(written: dict[str, Any], by: User) -> None:
    """Leave open again what was decided with the import, unless another action answers it."""
    decided = Finding.objects.standing().filter(
        pk__in=written["decided"], decision=Finding.Decision.ACT
    )
    # Held before it is asked who answers them: somebody may be saying so at this moment.
    held = list(decided.order_by("pk").select_for_update(of=("self",)))
    answered = Finding.objects.filter(has_action()).in_bulk([each.pk for each in held])
    for finding in (each for each in held if each.pk not in answered):
        decide_on_finding(
            finding=finding,
            seen_version=finding.version,
            decision=Finding.Decision.UNDECIDED,
            reason="",
            by=by,
        )


def _withdraw_services(written: dict[str, Any], now: datetime, by: User) -> None:
    """Take the services that came with it out of use, but none that something else uses."""
    for service in Service.objects.filter(pk__in=written["services"]):
        if not _is_used(service):
            withdraw_service(service=service, now=now, by=by)


def _is_used(service: Service) -> bool:
    relations = service._meta.get_fields(include_hidden=True)
    return any(
        relation.related_model._base_manager.filter(
            **{relation.field.name: service}
        ).exists()
        for relation in relations
        if isinstance(relation, ForeignObjectRel)
    )
