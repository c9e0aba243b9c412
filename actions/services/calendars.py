"""Opening and closing the calendar address of a member."""

from datetime import datetime

from django.db import transaction

from actions.models import CalendarFeed
from cse_tracker.accounts.models import Membership, User
from cse_tracker.accounts.services.events import record_event


@transaction.atomic
def open_feed(*, membership: Membership, by: User) -> CalendarFeed:
    """The member's address; a new one if there is none that is open."""
    feed, is_new = CalendarFeed.objects.get_or_create(
        organisation_id=membership.organisation_id,
        membership=membership,
        revoked_at=None,
    )
    if is_new:
        _record(feed, verb="opened", by=by)
    return feed


@transaction.atomic
def revoke_feed(*, membership: Membership, now: datetime, by: User) -> None:
    """Close the member's address for ever. What programs have read stays with them."""
    for feed in CalendarFeed.objects.select_for_update().filter(
        membership=membership, revoked_at=None
    ):
        feed.revoked_at = now
        feed.save(update_fields=["revoked_at"])
        _record(feed, verb="revoked", by=by)


def _record(feed: CalendarFeed, *, verb: str, by: User) -> None:
    record_event(
        by=by, verb=verb, target=feed, organisation=feed.membership.organisation
    )
