"""Flags of checks: accepted with a reason, and the acceptance taken back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from assessments.checks.catalogue import BY_NUMBER
from assessments.checks.hits import Hit
from assessments.models import Assessment, CheckAcceptance
from assessments.standard_tree import tree_for
from cse_tracker.accounts.models import User
from cse_tracker.accounts.services.events import EventDraft, record_event, record_events
from cse_tracker.core.errors import RuleBroken

WRITTEN_FIELDS = ["fingerprint", "reason", "accepted_at", "accepted_by"]


@transaction.atomic
def accept_check(
    *,
    assessment: Assessment,
    hits: Sequence[Hit],
    reason: str,
    now: datetime,
    by: User,
) -> None:
    """Let flags stay, for a reason, as long as the facts that they rest on are the same.

    Also after confirmation. What is accepted so already stays as it is. Raises RuleBroken for
    an error, or without a reason.
    """
    if not reason.strip():
        raise RuleBroken("Enter the reason why this may stay as it is.")
    if not all(BY_NUMBER[hit.number].may_be_accepted for hit in hits):
        raise RuleBroken("An error cannot be accepted. Correct it instead.")
    writer = _Writer(assessment, reason.strip(), now, by)
    for hit in hits:
        writer.accept(hit)
    writer.save()


@transaction.atomic
def withdraw_acceptance(*, acceptance: CheckAcceptance, by: User) -> None:
    """Take an acceptance back; the change log keeps its words. Once gone, nothing happens."""
    pk = acceptance.pk
    deleted, _ = CheckAcceptance.objects.filter(pk=pk).delete()
    if not deleted:
        return
    record_event(
        by=by,
        verb="withdrew the acceptance of",
        target=acceptance,
        organisation=acceptance.organisation,
        changes={"reason": (acceptance.reason, "")},
        assessment_id=acceptance.assessment_id,
        node_id=acceptance.node_id,
    )


class _Writer:
    """Writes the acceptances of one assessment together. Call inside a transaction."""

    def __init__(
        self, assessment: Assessment, reason: str, now: datetime, by: User
    ) -> None:
        # One at a time: two people may accept the same flag.
        Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
        self.assessment = assessment
        self.values = {"reason": reason, "accepted_at": now, "accepted_by": by}
        self.by = by
        self.tree = tree_for(assessment.organisation, assessment.certification.standard)
        self.stored = {
            (row.check_number, row.node_id): row
            for row in assessment.check_acceptances.select_related("node")
        }
        self.new: list[CheckAcceptance] = []
        self.changed: list[CheckAcceptance] = []
        self.before: dict[tuple[str, int | None], str] = {}

    def accept(self, hit: Hit) -> None:
        node_id = self.tree.by_ref[hit.ref].id if hit.ref else None
        key = (hit.number, node_id)
        row = self.stored.get(key)
        if row is None:
            row = CheckAcceptance(
                organisation=self.assessment.organisation,
                assessment=self.assessment,
                node_id=node_id,
                check_number=hit.number,
            )
            self.new.append(row)
        elif (row.fingerprint, row.reason) == (
            hit.fingerprint,
            self.values["reason"],
        ):
            return
        else:
            self.changed.append(row)
        self.before[key] = row.reason
        row.fingerprint = hit.fingerprint
        for name, value in self.values.items():
            setattr(row, name, value)

    def save(self) -> None:
        CheckAcceptance.objects.bulk_create(self.new)
        CheckAcceptance.objects.bulk_update(self.changed, WRITTEN_FIELDS)
        record_events(
            [self._event(row) for row in (*self.new, *self.changed)],
            by=self.by,
            verb="accepted",
            organisation=self.assessment.organisation,
        )

    def _event(self, row: CheckAcceptance) -> EventDraft:
        before = self.before[row.check_number, row.node_id]
        return EventDraft(
            row,
            {"reason": (before, row.reason)},
            assessment_id=self.assessment.pk,
            node_id=row.node_id,
        )
