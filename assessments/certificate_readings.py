"""What one member may see of the certificate, and what is due when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assessments.certificates import Standing, current_or_none
from assessments.cycle import PastVisit
from assessments.due_dates import DueDate, Visit, days_words, due_dates
from assessments.models import Assessment, Certificate, Certification
from cse_tracker.accounts.models import Membership
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.dates import long_date

VISIT_FIELDS = ["year", "kind", "visit_code", "visit_starts_on", "state"]


@dataclass(frozen=True)
class Outlook:
    """The certificate that counts on a day, and what is to come."""

    certification: Certification
    # All there ever were, newest first.
    certificates: Sequence[Certificate]
    current: Certificate | None
    due: Sequence[DueDate]
    today: date

    @property
    def standing(self) -> Standing | None:
        return self.current.facts.standing(self.today) if self.current else None

    @property
    def expiry_words(self) -> str:
        """Until when it holds: "3 March 2027, in 101 days"."""
        if self.current is None:
            return ""
        day, left = self.current.expires_on, self.current.facts.days_left(self.today)
        return f"{long_date(day)}, {days_words(left)}" if left >= 0 else long_date(day)


def outlook_of(membership: Membership, *, on: date) -> Outlook | None:
    """The certificate and what is due, None before anything is certified: four queries."""
    organisation = membership.organisation
    certification = (
        Certification.objects.filter(organisation=organisation).order_by("pk").first()
    )
    if certification is None:
        return None
    certificates = list(
        Certificate.objects.of(organisation).filter(certification=certification)
    )
    by_id = {each.pk: each for each in certificates}
    facts = current_or_none([each.facts for each in certificates], on)
    visits = _visits(membership, certification)
    return Outlook(
        certification=certification,
        certificates=certificates,
        current=by_id[facts.id] if facts else None,
        due=due_dates(facts, certification.cycle_rules, visits, on=on),
        today=on,
    )


def _visits(membership: Membership, certification: Certification) -> list[Visit]:
    """All visits by the assessor, oldest first: one left out would make the next look overdue.

    An open assessment is not named to those who may not know of it; its dates are no secret.
    """
    knows_open = membership.may(Permission.READ)
    found = Assessment.objects.filter(certification=certification).by_assessor()
    return [
        Visit(
            PastVisit(each.year, each.kind, each.visit_code),
            each.visit_starts_on,
            f"The {each}" if knows_open or not each.is_open else "The next visit",
            each.is_open,
        )
        for each in found.in_order().only(*VISIT_FIELDS)
        if each.kind != Assessment.Kind.FOLLOW_UP
    ]
