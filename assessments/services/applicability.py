"""Elements that do not apply to an organisation: said once, with the reason."""

import uuid
from typing import Any

from django.db import transaction

from assessments.models import Result
from assessments.ratings import Basis
from assessments.services.findings import hold_open
from assessments.tree import Kind
from cse_tracker.accounts.models import User
from cse_tracker.accounts.services.events import (
    EventDraft,
    changes_to,
    record_events,
)
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.locking import save_if_unchanged

# What a node that does not apply says: nothing.
UNRATED = {
    "rating": "",
    "sampled": False,
    "planned_for_sampling": False,
    "basis": Basis.RECORDED.value,
    "carried_from": None,
}


@transaction.atomic
def set_applicability(
    *, result: Result, seen_version: int, applicable: bool, reason: str, by: User
) -> Result:
    """Say that an element applies to the organisation this year, or does not.

    "Does not" needs a reason and clears rating, sampled mark and source; the change log keeps
    them. The element's sub-elements go along, both ways. Saying the same again writes nothing.
    Raises RuleBroken if confirmed or without a reason, Conflict if changed since it was seen.
    """
    hold_open(result.assessment)
    if result.node.kind == Kind.SUB_ELEMENT:
        raise RuleBroken("Take the sub-element out of this assessment instead.")
    reason = reason.strip()
    if not applicable and not reason:
        raise RuleBroken("Enter the reason why this element does not apply to you.")
    if result.applicable == applicable and (applicable or result.reason == reason):
        return result
    values = {"applicable": True, "reason": ""}
    if not applicable:
        values = {"applicable": False, "reason": reason, **UNRATED}
    drafts = [_draft(result, values)]
    saved = save_if_unchanged(result, seen_version, **values)
    for below in _sub_element_results(result):
        drafts.append(_draft(below, values))
        save_if_unchanged(below, below.version, **values)
    record_events(
        drafts,
        by=by,
        verb="set applicability",
        organisation=result.organisation,
        batch=uuid.uuid4() if len(drafts) > 1 else None,
    )
    return saved


def _sub_element_results(result: Result) -> list[Result]:
    """Results of the sub-elements in the same assessment, locked: they follow the element."""
    return list(
        Result.objects.filter(
            assessment=result.assessment_id, node__parent=result.node_id
        )
        .select_related("node", "assessment")
        .order_by("pk")
        .select_for_update(of=("self",))
    )


def _draft(result: Result, values: dict[str, Any]) -> EventDraft:
    changes = changes_to(result, values)
    return EventDraft(result, changes, result.assessment_id, result.node_id)
