"""Undoing an import: what it made goes, what it changed gets its old values back."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from assessments.models import (
    Assessment,
    FindingSet,
    Result,
    StandardNode,
    Wording,
)
from assessments.ratings import Basis
from assessments.services.annex_wording import take_back
from assessments.services.annex_writing import (
    LOGGED_FIELDS,
    STATE_FIELDS,
)
from assessments.services.restored_ratings import (
    before_of,
    hold_sources,
    lost_sources,
    restore_ratings,
    restoring_drafts,
)
from cse_tracker.accounts.models import ImportRun, User
from cse_tracker.accounts.services.events import (
    EventDraft,
    record_events,
)
from cse_tracker.accounts.services.imports import (
    ImportInUse,
    check_brought_in,
    finish_undo,
)
from cse_tracker.accounts.services.organisations import lock_organisation
from cse_tracker.accounts.verbs import UNDONE
from cse_tracker.core.importing.traces import Touched, changed_since, named, resting_on


@transaction.atomic
def undo_import(*, run: ImportRun, now: datetime, by: User) -> ImportRun:
    """Take back everything the import wrote. A second call changes nothing.

    Raises ImportInUse, naming what stands in the way, if a touched row was changed since or
    something else rests on it.
    """
    lock_organisation(run.organisation)
    run = ImportRun.objects.select_related("organisation").get(pk=run.pk)
    if run.state == ImportRun.State.UNDONE:
        return run
    check_brought_in(run)
    written = run.staged["written"]
    _hold(written)
    check_annex_undo(run)
    drafts = take_back(written.get("wording", []))
    _log_undo(run, written, drafts, by)
    _restore(written)
    _remove(written)
    return finish_undo(run, now=now, by=by)


def check_annex_undo(run: ImportRun) -> None:
    """Raise ImportInUse if ``undo_import`` would."""
    obstacles = list(_obstacles(run.staged["written"]))
    if obstacles:
        raise ImportInUse(obstacles)


def _hold(written: dict[str, Any]) -> None:
    """Lock every assessment concerned: who enters something there locks it as well."""
    changed = Result.objects.filter(pk__in=[row["id"] for row in written["changed"]])
    pks = {
        *(pk for pk, _ in written["assessments"]),
        *_versions(written["moved"]),
        *changed.values_list("assessment_id", flat=True),
    }
    rows = Assessment.objects.filter(pk__in=pks).order_by("pk")
    list(rows.select_for_update(of=("self",)))
    hold_sources(before_of(written["changed"]))


def _obstacles(written: dict[str, Any]) -> Iterator[str]:
    """What was changed or built on since, each as a sentence."""
    assessments = dict(written["assessments"]) | _versions(written["moved"])
    results = dict(written["created"]) | _versions(written["changed"])
    changed = (
        *changed_since(Assessment, assessments),
        *changed_since(Result, results),
        *changed_since(Wording, _versions(written.get("wording", []))),
    )
    yield from _sentences(changed, "was changed", "were changed")
    yield from lost_sources(before_of(written["changed"]))
    statements = dict(written["sub_elements"])
    for node in StandardNode.objects.filter(pk__in=statements).order_by("ref"):
        if node.statement != statements[node.pk]:
            yield f"{_named(node)} was worded anew."
    made = {
        StandardNode: list(statements),
        Assessment: [pk for pk, _ in written["assessments"]],
        FindingSet: written["finding_sets"],
        Result: [pk for pk, _ in written["created"]],
    }
    restored: Touched = {Result: [row["id"] for row in written["changed"]]}
    yield from _sentences(
        resting_on(made, restored=restored),
        "was added and rests on this import",
        "were added and rest on this import",
    )


def _sentences(rows: Iterable[Model | int], one: str, many: str) -> Iterator[str]:
    """A sentence for each row, but for ratings only one for each assessment."""
    ratings: dict[int, list[Result]] = {}
    for row in rows:
        if isinstance(row, Result):
            ratings.setdefault(row.assessment_id, []).append(row)
        else:
            yield f"{_named(row)} {one}."
    for found in ratings.values():
        if len(found) == 1:
            yield f"{_named(found[0])} {one}."
        else:
            yield f"{len(found)} ratings of the {found[0].assessment} {many}."


def _named(row: Model | int) -> str:
    if isinstance(row, Result):
        return f"The rating of {row}"
    if isinstance(row, Wording):
        return f"The {row}"
    if isinstance(row, Model):
        return named(row)
    return "A row that this import made"


def _versions(rows: list[dict[str, Any]]) -> dict[int, int]:
    return {row["id"]: row["version"] for row in rows}


def _log_undo(
    run: ImportRun, written: dict[str, Any], more: list[EventDraft], by: User
) -> None:
    assessment_ids = [pk for pk, _ in written["assessments"]]
    removed: list[Model] = [
        *StandardNode.objects.filter(pk__in=[pk for pk, _ in written["sub_elements"]]),
        *Assessment.objects.filter(pk__in=assessment_ids),
        *_results([pk for pk, _ in written["created"]]),
    ]
    drafts = [*(_removal(row) for row in removed), *more]
    drafts += restoring_drafts(before_of(written["changed"]), LOGGED_FIELDS)
    states = {row["id"]: row["state"] for row in written["moved"]}
    for moved in Assessment.objects.filter(pk__in=states):
        changes = {"state": (moved.state, states[moved.pk])}
        drafts.append(EventDraft(moved, changes, moved.pk))
    record_events(
        drafts, by=by, verb=UNDONE, organisation=run.organisation, batch=run.batch
    )


def _removal(row: Model) -> EventDraft:
    match row:
        case Result():
            changes = {"rating": (row.rating, "")} if row.rating else {}
            return EventDraft(row, changes, row.assessment_id, row.node_id)
        case Assessment():
            return EventDraft(row, {"state": (row.state, "")}, row.pk)
        case StandardNode():
            return EventDraft(row, {"statement": (row.statement, "")}, node_id=row.pk)
        case _:
            return EventDraft(row)


def _results(pks: list[int]) -> list[Result]:
    return list(Result.objects.filter(pk__in=pks).select_related("node", "assessment"))


def _restore(written: dict[str, Any]) -> None:
    """Give changed results and moved assessments their old values, under a new version."""
    restore_ratings(before_of(written["changed"]), LOGGED_FIELDS)
    states = {row["id"]: row["state"] for row in written["moved"]}
    assessments = list(
        Assessment.objects.filter(pk__in=states).select_for_update(of=("self",))
    )
    for assessment in assessments:
        assessment.state = states[assessment.pk]
        assessment.confirmed_at = assessment.confirmed_by = None
        assessment.version += 1
    Assessment.objects.bulk_update(assessments, [*STATE_FIELDS, "version"])


def _remove(written: dict[str, Any]) -> None:
    created = Result.objects.filter(pk__in=[pk for pk, _ in written["created"]])
    # A result that another one was carried from can't be deleted, not even together with it.
    carried = created.filter(basis=Basis.CARRIED.value)
    carried.update(carried_from=None, basis=Basis.RECORDED.value)
    created.delete()
    Assessment.objects.filter(pk__in=[pk for pk, _ in written["assessments"]]).delete()
    FindingSet.objects.filter(pk__in=written["finding_sets"]).delete()
    StandardNode.objects.filter(
        pk__in=[pk for pk, _ in written["sub_elements"]]
    ).delete()
