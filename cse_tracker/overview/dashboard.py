"""What the home page knows about an organisation, in few queries."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from actions.models import Action
from actions.readings import ActionCounts, action_counts
from actions.slices import to_be_checked_by
from assessments.access import visible_assessments
from assessments.confirming import Carried
from assessments.counts import RatingCounts
from assessments.models import Assessment, Finding, Result
from assessments.ratings import Basis, Rating
from assessments.readings import carried_in, element_counts_by_assessment
from assessments.standard_tree import shared_tree
from cse_tracker.accounts.models import Membership


@dataclass(frozen=True)
class RatingTrend:
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
    # What a full assessment carries instead of assessing it.
    carried: Carried
    trends: list[RatingTrend]
    previous: Assessment | None
    # A newer one, started and not rated yet but for what was carried into it.
    started: Assessment | None

    @property
    def rated_words(self) -> str:
        """How many elements were rated, and how many of them a full assessment only carries."""
        counts = self.counts
        if self.carried.refs:
            return self.carried.in_words(counts)
        return f"{counts.rated} of {counts.total} elements rated"


@dataclass(frozen=True)
class WaitingComments:
    """How many comments of an assessment nobody has decided on."""

    assessment: Assessment
    count: int


@dataclass(frozen=True)
class PlanSummary:
    """The action plan in numbers: all of it, the part this member owns, what they check."""

    all: ActionCounts
    mine: ActionCounts
    to_check: int


# Assessments without a rating of their own are few: one that was started, and its like.
LOOKED_AT = 5
WAITING_SHOWN = 3
# Somebody has said that its ratings stand, carried or not.
FINISHED = {Assessment.State.WITH_APPROVER.value, Assessment.State.CONFIRMED.value}


def latest_of(membership: Membership) -> Latest | None:
    """The newest assessment with ratings of its own that this member may see, or None.

    One that was only just started, empty or with carried ratings, says nothing yet about the
    organisation, so it is the newest only where there is no other.
    """
    of_its_own = Result.objects.rated().exclude(basis=Basis.CARRIED.value)
    found = visible_assessments(membership).by_assessor().reverse()
    newest = list(
        found.annotate(was_rated=Exists(of_its_own.filter(assessment=OuterRef("pk"))))[
            :LOOKED_AT
        ]
    )
    if not newest:
        return None
    rated = [
        each
        for each in newest
        if getattr(each, "was_rated", False) or each.state in FINISHED
    ] or newest[:1]
    counted = element_counts_by_assessment(newest)
    latest = rated[0]
    previous = rated[1] if len(rated) > 1 else None
    counts = counted[latest.pk]
    before = counted[previous.pk] if previous else None
    return Latest(
        assessment=latest,
        counts=counts,
        carried=carried_in(latest, shared_tree(latest.certification.standard)),
        trends=[
            RatingTrend(
                rating,
                counts.of(rating),
                counts.of(rating) - before.of(rating) if before else None,
            )
            for rating in Rating
        ],
        previous=previous,
        started=newest[0] if newest[0] != latest else None,
    )


def waiting_comments(membership: Membership) -> list[WaitingComments]:
    """The newest assessments whose comments wait for a decision: one query."""
    waits = Q(
        finding_set__findings__withdrawn_at=None,
        finding_set__findings__decision=Finding.Decision.UNDECIDED,
    ) & ~Q(finding_set__findings__kind=Finding.Kind.STRENGTH)
    found = visible_assessments(membership).by_assessor().reverse()
    counted = found.annotate(waiting=Count("finding_set__findings", filter=waits))
    shown = counted.filter(waiting__gt=0)[:WAITING_SHOWN]
    return [WaitingComments(each, getattr(each, "waiting", 0)) for each in shown]


def plan_summary(membership: Membership, *, on: date) -> PlanSummary:
    """The state of the plan on a day: three queries."""
    actions = Action.objects.filter(organisation=membership.organisation)
    return PlanSummary(
        all=action_counts(actions, on=on),
        mine=action_counts(actions.filter(owner=membership), on=on),
        to_check=actions.filter(to_be_checked_by(membership)).count(),
    )


def unconfirmed_before(membership: Membership, year: int) -> int:
    """How many assessments by the assessor of earlier years are still open."""
    past = visible_assessments(membership).by_assessor().filter(year__lt=year)
    return past.unconfirmed().count()
