"""Writing a staged plan: few queries, and a trace for undo."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from actions.importing.matching import PlannedAction
from actions.importing.rows import PlanNote, PlanRow, plain
from actions.models import Action, ActionEvidence, ActionFinding, ActionNote
from actions.plan_import_readings import StagedPlan, latest_assessment_or_none
from actions.services.details import changes_from_nothing, details_of
from actions.services.telling import tell_new_owners
from assessments.models import Finding
from assessments.services.findings import decide_on_finding
from cse_tracker.accounts.models import Membership, Service, User
from cse_tracker.accounts.services.events import (
    EventDraft,
    record_events,
)
from cse_tracker.accounts.services.organisations import add_service
from cse_tracker.accounts.verbs import BROUGHT_IN
from cse_tracker.core.dates import LONDON, local_day
from cse_tracker.core.errors import RuleBroken

Status = Action.Status
Kind = ActionNote.Kind
# What a status from a file leaves to be said, unless its progress says it.
SAID_BY_THE_FILE = {
    Status.DONE: (Kind.CLAIMED, "Done already when it was brought in."),
    Status.CLOSED: (Kind.CLOSED, "Closed already when it was brought in."),
    Status.DECLINED: (Kind.DECLINED, "Declined already when it was brought in."),
}
CHANGED_SINCE = (
    "Someone changed actions, comments, services or members after you opened this preview. "
    "Check it again below, then bring the plan in."
)
SAID_BESIDES = "The file says besides:"
NAME_CHARACTERS = 150
BATCH_SIZE = 500


class PlanWriter:
    """Writes the included actions of one preview. Call inside a transaction, organisation locked."""

    def __init__(
        self, staged: StagedPlan, batch: uuid.UUID, now: datetime, by: User
    ) -> None:
        self.planned = staged.plan.included
        members = Membership.objects.select_related("user")
        self.owners = members.in_bulk({each.owner_id for each in self.planned})
        self.services = Service.objects.in_bulk(
            {each.service_id for each in self.planned}
        )
        self.organisation = staged.run.organisation
        self.file_name = staged.run.file_name
        self.batch = batch
        self.now = now
        self.by = by

    def write(self) -> dict[str, Any]:
        """Write everything; return, as JSON can keep it, what undo has to know."""
        findings = self._hold_findings()
        services = self._add_services()
        actions = self._write_actions(services)
        notes = self._write_notes(actions)
        links = self._write_links(actions)
        proofs = self._write_evidence(actions)
        self._log(actions, notes, findings)
        tell_new_owners(actions, now=self.now, by=self.by)
        return {
            "actions": [[each.pk, each.version] for each in actions],
            "notes": [each.pk for each in notes],
            "links": [each.pk for each in links],
            "evidence": [each.pk for each in proofs],
            "services": [each.pk for each in services.values()],
            "decided": self._decide_to_act(findings),
        }

    def _hold_findings(self) -> dict[int, Finding]:
        """The comments that are answered, by id, locked so that nobody declines them.

        Raises RuleBroken if somebody did so, or withdrew one, just before.
        """
        wanted = {pk for each in self.planned for pk in each.finding_ids}
        rows = Finding.objects.filter(pk__in=wanted, organisation=self.organisation)
        held = list(rows.select_for_update(of=("self",)).order_by("pk"))
        declined = Finding.Decision.NO_ACTION
        if any(each.withdrawn_at or each.decision == declined for each in held):
            raise RuleBroken(CHANGED_SINCE)
        return {finding.pk: finding for finding in held}

    def _add_services(self) -> dict[str, Service]:
        """The services to be added, by plain name."""
        names = {
            plain(each.new_service): each.new_service
            for each in self.planned
            if each.new_service
        }
        return {
            key: add_service(organisation=self.organisation, name=name, by=self.by)
            for key, name in names.items()
        }

    def _write_actions(self, services: dict[str, Service]) -> list[Action]:
        actions = Action.objects.bulk_create(
            [self._action(each, services) for each in self.planned],
            batch_size=BATCH_SIZE,
        )
        older = []
        for action, each in zip(actions, self.planned, strict=True):
            if each.row.added_on:
                action.created_at = self._moment(each.row.added_on)
                older.append(action)
        Action.objects.bulk_update(older, ["created_at"], batch_size=BATCH_SIZE)
        return actions

    def _action(self, planned: PlannedAction, services: dict[str, Service]) -> Action:
        row = planned.row
        added = services.get(plain(planned.new_service))
        claimed_at = self._claimed_at(row)
        return Action(
            organisation=self.organisation,
            number=planned.number,
            title=row.title,
            done_looks_like=row.done_looks_like,
            owner=self.owners.get(planned.owner_id or 0),
            owner_name="" if planned.owner_id else row.owner,
            service=added or self.services.get(planned.service_id or 0),
            priority=row.priority,
            origin=planned.origin,
            starts_on=row.starts_on,
            due_on=row.due_on,
            status=row.status,
            resource_note=row.resource_note,
            claimed_at=claimed_at,
            # Whoever brings it in says that it is done, so somebody else checks it.
            claimed_by=self.by if claimed_at else None,
            finished_at=self._moment(row.finished_on)
            if row.status in Status.finished()
            else None,
            withdrawn_at=self._moment(row.withdrawn_on) if row.withdrawn_on else None,
        )

    def _claimed_at(self, row: PlanRow) -> datetime | None:
        if row.status in {Status.DONE, Status.CLOSED}:
            return self._moment(row.done_on or row.finished_on)
        is_declined = row.status == Status.DECLINED
        return self._moment(row.done_on) if is_declined and row.done_on else None

    def _moment(self, day: date | None) -> datetime:
        """The middle of the day, but not before it has come; without a day it is now."""
        if day is None:
            return self.now
        return min(datetime.combine(day, time(12), tzinfo=LONDON), self.now)

    def _write_notes(self, actions: list[Action]) -> list[ActionNote]:
        notes = [
            note
            for action, planned in zip(actions, self.planned, strict=True)
            for note in self._notes(action, planned)
        ]
        return ActionNote.objects.bulk_create(notes, batch_size=BATCH_SIZE)

    def _notes(self, action: Action, planned: PlannedAction) -> Iterator[ActionNote]:
        for each in planned.row.notes:
            yield self._note(action, each)
        if planned.kept:
            lines = [f"{kept.label}: {kept.text}" for kept in planned.kept]
            text = "\n".join([SAID_BESIDES, *lines])
            yield self._note(action, PlanNote(Kind.COMMENT, text))
        kind, words = SAID_BY_THE_FILE.get(Status(action.status), (None, ""))
        if kind and kind not in {each.kind for each in planned.row.notes}:
            moment = action.finished_at or action.claimed_at or self.now
            yield self._note(action, PlanNote(kind, words, local_day(moment)))

    def _note(self, action: Action, note: PlanNote) -> ActionNote:
        """Said by who the file says, else by the file: nobody else knows."""
        return ActionNote(
            organisation=self.organisation,
            action=action,
            kind=note.kind,
            text=note.text,
            day=note.day or local_day(self.now),
            by=self.by,
            author_name=note.who or self.file_name[:NAME_CHARACTERS],
        )

    def _write_links(self, actions: list[Action]) -> list[ActionFinding]:
        return ActionFinding.objects.bulk_create(
            ActionFinding(
                organisation=self.organisation, action=action, finding_id=finding_id
            )
            for action, planned in zip(actions, self.planned, strict=True)
            for finding_id in planned.finding_ids
        )

    def _write_evidence(self, actions: list[Action]) -> list[ActionEvidence]:
        return ActionEvidence.objects.bulk_create(
            ActionEvidence(
                organisation=self.organisation, action=action, item_id=item_id
            )
            for action, planned in zip(actions, self.planned, strict=True)
            for item_id in planned.evidence_ids
        )

    def _decide_to_act(self, findings: dict[int, Finding]) -> list[int]:
        """Decide on what was undecided; return which that were."""
        undecided = [
            finding
            for finding in findings.values()
            if finding.decision == Finding.Decision.UNDECIDED
        ]
        for finding in undecided:
            decide_on_finding(
                finding=finding,
                seen_version=finding.version,
                decision=Finding.Decision.ACT,
                reason="",
                by=self.by,
            )
        return [finding.pk for finding in undecided]

    def _log(
        self,
        actions: list[Action],
        notes: list[ActionNote],
        findings: dict[int, Finding],
    ) -> None:
        """One entry for each action, at the place of the first comment that it answers."""
        words: dict[int, list[str]] = {}
        for note in notes:
            words.setdefault(note.action_id, []).append(note.text)
        latest = latest_assessment_or_none(self.organisation)
        drafts = []
        for action, planned in zip(actions, self.planned, strict=True):
            changes = changes_from_nothing(details_of(action))
            if action.pk in words:
                changes["note"] = (None, "\n\n".join(words[action.pk]))
            first = findings.get(next(iter(planned.finding_ids), 0))
            drafts.append(
                EventDraft(
                    action,
                    changes,
                    latest.pk if first and latest else None,
                    first.node_id if first else None,
                )
            )
        record_events(
            drafts,
            by=self.by,
            verb=BROUGHT_IN,
            organisation=self.organisation,
            batch=self.batch,
        )
