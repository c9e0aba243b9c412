"""What is due when: the end of the certificate, the next visit. Pure; the day is an argument."""

from calendar import monthrange
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from assessments.certificates import CertificateFacts, Standing
from assessments.cycle import FULL, CycleRules, PastVisit, propose_next
from cse_tracker.core.dates import long_date

MONTHS_BETWEEN_VISITS = 12


@dataclass(frozen=True, slots=True)
class DueDate:
    """One thing to come. ``on`` None: the year is known and no day of it."""

    on: date | None
    words: str
    # Why, and how sure it is.
    note: str = ""
    # How many days off it is, where the day is certain.
    days_left: int | None = None
    is_overdue: bool = False

    @property
    def how_far(self) -> str:
        """How far off it is in words, where the day is certain: "in 90 days"."""
        return "" if self.days_left is None else days_words(self.days_left)


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit by the assessor, past or planned. ``is_open``: it is not confirmed."""

    past: PastVisit
    starts_on: date | None
    name: str
    is_open: bool


def due_dates(
    certificate: CertificateFacts | None,
    rules: CycleRules,
    visits: Sequence[Visit],
    *,
    on: date,
) -> list[DueDate]:
    """What is to come for a certification, soonest first; ``visits`` oldest first.

    That a certificate is suspended stands before all that.

    Advice: the certification body says when it comes and until when a certificate holds.
    """
    found = [end_of(certificate, on), next_visit(rules, visits, on)]
    known = [due for due in found if due is not None]
    suspended = suspension_of(certificate, on)
    to_come = sorted(known, key=lambda due: due.on or date.max)
    return [suspended, *to_come] if suspended else to_come


def suspension_of(certificate: CertificateFacts | None, on: date) -> DueDate | None:
    """That the certificate is suspended; None where it isn't."""
    since = certificate.suspended_since(on) if certificate else None
    if since is None:
        return None
    words = f"The certificate has been suspended since {long_date(since)}"
    return DueDate(since, words, "The body tells you what it needs to reinstate it.")


def end_of(certificate: CertificateFacts | None, on: date) -> DueDate | None:
    """When the certificate runs out, or that it did; None without one that could."""
    if certificate is None or certificate.standing(on) is Standing.WITHDRAWN:
        return None
    left = certificate.days_left(on)
    if left < 0:
        words = f"The certificate ran out on {long_date(certificate.expires_on)}"
        return DueDate(certificate.expires_on, words, is_overdue=True)
    words = f"The certificate runs out on {long_date(certificate.expires_on)}"
    return DueDate(certificate.expires_on, words, days_left=left)


def next_visit(rules: CycleRules, visits: Sequence[Visit], on: date) -> DueDate | None:
    """The visit that is dated, or else the one that the cycle expects a year after the last."""
    planned = [
        (visit.starts_on, visit.name)
        for visit in visits
        if visit.is_open and visit.starts_on and visit.starts_on >= on
    ]
    if planned:
        day, name = min(planned)
        words = f"{name} begins on {long_date(day)}"
        return DueDate(day, words, days_left=(day - on).days)
    if not visits:
        return None
    if visits[-1].is_open and visits[-1].starts_on is None:
        return DueDate(None, f"{visits[-1].name} has no date yet")
    return _expected(rules, visits, on)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a month that lacks it."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def days_words(days: int) -> str:
    """How far off a day is: "today", "in 1 day", "in 90 days"."""
    if days == 0:
        return "today"
    return f"in {days} day{'' if days == 1 else 's'}"


def reminder_stage_or_none(days_left: int, stages: Collection[int]) -> int | None:
    """Which reminder is due so many days before the end: the last stage that was reached.

    A day on which no reminder ran is made up for; None before the first stage and after the end.
    """
    if days_left < 0:
        return None
    return min((stage for stage in stages if days_left <= stage), default=None)


def _expected(rules: CycleRules, visits: Sequence[Visit], on: date) -> DueDate:
    last = visits[-1]
    proposed = propose_next(rules, [visit.past for visit in visits])
    kind = "full assessment" if proposed.kind == FULL else "review"
    code = f" ({proposed.visit_code})" if proposed.visit_code else ""
    what = f"The next {kind}{code}"
    if last.starts_on is None:
        return DueDate(None, f"{what} in {proposed.year}", proposed.why)
    day = months_after(last.starts_on, MONTHS_BETWEEN_VISITS)
    when = f"{day:%B %Y}"
    note = f"{proposed.why} The body tells you the days."
    if day < on:
        return DueDate(day, f"{what} was due about {when}", note, is_overdue=True)
    return DueDate(day, f"{what} is due about {when}", note)
