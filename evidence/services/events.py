"""The change log of evidence. All of it is about items, so that an item's history is whole."""

from collections.abc import Iterable
from uuid import uuid4

from cse_tracker.accounts.models import User
from cse_tracker.accounts.services.events import (
    Changes,
    EventDraft,
    record_event,
    record_events,
)
from evidence.models import EvidenceItem, EvidenceLink


def record_item_event(
    item: EvidenceItem, *, verb: str, changes: Changes, by: User
) -> None:
    """Write one change of an item."""
    record_event(
        by=by,
        verb=verb,
        target=item,
        organisation=item.organisation,
        changes=changes,
    )


def record_link_event(
    link: EvidenceLink, *, verb: str, changes: Changes, by: User
) -> None:
    """Write one change of what an item supports, at that assessment and element."""
    record_event(
        by=by,
        verb=verb,
        target=link.item,
        organisation=link.item.organisation,
        changes=_differing(changes),
        assessment_id=link.assessment_id,
        node_id=link.node_id,
    )


def record_link_events(
    item: EvidenceItem, links: Iterable[EvidenceLink], *, by: User
) -> None:
    """Write that an item now supports these, in one query and as one batch."""
    drafts = [
        EventDraft(
            item,
            _differing(
                {
                    "locator": ("", link.locator),
                    "is_strongest": (False, link.is_strongest),
                }
            ),
            link.assessment_id,
            link.node_id,
        )
        for link in links
    ]
    record_events(
        drafts, by=by, verb="linked", organisation=item.organisation, batch=uuid4()
    )


def _differing(changes: Changes) -> Changes:
    return {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
