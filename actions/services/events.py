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
    finding = Finding.objects.filter(action_links__action=action).order_by("pk").first()
    record_event(
        by=by,
        verb=verb,
        target=action,
        organisation=action.organisation,
        changes=changes,
        assessment_id=_assessment_id_of(finding) if finding else None,
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


def _assessment_id_of(finding: Finding) -> int | None:
    """The assessment whose finding it is; None where it is some other review's."""
    assessments = Assessment.objects.filter(finding_set=finding.finding_set_id)
    return assessments.values_list("pk", flat=True).first()
