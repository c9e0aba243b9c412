"""The change log of actions: each entry says which assessment and element it is about."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from actions.models import Action, ActionFinding
from assessments.models import Assessment, Finding
from cse_tracker.accounts.models import Event, User
from cse_tracker.accounts.services.events import (
    Changes,
    EventDraft,
    record_event,
    record_events,
)


def record_action_event(
    action: Action, *, verb: str, changes: Changes, by: User
) -> Event:
    """Write one change of an action, at the place of the first finding that it answers."""
    finding = _first_findings([action]).get(action.pk)
    return record_event(
        by=by,
        verb=verb,
        target=action,
        organisation=action.organisation,
        changes=changes,
        assessment_id=_assessment_id(finding),
        node_id=finding.node_id if finding else None,
    )


def record_action_events(
    changed: Sequence[tuple[Action, Changes]], *, verb: str, by: User, batch: UUID
) -> None:
    """Write a change of each of these actions of one organisation: two queries."""
    findings = _first_findings(action for action, _ in changed)
    drafts = [
        EventDraft(
            action,
            changes,
            _assessment_id(findings.get(action.pk)),
            findings[action.pk].node_id if action.pk in findings else None,
        )
        for action, changes in changed
    ]
    if drafts:
        organisation = changed[0][0].organisation
        record_events(drafts, by=by, verb=verb, organisation=organisation, batch=batch)


def record_answer_event(action: Action, finding: Finding, *, by: User) -> None:
    """Write that an action answers one more finding, at the place of that finding."""
    assessment = Assessment.objects.filter(finding_set=finding.finding_set_id).first()
    places = [str(part) for part in (finding.node, assessment) if part]
    record_event(
        by=by,
        verb="answered",
        target=action,
        organisation=action.organisation,
        changes={"answers": (None, ", ".join(places))},
        assessment_id=assessment.pk if assessment else None,
        node_id=finding.node_id,
    )


def _first_findings(actions: Iterable[Action]) -> dict[int, Finding]:
    """Action id to the first finding that it answers, where there is any: one query."""
    links = ActionFinding.objects.filter(action__in=list(actions))
    found: dict[int, Finding] = {}
    for link in links.select_related("finding__finding_set__assessment").order_by(
        "finding_id"
    ):
        found.setdefault(link.action_id, link.finding)
    return found


def _assessment_id(finding: Finding | None) -> int | None:
    """None also for a finding of some other review, which has none."""
    assessment = getattr(finding.finding_set, "assessment", None) if finding else None
    return assessment.pk if assessment else None
