"""Flags of checks: accepted with a reason, and the acceptance taken back."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction

from assessments.checks.catalogue import BY_NUMBER
from assessments.checks.hits import Hit
from assessments.models import Assessment, CheckAcceptance, StandardNode
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
    an error, without a reason, or where somebody accepted the same for another reason.
    """
    reason = reason.strip()
    if not reason:
        raise RuleBroken("Enter the reason why this may stay as it is.")
    if not all(BY_NUMBER[hit.number].may_be_accepted for hit in hits):
        raise RuleBroken("An error cannot be accepted. Correct it instead.")
    # One at a time: two people may accept the same flag.
    Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    new: list[CheckAcceptance] = []
    changed: list[CheckAcceptance] = []
    drafts: list[EventDraft] = []
    for hit, row in _rows_for(assessment, hits):
        before = row.reason
        if (row.fingerprint, before) == (hit.fingerprint, reason):
            continue
        _check_not_accepted(row, hit)
        row.fingerprint, row.reason = hit.fingerprint, reason
        row.accepted_at, row.accepted_by = now, by
        (changed if row.pk else new).append(row)
        changes = {"reason": (before, reason)}
        drafts.append(EventDraft(row, changes, assessment.pk, row.node_id))
    CheckAcceptance.objects.bulk_create(new)
    CheckAcceptance.objects.bulk_update(changed, WRITTEN_FIELDS)
    record_events(drafts, by=by, verb="accepted", organisation=assessment.organisation)


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


def _check_not_accepted(row: CheckAcceptance, hit: Hit) -> None:
    """Raise RuleBroken if the flag is accepted, on these facts, with somebody's own words."""
    if row.pk and row.fingerprint == hit.fingerprint:
        raise RuleBroken(
            f"{row.accepted_by} accepted {row} meanwhile, because: “{row.reason}”. Leave it "
            "out, or open it again first."
        )


def _rows_for(
    assessment: Assessment, hits: Sequence[Hit]
) -> Iterator[tuple[Hit, CheckAcceptance]]:
    """Each hit with the acceptance that stands at its place, or a blank one."""
    standard = assessment.certification.standard
    tree = tree_for(assessment.organisation, standard)
    node_ids = {hit.ref: tree.by_ref[hit.ref].id for hit in hits if hit.ref}
    nodes = StandardNode.objects.in_bulk(node_ids.values())
    stored = {
        (row.check_number, row.node_id): row
        for row in assessment.check_acceptances.select_related("node", "accepted_by")
    }
    for hit in hits:
        node_id = node_ids.get(hit.ref)
        row = stored.get((hit.number, node_id)) or CheckAcceptance(
            organisation=assessment.organisation,
            assessment=assessment,
            node=nodes[node_id] if node_id else None,
            check_number=hit.number,
        )
        yield hit, row
