"""Adopting the wording of an annex, and taking the adoption back when the import is undone."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from assessments.importing.annex import AnnexReading
from assessments.importing.wording import (
    OfferedWording,
    new_wording,
    wording_fingerprint,
)
from assessments.models import Certification, StandardNode, Wording
from assessments.services.certifications import certification_of
from assessments.standard_tree import tree_for
from assessments.tree import Node, Words
from cse_tracker.accounts.models import ImportRun, User
from cse_tracker.accounts.services.events import (
    Changes,
    EventDraft,
    changes_between,
    plain_value,
    record_events,
)
from cse_tracker.accounts.services.organisations import lock_organisation
from cse_tracker.core.errors import RuleBroken

ADOPTED = "adopted"
# What adopting writes, and so what undo gives back.
WORDS = ["statement", "guidance"]
WRITTEN_FIELDS = [*WORDS, "adopted_from_id", "source_cell", "withdrawn_at"]
# ``bulk_update`` wants the fields, where a row is read and written by their columns.
FIELD_NAMES = [name.removesuffix("_id") for name in WRITTEN_FIELDS]
NOT_IN_THE_FILE = "This file has no wording other than the one you show already."
WORDED_SINCE = (
    "Someone changed the wording after you opened this page. Compare it again below, then "
    "adopt the file's."
)
NOT_BROUGHT_IN = "Bring this file in first. You can adopt its wording in the same step."

# A row that was written: its id, its version then, and what stood there before, if anything.
Trace = dict[str, Any]


@transaction.atomic
def adopt_wording(*, run: ImportRun, seen: str, by: User) -> int:
    """Show and print what a file that was brought in says; return for how many elements.

    Undoing the import takes it back. ``seen`` is the fingerprint of the wording that the page
    compared with. Raises RuleBroken if it changed since, or if the file says nothing new.
    """
    organisation = lock_organisation(run.organisation)
    run = ImportRun.objects.get(pk=run.pk)
    if run.state != ImportRun.State.COMMITTED or run.batch is None:
        raise RuleBroken(NOT_BROUGHT_IN)
    certification = certification_of(organisation=organisation)
    tree = tree_for(organisation, certification.standard)
    if wording_fingerprint(tree) != seen:
        raise RuleBroken(WORDED_SINCE)
    traces = write_adopted(run, certification, batch=run.batch, by=by)
    if not traces:
        raise RuleBroken(NOT_IN_THE_FILE)
    written = run.staged["written"]
    written["wording"] = _merged(written.get("wording", []), traces)
    run.version += 1
    run.save(update_fields=["staged", "version"])
    return len(traces)


def write_adopted(
    run: ImportRun, certification: Certification, *, batch: uuid.UUID, by: User
) -> list[Trace]:
    """Adopt all that the file says otherwise; return what undo has to know.

    Call inside a transaction that holds the organisation.
    """
    tree = tree_for(certification.organisation, certification.standard)
    offers = new_wording(AnnexReading.from_json(run.staged, []), tree)
    rows = _rows_for(certification, [tree.by_ref[offer.ref] for offer in offers])
    traces, drafts = [], []
    for offer in offers:
        node = tree.by_ref[offer.ref]
        row = rows[node.id]
        before = _stored(row)
        _fill(row, offer, run)
        traces.append((row, before))
        drafts.append(EventDraft(row, _changes(node, row), node_id=node.id))
    _save(row for row, _ in traces)
    record_events(
        drafts, by=by, verb=ADOPTED, organisation=run.organisation, batch=batch
    )
    return [
        {"id": row.pk, "version": row.version, "before": before}
        for row, before in traces
    ]


def take_back(traces: Iterable[Trace]) -> list[EventDraft]:
    """Undo an adoption: what it made goes, what it replaced comes back. For the log."""
    before = {trace["id"]: trace["before"] for trace in traces}
    rows = Wording.objects.filter(pk__in=before).select_related("node")
    drafts, restored = [], []
    for row in rows.select_for_update(of=("self",)):
        old = before[row.pk]
        changes = {
            name: (getattr(row, name), (old or {}).get(name, "")) for name in WORDS
        }
        drafts.append(EventDraft(row, changes, node_id=row.node_id))
        if old:
            _put_back(row, old)
            restored.append(row)
    Wording.objects.bulk_update(restored, [*FIELD_NAMES, "version"])
    made = [pk for pk, old in before.items() if not old]
    Wording.objects.filter(pk__in=made).delete()
    return drafts


def _rows_for(certification: Certification, nodes: list[Node]) -> Mapping[int, Wording]:
    """The wording of each node, held, or a new one, by node id."""
    organisation = certification.organisation
    wording = Wording.objects.of(organisation, certification.standard)
    found = wording.select_related("node").select_for_update(of=("self",))
    rows = {row.node_id: row for row in found}
    models = StandardNode.objects.in_bulk([node.id for node in nodes])
    return rows | {
        pk: Wording(
            organisation=organisation, node=node, language=organisation.language
        )
        for pk, node in models.items()
        if pk not in rows
    }


def _fill(row: Wording, offer: OfferedWording, run: ImportRun) -> None:
    """What the file leaves blank stays as it is shown: ours where the row was put away."""
    kept = row if row.is_shown else Wording()
    row.statement = offer.words.statement or kept.statement
    row.guidance = offer.words.guidance or kept.guidance
    row.adopted_from = run
    row.source_cell = str(offer.address)
    row.withdrawn_at = None
    row.version += bool(row.pk)


def _save(rows: Iterable[Wording]) -> None:
    every = list(rows)
    changed = [row for row in every if row.pk]
    Wording.objects.bulk_create(row for row in every if not row.pk)
    Wording.objects.bulk_update(changed, [*FIELD_NAMES, "version"])


def _stored(row: Wording) -> dict[str, Any] | None:
    """The row as JSON can keep it, None for a new one."""
    if not row.pk:
        return None
    return {name: plain_value(getattr(row, name)) for name in WRITTEN_FIELDS}


def _put_back(row: Wording, old: Mapping[str, Any]) -> None:
    for name, value in old.items():
        setattr(row, name, value)
    if old["withdrawn_at"]:
        row.withdrawn_at = datetime.fromisoformat(old["withdrawn_at"])
    row.version += 1


def _changes(node: Node, row: Wording) -> Changes:
    """From what was shown to what is shown now."""
    after = Words(row.statement or node.statement, row.guidance or node.guidance)
    return changes_between(node.words._asdict(), after._asdict())


def _merged(earlier: list[Trace], later: list[Trace]) -> list[Trace]:
    """One trace a row: undo goes back to what stood before the first adoption."""
    merged = {trace["id"]: trace for trace in earlier}
    for trace in later:
        first = merged.get(trace["id"], trace)
        merged[trace["id"]] = trace | {"before": first["before"]}
    return list(merged.values())
