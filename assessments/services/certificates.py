"""Certificates: added or renewed, corrected, and what the body did with them."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction

from assessments.certificates import Change, following
from assessments.models import Certificate, CertificateStatus, Certification
from cse_tracker.accounts.models import User
from cse_tracker.accounts.services.events import changes_to, record_event
from cse_tracker.accounts.services.organisations import lock_organisation
from cse_tracker.accounts.verbs import EDITED
from cse_tracker.core.dates import long_date
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.locking import as_it_stands, save_if_unchanged

TOOK_BACK = {change: f"took back “{change.label}” of" for change in Change}
# The verbs of the events that raise a certificate's version.
SAVING_VERBS = frozenset(
    {EDITED, *(set(Change) - {Change.GRANTED}), *TOOK_BACK.values()}
)
NO_REASON = "Enter the reason that the certification body gave"


@dataclass(frozen=True, slots=True)
class CertificateDetails:
    """What stands on a certificate."""

    body: str
    number: str
    scope: str
    issued_on: date
    expires_on: date


@dataclass(frozen=True, slots=True)
class ChangeDetails:
    """What the body's letter says of a certificate."""

    change: Change
    happened_on: date
    reason: str = ""


@transaction.atomic
def add_certificate(
    *, certification: Certification, details: CertificateDetails, by: User
) -> Certificate:
    """Record a certificate, granted on the day of its issue; a renewal is one more.

    Raises RuleBroken if it ends before it begins, or if the body's number is there already.
    """
    organisation = lock_organisation(certification.organisation)
    _check(details, organisation_id=organisation.pk)
    certificate = Certificate.objects.create(
        organisation=organisation, certification=certification, **asdict(details)
    )
    CertificateStatus.objects.create(
        organisation=organisation,
        certificate=certificate,
        change=Change.GRANTED.value,
        happened_on=details.issued_on,
        recorded_by=by,
    )
    _record(certificate, "added", {k: ("", v) for k, v in asdict(details).items()}, by)
    return certificate


@transaction.atomic
def edit_certificate(
    *,
    certificate: Certificate,
    seen_version: int,
    details: CertificateDetails,
    by: User,
) -> Certificate:
    """Correct what stands on a certificate. Its grant moves with the day of issue.

    The same again writes nothing. Raises RuleBroken as adding does, or if something
    happened to it before it was issued; Conflict if it changed since.
    """
    organisation = lock_organisation(certificate.organisation)
    stored = _held(certificate)
    _check(details, organisation_id=organisation.pk, besides=stored)
    _check_issue(stored, details.issued_on)
    changes = changes_to(stored, asdict(details))
    if not changes:
        return stored
    saved = save_if_unchanged(stored, seen_version, **asdict(details))
    saved.history.filter(change=Change.GRANTED.value).update(
        happened_on=details.issued_on
    )
    _record(saved, EDITED, changes, by)
    return saved


@transaction.atomic
def record_change(
    *,
    certificate: Certificate,
    seen_version: int,
    details: ChangeDetails,
    today: date,
    by: User,
) -> CertificateStatus:
    """Record that the body suspended, reinstated or withdrew it.

    Raises RuleBroken if that does not follow on what happened before, lies in the future, or
    lacks its reason; Conflict if the certificate changed since it was seen.
    """
    certificate = save_if_unchanged(_held(certificate), seen_version)
    _check_change(certificate, details.change, details.happened_on, today)
    if details.change.needs_reason and not details.reason:
        raise RuleBroken(NO_REASON)
    said = {"happened_on": details.happened_on, "reason": details.reason}
    status = CertificateStatus.objects.create(
        organisation=certificate.organisation,
        certificate=certificate,
        change=details.change.value,
        recorded_by=by,
        **said,
    )
    changes = {name: ("", value) for name, value in said.items()}
    _record(certificate, details.change.value, changes, by)
    return status


@transaction.atomic
def take_back_change(
    *, certificate: Certificate, seen_version: int, status_id: int, by: User
) -> Certificate:
    """Remove the newest entry of the history, recorded by mistake. Gone already, nothing happens.

    Raises RuleBroken for any other entry, and for the grant; Conflict if the certificate
    changed since it was seen.
    """
    certificate = _held(certificate)
    entries = {entry.pk: entry for entry in certificate.entries}
    entry = entries.get(status_id)
    if entry is None:
        return certificate
    if entry.change == Change.GRANTED.value or entry.pk != list(entries)[-1]:
        raise RuleBroken("Only the newest entry can be taken back.")
    saved = save_if_unchanged(certificate, seen_version)
    changes: dict[str, Any] = {
        "happened_on": (entry.happened_on, ""),
        "reason": (entry.reason, ""),
    }
    entry.delete()
    _record(saved, TOOK_BACK[Change(entry.change)], changes, by)
    return saved


@transaction.atomic
def remove_certificate(
    *, certificate: Certificate, seen_version: int, by: User
) -> None:
    """Remove a certificate that was recorded by mistake; the change log keeps what it said.

    Raises Conflict if it changed since it was seen.
    """
    held = save_if_unchanged(_held(certificate), seen_version)
    names = CertificateDetails.__dataclass_fields__
    changes = {name: (getattr(held, name), "") for name in names}
    _record(held, "removed", changes, by)
    held.delete()


def _held(certificate: Certificate) -> Certificate:
    """The certificate with its history, locked until the transaction ends.

    Raises RuleBroken if somebody removed it.
    """
    held = Certificate.objects.select_for_update(of=("self",))
    return as_it_stands(held.select_related("organisation").with_history(), certificate)


def _check(
    details: CertificateDetails,
    organisation_id: int,
    besides: Certificate | None = None,
) -> None:
    if details.expires_on <= details.issued_on:
        raise RuleBroken("Expiry date must be after the date of issue")
    same = Certificate.objects.filter(
        organisation=organisation_id,
        body__iexact=details.body,
        number__iexact=details.number,
    )
    if besides is not None:
        same = same.exclude(pk=besides.pk)
    if same.exists():
        raise RuleBroken(
            f"You have certificate {details.number} of {details.body} already. "
            "Change that one, or enter the number of the new one."
        )


def _check_issue(certificate: Certificate, issued_on: date) -> None:
    later = certificate.history.exclude(change=Change.GRANTED.value)
    first = later.order_by("happened_on").first()
    if first is not None and first.happened_on < issued_on:
        raise RuleBroken(
            f"It was {str(first).lower()} on {long_date(first.happened_on)}, so it can't have "
            "been issued after that."
        )


def _check_change(
    certificate: Certificate, change: Change, happened_on: date, today: date
) -> None:
    history = certificate.facts.history
    last = history[-1]
    if change not in following(history):
        raise RuleBroken(
            f"This certificate was {last.change} on {long_date(last.happened_on)}, so it can't "
            f"be {change} now."
        )
    if happened_on > today:
        raise RuleBroken("Date must be today or in the past")
    if happened_on < last.happened_on:
        raise RuleBroken(
            f"Date must not be before {long_date(last.happened_on)}, when it was {last.change}"
        )


def _record(
    certificate: Certificate, verb: str, changes: dict[str, tuple[Any, Any]], by: User
) -> None:
    record_event(
        by=by,
        verb=verb,
        target=certificate,
        organisation=certificate.organisation,
        changes=changes,
    )
