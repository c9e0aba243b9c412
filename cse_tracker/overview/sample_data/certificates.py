"""The sample council's certificates: one that ended, and the one that followed it."""

from datetime import date, timedelta

from assessments.certificates import Change
from assessments.due_dates import months_after
from assessments.models import Certification
from assessments.services.certificates import (
    CertificateDetails,
    ChangeDetails,
    add_certificate,
    record_change,
)
from cse_tracker.accounts.models import User

VALID_MONTHS = 36
# So long after the visit the body decides.
AFTER_THE_VISIT = timedelta(weeks=8)


def add_certificates(
    certification: Certification, whole_visit: date, *, today: date, by: User
) -> None:
    """One that ``whole_visit`` earned, and the one before it.

    That was suspended for some weeks, so that its history has more than one line.
    """
    issued_on = whole_visit + AFTER_THE_VISIT
    before = _details("LA 2077", months_after(issued_on, -VALID_MONTHS), issued_on)
    first = add_certificate(certification=certification, details=before, by=by)
    suspended_on = before.issued_on + timedelta(days=400)
    for change, days, reason in (
        (Change.SUSPENDED, 0, "The yearly fee had not been paid."),
        (Change.REINSTATED, 45, "The fee was paid."),
    ):
        first = record_change(
            certificate=first,
            seen_version=first.version,
            details=ChangeDetails(change, suspended_on + timedelta(days=days), reason),
            today=today,
            by=by,
        ).certificate
    renewed_on = months_after(issued_on, VALID_MONTHS)
    now = _details("LA 3140", issued_on, renewed_on)
    add_certificate(certification=certification, details=now, by=by)


def _details(number: str, issued_on: date, renewed_on: date) -> CertificateDetails:
    return CertificateDetails(
        body="Larkmoor Assessments",
        number=number,
        scope="Whole organisation",
        issued_on=issued_on,
        expires_on=renewed_on - timedelta(days=1),
    )
