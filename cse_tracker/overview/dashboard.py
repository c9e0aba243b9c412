"""What the home page knows about an organisation, in few queries."""

from dataclasses import dataclass
from datetime import date

from actions.models import Action
from actions.readings import ActionCounts, action_counts, undecided_findings
from assessments.access import visible_assessments
from assessments.counts import RatingCounts
from assessments.models import Assessment
from assessments.ratings import Rating
from assessments.readings import element_counts_by_assessment
from cse_tracker.accounts.models import Membership


@dataclass(frozen=True)
class RatingChange:
    """How many elements have a rating, and how many more or fewer than a year before."""

    rating: Rating
    count: int
    # None where there is no assessment before.
    difference: int | None

    @property
    def fewer(self) -> int:
        return -(self.difference or 0)


@dataclass(frozen=True)
class Latest:
    """The newest assessment, counted at element level, against the one before."""

    assessment: Assessment
    counts: RatingCounts
    changes: list[RatingChange]
    previous: Assessment | None
    # A newer one, started and not rated yet.
    started: Assessment | None
    undecided_findings: int


@dataclass(frozen=True)
class PlanSummary:
    """The action plan in numbers: all of it, and the part this member owns."""

    all: ActionCounts
    mine: ActionCounts


# Assessments without a rating are few: one that was started, and its like.
LOOKED_AT = 5


def latest_of(membership: Membership) -> Latest | None:
    """The newest assessment with ratings that this member may see, or None.

    One that was only just started says nothing yet about the organisation, so it is the
    newest only where there is no other.
    """
    newest = list(visible_assessments(membership).by_assessor().reverse()[:LOOKED_AT])
    if not newest:
        return None
    counted = element_counts_by_assessment(newest)
    rated = [each for each in newest if counted[each.pk].rated] or newest[:1]
    latest = rated[0]
    previous = rated[1] if len(rated) > 1 else None
    counts = counted[latest.pk]
    before = counted[previous.pk] if previous else None
    return Latest(
        assessment=latest,
        counts=counts,
        changes=[
            RatingChange(
                rating,
                counts.of(rating),
                counts.of(rating) - before.of(rating) if before else None,
            )
            for rating in Rating
        ],
        previous=previous,
        started=newest[0] if newest[0] != latest else None,
        undecided_findings=len(undecided_findings(latest)),
    )


def plan_summary(membership: Membership, *, on: date) -> PlanSummary:
    """The state of the plan on a day: two queries."""
    actions = Action.objects.filter(organisation=membership.organisation)
    return PlanSummary(
        all=action_counts(actions, on=on),
        mine=action_counts(actions.filter(owner=membership), on=on),
    )


def unconfirmed_before(membership: Membership, year: int) -> int:
    """How many assessments by the assessor of earlier years are still open."""
    past = visible_assessments(membership).by_assessor().filter(year__lt=year)
    return past.unconfirmed().count()
