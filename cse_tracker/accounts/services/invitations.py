"""The mail that brings a new member in: what it says, and who may have it once more."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from cse_tracker.accounts.models import (
    InvitationMail,
    Membership,
    Organisation,
    User,
)
from cse_tracker.accounts.services.events import record_event
from cse_tracker.core.errors import RuleBroken


@transaction.atomic
def resend_invitation(*, membership: Membership, by: User | None) -> Membership:
    """Note that the member is invited once more; the caller writes the mail.

    Raises RuleBroken when they have left or have chosen a password already.
    """
    if membership.ended_at is not None:
        raise RuleBroken(f"{membership.user} is no longer a member.")
    check_can_be_invited_again(membership.user)
    record_event(
        by=by,
        verb="invited again",
        target=membership,
        organisation=membership.organisation,
    )
    return membership


def check_can_be_invited_again(user: User) -> None:
    """Raise RuleBroken once the person has chosen a password."""
    if user.has_usable_password():
        raise RuleBroken(
            f"{user} has a password already."
            " If they forgot it, they can ask for a new one on the page Sign in."
        )


@dataclass(frozen=True)
class Occasion:
    """What somebody is invited to, where that is not the organisation as a whole.

    ``words`` are the sentences that say so, ``path`` is where they begin once signed in.
    """

    subject: str
    words: str
    path: str


def write_invitation(
    *, membership: Membership, now: datetime, to: Occasion | None = None
) -> InvitationMail:
    """Let a mail go to the member once the transaction that this is part of is committed.

    It takes the place of one to the same that has not gone, so that nobody gets both.
    """
    to = to or _to_the_organisation(membership.organisation)
    before = InvitationMail.objects.filter(membership=membership, path=to.path)
    before.filter(mailed_at=None).delete()
    return InvitationMail.objects.create(
        organisation=membership.organisation,
        membership=membership,
        created_at=now,
        **asdict(to),
    )


def _to_the_organisation(organisation: Organisation) -> Occasion:
    return Occasion(
        subject=f"You have been added to {organisation} on CSE Tracker",
        words=(
            f"You have been added to {organisation} on CSE Tracker, where {organisation} "
            "keeps its Customer Service Excellence assessments."
        ),
        path=organisation.get_absolute_url(),
    )
