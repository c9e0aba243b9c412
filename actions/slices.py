"""The parts of the plan that the summary counts, as conditions: the list shows each of them."""

import re
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q

from actions.models import Action, ActionFinding, of_service, outstanding
from actions.summary import AGES, NONE, Age, Month
from assessments.models import Assessment
from cse_tracker.accounts.models import Membership
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.dates import LONDON

AGE_BY_KEY = {age.key: age for age in AGES}
_PERIOD = re.compile(r"(20\d\d)(?:-(0[1-9]|1[0-2]))?", re.ASCII)


def of_service_named(service: str) -> Q:
    """Belonging to the service with this key, or to none."""
    return of_service(None if service == NONE else int(service))


def of_criterion(ref: str) -> Q:
    """About an element of the criterion, through a standing finding; or about no element."""
    about = ActionFinding.objects.filter(
        action=OuterRef("pk"),
        finding__withdrawn_at=None,
        finding__node__isnull=False,
    )
    if ref == NONE:
        return ~Q(Exists(about))
    return Q(Exists(about.filter(finding__node__ref__startswith=f"{ref}.")))


def earlier_than(assessment: Assessment) -> Q:
    """Open, and answering a standing finding of an earlier assessment of the certification."""
    earlier = Assessment.objects.before(assessment).order_by()
    answering = ActionFinding.objects.filter(
        finding__withdrawn_at=None,
        finding__finding_set__assessment__in=earlier,
    )
    return outstanding() & Q(pk__in=answering.values("action"))


def to_be_checked_by(membership: Membership) -> Q:
    """Said to be done by somebody else, for who closes it freely by ``closing_rule``."""
    if not membership.may(Permission.APPROVE):
        return Q(pk=None)
    is_claimed = Q(withdrawn_at=None, status=Action.Status.DONE)
    return is_claimed & ~Q(claimed_by=membership.user_id)


def closed_in(period: str) -> Q:
    """Closed in a year, "2026", or a month, "2026-03", by the local day.

    Raises ValueError for any other text.
    """
    first, last = _months_of(period)
    start, end = _midnight(first.first_day), _midnight(last.last_day + timedelta(1))
    return Q(
        withdrawn_at=None,
        status=Action.Status.CLOSED,
        finished_at__gte=start,
        finished_at__lt=end,
    )


def period_in_words(period: str) -> str:
    """ "In 2026" or "In March 2026"; empty for what is neither."""
    try:
        first, last = _months_of(period)
    except ValueError:
        return ""
    return f"In {first.label}" if first == last else f"In {first.year}"


def of_age(age: Age, *, on: date) -> Q:
    """Open, and planned or begun so long before ``on``."""
    after, until = age.bounds(on)
    old_enough = _began_by(until) if age.at_least else Q()
    too_old = _began_by(after) if after else Q(pk=None)
    return outstanding() & old_enough & ~too_old


def _began_by(day: date) -> Q:
    return Q(starts_on__lte=day) | Q(created_at__lt=_midnight(day + timedelta(1)))


def _midnight(day: date) -> datetime:
    """When the local day begins."""
    return datetime.combine(day, time.min, tzinfo=LONDON)


def _months_of(period: str) -> tuple[Month, Month]:
    found = _PERIOD.fullmatch(period)
    if found is None:
        raise ValueError(f"{period!r} is neither a year nor a month")
    year, month = found.groups()
    if month:
        only = Month(int(year), int(month))
        return only, only
    return Month(int(year), 1), Month(int(year), 12)
