"""What the assessor raised: comments entered, corrected, ordered, withdrawn and decided on.

The assessor's own words are locked once the assessment is confirmed. The decision on them is
not, and neither are the responses: an organisation answers after the visit.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Max

from assessments.models import Assessment, Finding
from assessments.tree import Node
from cse_tracker.accounts.models import User
from cse_tracker.accounts.services.events import Changes, changes_to, record_event
from cse_tracker.accounts.verbs import EDITED, RESTORED_VERSION
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.locking import save_if_unchanged

# The verbs of the events that raise a finding's version.
SAVING_VERBS = frozenset({EDITED, RESTORED_VERSION, "withdrew", "restored", "decided"})


@transaction.atomic
def add_finding(
    *,
    assessment: Assessment,
    node: Node | None,
    kind: Finding.Kind,
    comment: str,
    by: User,
) -> Finding:
    """Enter one point of the assessor's, after those that its element already has.

    ``node`` None is a point about no element. Raises RuleBroken if the assessment is confirmed,
    or if the comment is blank where it says why an element is not fully compliant; only an
    import, which takes a real report as it is, may leave that blank.
    """
    assessment = hold_open(assessment)
    check_comment(kind, comment)
    node_id = node.id if node else None
    siblings = Finding.objects.filter(
        finding_set=assessment.finding_set_id, node=node_id
    )
    finding = Finding.objects.create(
        organisation=assessment.organisation,
        finding_set_id=assessment.finding_set_id,
        node_id=node_id,
        kind=kind,
        comment=comment,
        order=(siblings.aggregate(last=Max("order"))["last"] or 0) + 1,
    )
    _record(
        finding, assessment, "added", {"kind": ("", kind), "comment": ("", comment)}, by
    )
    return finding


@transaction.atomic
def edit_finding(
    *,
    finding: Finding,
    seen_version: int,
    kind: Finding.Kind,
    comment: str,
    by: User,
    verb: str = EDITED,
) -> Finding:
    """Correct the assessor's comment or its kind. The same words again write nothing.

    ``verb`` is the change log's. Raises RuleBroken if confirmed, withdrawn or blank, Conflict
    if changed since it was seen.
    """
    assessment = hold_open(assessment_of(finding))
    check_standing(finding)
    check_comment(kind, comment)
    values = {"kind": kind.value, "comment": comment}
    return _write(finding, seen_version, assessment, verb, values, by)


class Move(NamedTuple):
    """From which place a finding moved to which, of how many."""

    before: int
    after: int
    last: int


@transaction.atomic
def move_finding(*, finding: Finding, to: int, by: User) -> Move:
    """Give the finding place ``to`` (1 is first) among the standing ones of its element.

    The place is absolute, so that a double click moves once; a place beyond the ends means
    the nearest end. Text is untouched, so no version rises and nobody's editing is disturbed.
    Raises RuleBroken if the assessment is confirmed or the finding withdrawn.
    """
    assessment = hold_open(assessment_of(finding))
    finding = Finding.objects.get(pk=finding.pk)
    check_standing(finding)
    standing = list(
        Finding.objects.standing()
        .filter(finding_set=finding.finding_set_id, node=finding.node_id)
        .select_for_update(of=("self",))
    )
    before = [each.pk for each in standing].index(finding.pk) + 1
    after = min(max(to, 1), len(standing))
    move = Move(before, after, len(standing))
    if before == after:
        return move
    standing.insert(after - 1, standing.pop(before - 1))
    for place, each in enumerate(standing, start=1):
        each.order = place
    Finding.objects.bulk_update(standing, ["order"])
    _record(finding, assessment, "moved", {"place": (before, after)}, by)
    return move


@transaction.atomic
def withdraw_finding(
    *, finding: Finding, seen_version: int, now: datetime, by: User
) -> Finding:
    """Take a finding out of the assessment. Its answers and actions stay for restoring.

    Raises RuleBroken if confirmed or withdrawn already, Conflict if changed since it was seen.
    """
    assessment = hold_open(assessment_of(finding))
    check_standing(finding)
    values = {"withdrawn_at": now}
    return _write(finding, seen_version, assessment, "withdrew", values, by)


@transaction.atomic
def restore_finding(*, finding: Finding, seen_version: int, by: User) -> Finding:
    """Bring a withdrawn finding back to its place. One that stands is left alone."""
    assessment = hold_open(assessment_of(finding))
    values = {"withdrawn_at": None}
    return _write(finding, seen_version, assessment, "restored", values, by)


@transaction.atomic
def decide_on_finding(
    *,
    finding: Finding,
    seen_version: int,
    decision: Finding.Decision,
    reason: str,
    by: User,
) -> Finding:
    """Record whether the organisation will act on a finding; also after confirmation.

    ``reason`` is kept with "no" only, and "no" needs one. Raises RuleBroken without it or if
    the finding was withdrawn, Conflict if the finding was changed since it was seen.
    """
    check_standing(finding)
    declined = decision == Finding.Decision.NO_ACTION
    if declined and not reason.strip():
        raise RuleBroken("Enter the reason why you will not act on this comment.")
    values = {
        "decision": decision.value,
        "decision_reason": reason.strip() if declined else "",
    }
    assessment = assessment_of(finding)
    return _write(finding, seen_version, assessment, "decided", values, by)


def assessment_of(finding: Finding) -> Assessment:
    """The assessment that the finding belongs to."""
    return Assessment.objects.select_related("organisation").get(
        finding_set=finding.finding_set_id
    )


def hold_open(assessment: Assessment) -> Assessment:
    """The assessment as it stands, kept from being confirmed until the transaction ends.

    Raises RuleBroken if it is confirmed. Looking without the lock would be a race.
    """
    held = (
        Assessment.objects.select_related("organisation", "certification__standard")
        .select_for_update(of=("self",))
        .get(pk=assessment.pk)
    )
    held.check_open()
    return held


def check_standing(finding: Finding) -> None:
    """Raise RuleBroken once the finding was withdrawn."""
    if finding.withdrawn_at:
        raise RuleBroken("This comment was withdrawn. Restore it first.")


def check_comment(kind: Finding.Kind, comment: str) -> None:
    """Raise RuleBroken for a compliance finding without words."""
    if kind == Finding.Kind.COMPLIANCE and not comment.strip():
        raise RuleBroken(
            "Enter the assessor's comment on why the element is not fully compliant."
        )


def _write(
    finding: Finding,
    seen_version: int,
    assessment: Assessment,
    verb: str,
    values: Mapping[str, Any],
    by: User,
) -> Finding:
    """Save what differs and record it; nothing differs, nothing is written."""
    changes = changes_to(finding, values)
    if not changes:
        return finding
    saved = save_if_unchanged(finding, seen_version, **values)
    _record(saved, assessment, verb, changes, by)
    return saved


def _record(
    finding: Finding, assessment: Assessment, verb: str, changes: Changes, by: User
) -> None:
    record_event(
        by=by,
        verb=verb,
        target=finding,
        organisation=assessment.organisation,
        changes=changes,
        assessment_id=assessment.pk,
        node_id=finding.node_id,
    )
