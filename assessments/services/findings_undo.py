"""Undoing an import of findings: what it made goes, ratings get their old values back."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from assessments.models import Assessment, Finding, FindingResponse, Response, Result
from assessments.services.findings import hold_open
from assessments.services.restored_ratings import (
    Before,
    before_of,
    hold_sources,
    lost_sources,
    restore_ratings,
    restoring_drafts,
)
from cse_tracker.accounts.models import ImportRun, User
from cse_tracker.accounts.services.events import EventDraft, record_events
from cse_tracker.accounts.services.imports import (
    ImportInUse,
    check_brought_in,
    finish_undo,
    hold_run,
)
from cse_tracker.accounts.verbs import UNDONE
from cse_tracker.core.importing.traces import changed_since, named, resting_on
from cse_tracker.core.rich_text.words import excerpt

LOGGED_FIELDS = ["rating", "sampled", "basis", "reason"]
LABEL_CHARACTERS = 60


@transaction.atomic
def undo_findings(*, run: ImportRun, now: datetime, by: User) -> ImportRun:
    """Take back everything the import wrote. A second call changes nothing.

    Raises ImportInUse, naming what stands in the way, if a touched row was changed since or
    something else rests on it; RuleBroken if the assessment is confirmed.
    """
    run = hold_run(run)
    if run.state == ImportRun.State.UNDONE:
        return run
    check_brought_in(run)
    assessment = hold_open(Assessment.objects.get(pk=run.staged["assessment"]))
    written = run.staged["written"]
    _hold(written)
    check_findings_undo(run)
    _log_undo(run, assessment, written, by)
    restore_ratings(_before(written), LOGGED_FIELDS)
    _restore_state(run, assessment, written, by)
    _remove(written)
    return finish_undo(run, now=now, by=by, assessment_id=assessment.pk)


def check_findings_undo(run: ImportRun) -> None:
    """Raise RuleBroken or ImportInUse if ``undo_findings`` would."""
    Assessment.objects.get(pk=run.staged["assessment"]).check_open()
    obstacles = list(_obstacles(run.staged["written"]))
    if obstacles:
        raise ImportInUse(obstacles)


def _hold(written: dict[str, Any]) -> None:
    """Lock the rows: decisions and answers are entered without holding the assessment."""
    for model, touched in ((Finding, "findings"), (Response, "responses")):
        rows = model._base_manager.filter(pk__in=[pk for pk, _ in written[touched]])
        list(rows.order_by("pk").select_for_update(of=("self",)))
    hold_sources(_before(written))


def _before(written: dict[str, Any]) -> Before:
    return before_of(written.get("ratings", []))


def _obstacles(written: dict[str, Any]) -> Iterator[str]:
    """What was changed or built on since, each as a sentence."""
    for model, seen in (
        (Finding, dict(written["findings"])),
        (Response, dict(written["responses"])),
        (Result, {row["id"]: row["version"] for row in written.get("ratings", [])}),
    ):
        for row in changed_since(model, seen):
            yield f"{_named(row)} was changed."
    yield from lost_sources(_before(written))
    made: dict[type[Model], list[int]] = {
        Finding: [pk for pk, _ in written["findings"]],
        Response: [pk for pk, _ in written["responses"]],
        FindingResponse: written["links"],
    }
    for found in resting_on(made, restored={}):
        yield f"{_named(found)} was added and rests on this import."


def _named(row: Model | int) -> str:
    match row:
        case Finding(node=node, comment=comment):
            about = f"The comment on {node.ref}" if node else "The comment"
            return _quoting(about, comment)
        case Response(text=text):
            return _quoting("The response", text)
        case Result():
            return f"The rating of {row}"
        case Model():
            return named(row)
    return "A row that this import made"


def _quoting(about: str, text: str) -> str:
    words = excerpt(text, characters=LABEL_CHARACTERS)
    return f"{about} “{words}”" if words else about


def _log_undo(
    run: ImportRun, assessment: Assessment, written: dict[str, Any], by: User
) -> None:
    findings = Finding.objects.filter(pk__in=[pk for pk, _ in written["findings"]])
    drafts = [
        EventDraft(
            finding, {"comment": (finding.comment, "")}, assessment.pk, finding.node_id
        )
        for finding in findings
    ]
    drafts += _response_drafts(assessment, written)
    drafts += restoring_drafts(_before(written), LOGGED_FIELDS)
    record_events(
        drafts, by=by, verb=UNDONE, organisation=run.organisation, batch=run.batch
    )


def _response_drafts(
    assessment: Assessment, written: dict[str, Any]
) -> Iterator[EventDraft]:
    """One for each element that a response was made for, as when it was brought in."""
    links = FindingResponse.objects.filter(pk__in=written["links"]).order_by("pk")
    places = links.values_list("response_id", "finding__node_id")
    responses = Response.objects.in_bulk([pk for pk, _ in written["responses"]])
    for response_id, node_id in dict.fromkeys(places):
        response = responses[response_id]
        changes = {"text": (response.text, "")}
        yield EventDraft(response, changes, assessment.pk, node_id)


def _restore_state(
    run: ImportRun, assessment: Assessment, written: dict[str, Any], by: User
) -> None:
    """Planned again, if the import's ratings were the first and nobody rated since."""
    planned = Assessment.State.PLANNED
    if written.get("state") != planned or assessment.results.rated().exists():
        return
    changes = {"state": (assessment.state, planned.value)}
    Assessment.objects.filter(pk=assessment.pk).update(state=planned)
    record_events(
        [EventDraft(assessment, changes, assessment.pk)],
        by=by,
        verb=UNDONE,
        organisation=run.organisation,
        batch=run.batch,
    )


def _remove(written: dict[str, Any]) -> None:
    FindingResponse.objects.filter(pk__in=written["links"]).delete()
    Response.objects.filter(pk__in=[pk for pk, _ in written["responses"]]).delete()
    Finding.objects.filter(pk__in=[pk for pk, _ in written["findings"]]).delete()
