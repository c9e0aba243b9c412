"""What goes on into a newer assessment: open actions, and closed ones that nobody looked at."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from actions.another_look import closed_in_words, is_unseen
from actions.models import Action, ActionFinding
from actions.slices import earlier_than
from assessments.entering import KnownRating
from assessments.models import Assessment
from assessments.models.assessment import reading_order
from assessments.readings import known_ratings_before
from cse_tracker.core.dates import local_day


@dataclass(frozen=True)
class StillOpen:
    """An open action that answers a comment of an earlier assessment, the first of these."""

    action: Action
    since: Assessment
    into: Assessment

    @property
    def words(self) -> str:
        """ "from 2025, still open"; within one year it names the assessment."""
        year = self.since.year
        place = str(year) if year < self.into.year else f"the {self.since}"
        return f"from {place}, still open"


@dataclass(frozen=True)
class ClosedUnseen:
    """A closed action about what is not compliant, which no visit has looked at since."""

    action: Action
    ref: str
    closed_on: date

    @property
    def element_ref(self) -> str:
        """The ref of the element, also where the action is about one of its clauses."""
        return ".".join(self.ref.split(".")[:3])

    @property
    def words(self) -> str:
        return closed_in_words(
            self.action.number,
            self.closed_on,
            ref=self.ref,
            element_ref=self.element_ref,
        )


def count_still_open(assessment: Assessment) -> int:
    """How many open actions of earlier assessments go on into this one."""
    actions = Action.objects.filter(organisation=assessment.organisation_id)
    return actions.filter(earlier_than(assessment)).count()


def still_open_by_node(assessment: Assessment) -> dict[int | None, list[StillOpen]]:
    """Node id to the open actions of earlier assessments on it, by number: one query.

    Under None, those about no element.
    """
    links = (
        ActionFinding.objects.filter(
            organisation=assessment.organisation_id,
            finding__withdrawn_at=None,
            finding__finding_set__assessment__in=Assessment.objects.before(
                assessment
            ).order_by(),
            action__withdrawn_at=None,
        )
        .exclude(action__status__in=Action.Status.finished())
        .select_related(
            "action__owner__user",
            "action__owner__service",
            "action__service",
            "finding__finding_set__assessment",
        )
        .order_by(
            "action__number", *reading_order("finding__finding_set__assessment__")
        )
    )
    found: dict[int | None, dict[int, StillOpen]] = defaultdict(dict)
    for link in links:
        link.action.organisation = assessment.organisation
        since = link.finding.finding_set.assessment
        one = StillOpen(link.action, since, assessment)
        found[link.finding.node_id].setdefault(link.action_id, one)
    return {node_id: list(actions.values()) for node_id, actions in found.items()}


def closed_unseen(assessment: Assessment) -> list[ClosedUnseen]:
    """Closed actions to look at again at this visit, by number: three queries.

    What was closed after the visit, it could not look at.
    """
    earlier = list(Assessment.objects.before(assessment))
    found = closed_unseen_since(known_ratings_before(assessment), earlier)
    last_day = assessment.visit_ends_on or assessment.visit_starts_on
    if last_day is None and not assessment.is_open:
        last_day = date(assessment.year, 12, 31)
    return [each for each in found if last_day is None or each.closed_on <= last_day]


def closed_unseen_since(
    known: Mapping[int, KnownRating], earlier: Iterable[Assessment]
) -> list[ClosedUnseen]:
    """Closed actions on what the last known ratings say must be put right, by number: one query.

    Those of findings of ``earlier``, which also say when each year's visit was.
    """
    visited = {
        each.year: each.visit_ends_on or each.visit_starts_on for each in earlier
    }
    below = {pk: one for pk, one in known.items() if one.rating.must_be_put_right()}
    links = (
        ActionFinding.objects.filter(
            finding__withdrawn_at=None,
            finding__node__in=below,
            finding__finding_set__assessment__in=[each.pk for each in earlier],
            action__withdrawn_at=None,
            action__status=Action.Status.CLOSED,
        )
        .select_related("action__organisation", "finding__node")
        .order_by("action__number", "pk")
    )
    found: dict[tuple[int, int], ClosedUnseen] = {}
    for link in links:
        node, finished_at = link.finding.node, link.action.finished_at
        if node is None or finished_at is None:
            continue
        closed_on, year = local_day(finished_at), below[node.pk].origin_year
        if is_unseen(closed_on, found_in=year, visited_on=visited.get(year)):
            one = ClosedUnseen(link.action, node.ref, closed_on)
            found.setdefault((link.action_id, node.pk), one)
    return list(found.values())
