"""What the home page knows about an organisation, in few queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from actions.models import Action
from actions.readings import ActionCounts, action_counts, undecided_findings
from assessments.access import visible_assessments
from assessments.counts import RatingCounts
from assessments.models import Assessment
from assessments.ratings import Rating
from assessments.tree import Kind
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
    elements = Q(results__node__kind=Kind.ELEMENT.value, results__applicable=True)
    newest: Sequence[Assessment] = list(
        visible_assessments(membership)
        .by_assessor()
        .annotate(
            **{
                f"{rating.slug}_count": Count(
                    "results", filter=elements & Q(results__rating=rating.value)
                )
                for rating in Rating
            },
            blank_count=Count("results", filter=elements & Q(results__rating="")),
        )
        .reverse()[:LOOKED_AT]
    )
    if not newest:
        return None
    rated = [each for each in newest if _counts(each).rated] or newest[:1]
    latest = rated[0]
    previous = rated[1] if len(rated) > 1 else None
    counts = _counts(latest)
    before = _counts(previous) if previous else None
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


def _counts(assessment: Assessment) -> RatingCounts:
    """From the annotations of ``latest_of``."""
    slugs = [*(rating.slug for rating in Rating), "blank"]
    return RatingCounts(
        **{slug: getattr(assessment, f"{slug}_count") for slug in slugs}
    )
