"""What changes about a person's account, whichever organisations they belong to."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from cse_tracker.accounts.models import Membership, User
from cse_tracker.accounts.services.events import changes_to, record_event
from cse_tracker.accounts.services.members import check_another_administrator
from cse_tracker.accounts.services.organisations import lock_organisation
from cse_tracker.core.errors import RuleBroken


@transaction.atomic
def rename_person(*, user: User, full_name: str, by: User | None) -> User:
    """Write a person's name in another way. It changes wherever the name is shown."""
    return _change(user, "renamed", by, full_name=full_name)


@transaction.atomic
def change_email(*, user: User, email: str, by: User | None) -> User:
    """Let the person sign in with another address, and with the old one no longer.

    Raises RuleBroken when the address belongs to another account.
    """
    try:
        with transaction.atomic():
            user = _change(user, "changed email", by, email=email.strip().lower())
    except IntegrityError:
        raise RuleBroken("Another account has this email address.") from None
    # allauth keeps each address it has met, and would go on sending reset links to it.
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
    return user


@transaction.atomic
def close_account(*, user: User, by: User | None) -> User:
    """Keep the person from signing in, and end their sessions. Nothing they did is lost.

    Raises RuleBroken when an organisation would be left without an administrator.
    """
    for membership in Membership.objects.filter(user=user, ended_at=None):
        lock_organisation(membership.organisation)
        check_another_administrator(membership)
    return _change(user, "closed account", by, is_active=False)


@transaction.atomic
def open_account(*, user: User, by: User | None) -> User:
    """Let a person whose account was closed sign in again."""
    return _change(user, "opened account", by, is_active=True)


def _change(user: User, verb: str, by: User | None, **values: Any) -> User:
    """Write the values that differ, with one event outside any organisation."""
    user = User.objects.select_for_update().get(pk=user.pk)
    changes = changes_to(user, values)
    if changes:
        for name, (_, value) in changes.items():
            setattr(user, name, value)
        user.save(update_fields=list(changes))
        record_event(by=by, verb=verb, target=user, organisation=None, changes=changes)
    return user
