"""The sample council's certificates: one that ended, and one that runs out in some months."""

from datetime import date, timedelta

from assessments.certificates import Change
from assessments.models import Certification
from assessments.services.certificates import (
    CertificateDetails,
    ChangeDetails,
    add_certificate,
    record_change,
)
from cse_tracker.accounts.models import User

YEARS = 3
# So long before its end the sample begins.
DAYS_LEFT = 140


def add_certificates(certification: Certification, *, today: date, by: User) -> None:
    """The first was suspended for some weeks, so that its history has more than one line."""
    expires_on = today + timedelta(days=DAYS_LEFT)
    issued_on = _years_before(expires_on) + timedelta(days=1)
    before = _details(
        "LA 2077", _years_before(issued_on), issued_on - timedelta(days=1)
    )
    first = add_certificate(certification=certification, details=before, by=by)
    suspended_on = before.issued_on + timedelta(days=400)
    for change, days, reason in (
        (Change.SUSPENDED, 0, "The yearly visit had not taken place."),
        (Change.REINSTATED, 45, "The visit took place."),
    ):
        first = record_change(
            certificate=first,
            seen_version=first.version,
            details=ChangeDetails(change, suspended_on + timedelta(days=days), reason),
            today=today,
            by=by,
        ).certificate
    now = _details("LA 3140", issued_on, expires_on)
    add_certificate(certification=certification, details=now, by=by)


def _details(number: str, issued_on: date, expires_on: date) -> CertificateDetails:
    return CertificateDetails(
        body="Larkmoor Assessments",
        number=number,
        scope="Whole organisation",
        issued_on=issued_on,
        expires_on=expires_on,
    )


def _years_before(day: date) -> date:
    """The day some years before; of a 29 February, the 28th."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year - YEARS, day=last)
