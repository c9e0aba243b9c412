"""What one member may see of the certificates, and what is due when."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assessments.certificates import Standing, current_or_none
from assessments.cycle import PastVisit
from assessments.due_dates import DueDate, Visit, days_words, due_dates
from assessments.models import Assessment, Certificate, Certification
from cse_tracker.accounts.models import Membership
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.dates import long_date

VISIT_FIELDS = [
    "certification_id",
    "year",
    "kind",
    "visit_code",
    "visit_starts_on",
    "state",
]


@dataclass(frozen=True)
class Outlook:
    """Of one certified scope: the certificate that counts on a day, and what is to come."""

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
    def add_query(self) -> str:
        """What the address of the form for a new certificate ends in."""
        return f"?of={self.certification.pk}"

    @property
    def expiry_words(self) -> str:
        """Until when it holds: "3 March 2027, in 101 days"."""
        if self.current is None:
            return ""
        day, left = self.current.expires_on, self.current.facts.days_left(self.today)
        return f"{long_date(day)}, {days_words(left)}" if left >= 0 else long_date(day)


def outlooks_of(membership: Membership, *, on: date) -> list[Outlook]:
    """The certificate of each certified scope and what is due: four queries in all.

    None before anything is certified; most organisations have one.
    """
    organisation = membership.organisation
    certificates = defaultdict(list)
    for each in Certificate.objects.of(organisation):
        certificates[each.certification_id].append(each)
    visits = _visits(membership)
    return [
        _outlook(each, certificates[each.pk], visits[each.pk], on)
        for each in Certification.objects.filter(organisation=organisation).order_by(
            "pk"
        )
    ]


def _outlook(
    certification: Certification,
    certificates: Sequence[Certificate],
    visits: Sequence[Visit],
    on: date,
) -> Outlook:
    by_id = {each.pk: each for each in certificates}
    facts = current_or_none([each.facts for each in certificates], on)
    return Outlook(
        certification=certification,
        certificates=certificates,
        current=by_id[facts.id] if facts else None,
        due=due_dates(facts, certification.cycle_rules, visits, on=on),
        today=on,
    )


def _visits(membership: Membership) -> Mapping[int, list[Visit]]:
    """All visits by the assessor by certification, oldest first.

    One left out would make the next look overdue. An open assessment is not named to those
    who may not know of it; its dates are no secret.
    """
    knows_open = membership.may(Permission.READ)
    found = Assessment.objects.filter(organisation=membership.organisation)
    visits = defaultdict(list)
    for each in found.by_assessor().in_order().only(*VISIT_FIELDS):
        if each.kind == Assessment.Kind.FOLLOW_UP:
            continue
        is_named = knows_open or not each.is_open
        visits[each.certification_id].append(
            Visit(
                PastVisit(each.year, each.kind, each.visit_code),
                each.visit_starts_on,
                f"The {each}" if is_named else "The next visit",
                each.is_open,
            )
        )
    return visits
