"""Agreeing to many recommended responses at once, as after a report was brought in."""

import uuid
from collections.abc import Mapping

from django.db import transaction

from assessments.models import Assessment, Finding, FindingResponse, Response
from cse_tracker.accounts.models import User
from cse_tracker.accounts.services.events import EventDraft, record_events
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.locking import lock_unchanged


@transaction.atomic
def agree_responses(
    *, assessment: Assessment, seen: Mapping[int, int], by: User
) -> list[Response]:
    """Record that the organisation stands by these responses; return those that were drafts.

    ``seen`` are their versions by id: the words that the person read. Raises Conflict if one
    was changed since, RuleBroken if one was withdrawn or none is named; then none is agreed.
    """
    if not seen:
        raise RuleBroken("Select at least one response.")
    links = FindingResponse.objects.filter(
        response__in=list(seen), finding__finding_set=assessment.finding_set_id
    )
    standing = Response.objects.filter(
        withdrawn_at=None, pk__in=links.values("response")
    )
    locked = lock_unchanged(standing, seen, {})
    if len(locked) != len(seen):
        raise RuleBroken("One of these responses was withdrawn. Look at them again.")
    drafts = [each for each in locked if each.state == Response.State.DRAFT]
    for response in drafts:
        response.state = Response.State.AGREED
        response.version += 1
    Response.objects.bulk_update(drafts, ["state", "version"])
    _record(assessment, drafts, by)
    return drafts


def _record(assessment: Assessment, responses: list[Response], by: User) -> None:
    """One event for each response and element concerned, so that each history shows it."""
    answered = Finding.objects.filter(response_links__response__in=responses)
    places = answered.values_list("response_links__response", "node").distinct()
    by_key = {each.pk: each for each in responses}
    changes = {"state": (Response.State.DRAFT.value, Response.State.AGREED.value)}
    record_events(
        [
            EventDraft(by_key[key], changes, assessment.pk, node_id)
            for key, node_id in sorted(
                places, key=lambda place: (place[0], place[1] or 0)
            )
            if key in by_key
        ],
        by=by,
        verb="agreed",
        organisation=assessment.organisation,
        batch=uuid.uuid4(),
    )
