"""Keeping what people type, dropping it, and forgetting it. No change of the record: no events."""

import uuid
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from cse_tracker.accounts.models import Draft, Organisation, User
from cse_tracker.core.errors import RuleBroken

MAX_CHARACTERS = 300_000


class AlreadySaved(Exception):
    """The form was saved while this was on its way: there is nothing left to keep."""


@transaction.atomic
def keep_draft(  # noqa: PLR0913  # whose, of what, from which page: all of it names the row
    *,
    organisation: Organisation,
    subject: str,
    key: uuid.UUID,
    revision: int,
    content: str,
    continues: uuid.UUID | None,
    now: datetime,
    by: User,
) -> None:
    """Keep one opened form as it is now. ``continues`` is the draft it was restored from.

    Raises AlreadySaved, or RuleBroken where it is longer than a form can be. What arrives
    after a later revision is left out.
    """
    if len(content) > MAX_CHARACTERS:
        raise RuleBroken("This is too long to be kept. Save a part of it first.")
    names = {"organisation": organisation, "subject": subject, "user": by, "key": key}
    values = {"revision": revision, "content": content, "kept_at": now}
    open_rows = Draft.objects.filter(**names).unsaved()
    if not open_rows.filter(revision__lte=revision).update(**values):
        _insert(names, values)
    if continues:
        Draft.objects.filter(**names | {"key": continues}).unsaved().delete()


def close_draft(
    *,
    organisation: Organisation,
    subject: str,
    key: uuid.UUID,
    continues: uuid.UUID | None,
    now: datetime,
    by: User,
) -> None:
    """The form was saved: its words go. Call in the transaction that saves it."""
    names: dict[str, Any] = {
        "organisation": organisation,
        "subject": subject,
        "user": by,
    }
    Draft.objects.update_or_create(
        **names,
        key=key,
        defaults={"content": "", "kept_at": now, "closed_at": now},
    )
    if continues:
        Draft.objects.filter(**names, key=continues).delete()


def drop_draft(
    *, organisation: Organisation, subject: str, key: uuid.UUID, by: User
) -> None:
    """Throw a draft away because its author says so. One that is gone already is fine."""
    mine = Draft.objects.filter(organisation=organisation, subject=subject, user=by)
    mine.filter(key=key).unsaved().delete()


def forget_drafts(*, before: datetime) -> int:
    """Delete what nobody came back for since then; return how many."""
    deleted, _ = Draft.objects.filter(kept_at__lt=before).delete()
    return deleted


def _insert(names: dict[str, Any], values: dict[str, Any]) -> None:
    """The first keeping of a page, or one that comes too late."""
    try:
        with transaction.atomic():
            Draft.objects.create(**names, **values)
    except IntegrityError:
        if Draft.objects.get(**names).closed_at:
            raise AlreadySaved from None
