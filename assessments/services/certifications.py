"""The certified scope: made with the organisation's first use, then kept up to date."""

from datetime import datetime
from typing import Any

from django.db import transaction

from assessments.models import Certification, Standard
from cse_tracker.accounts.models import Organisation, User
from cse_tracker.accounts.services.events import changes_to, record_event
from cse_tracker.accounts.services.organisations import lock_organisation
from cse_tracker.accounts.verbs import EDITED, RESTORED_VERSION
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.locking import save_if_unchanged

# The verbs of the events that raise a certification's version.
SAVING_VERBS = frozenset({EDITED, RESTORED_VERSION})


def certification_of(*, organisation: Organisation) -> Certification:
    """The organisation's certification; the first call makes the usual one.

    Most organisations have one and never see the word. Raises RuleBroken before the platform
    administrator has loaded a standard.
    """
    return _first_of(organisation) or _make_usual(organisation)


@transaction.atomic
def _make_usual(organisation: Organisation) -> Certification:
    organisation = lock_organisation(organisation)
    found = _first_of(organisation)
    if found:
        return found
    standard = Standard.objects.order_by("-pk").first()
    if standard is None:
        raise RuleBroken(
            "No standard is loaded yet. Ask the platform administrator to run load_standard."
        )
    made = Certification.objects.create(organisation=organisation, standard=standard)
    record_event(by=None, verb="created", target=made, organisation=organisation)
    return made


def _first_of(organisation: Organisation) -> Certification | None:
    return (
        Certification.objects.filter(organisation=organisation)
        .select_related("standard", "organisation")
        .order_by("pk")
        .first()
    )


@transaction.atomic
def set_up_certification(
    *,
    certification: Certification,
    seen_version: int,
    now: datetime,
    by: User,
    verb: str = EDITED,
    **values: Any,
) -> Certification:
    """Record scope and cycle; the first time also ticks the set-up list's entry.

    The same again writes nothing. ``verb`` is the change log's. Raises Conflict if changed
    since it was seen.
    """
    changes = changes_to(certification, values)
    if certification.set_up_at and not changes:
        return certification
    first_time = {} if certification.set_up_at else {"set_up_at": now}
    saved = save_if_unchanged(certification, seen_version, **values, **first_time)
    record_event(
        by=by,
        verb=verb,
        target=saved,
        organisation=saved.organisation,
        changes=changes,
    )
    return saved
