"""The change log of actions: each entry says which assessment and element it is about."""

from uuid import UUID

from actions.models import Action
from assessments.models import Assessment, Finding
from cse_tracker.accounts.models import User
from cse_tracker.accounts.services.events import Changes, record_event


def record_action_event(
    action: Action,
    *,
    verb: str,
    changes: Changes,
    by: User,
    batch: UUID | None = None,
) -> None:
    """Write one change of an action, at the place of the first finding that it answers."""
    answered = Finding.objects.filter(action_links__action=action)
    finding = answered.select_related("finding_set__assessment").order_by("pk").first()
    # A finding of some other review has none.
    assessment = getattr(finding.finding_set, "assessment", None) if finding else None
    record_event(
        by=by,
        verb=verb,
        target=action,
        organisation=action.organisation,
        changes=changes,
        assessment_id=assessment.pk if assessment else None,
        node_id=finding.node_id if finding else None,
        batch=batch,
    )


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
