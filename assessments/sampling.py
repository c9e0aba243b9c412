"""Which elements to prepare for a review's sample, and why each. Pure.

No body publishes a quota, so each criterion's is a share of its elements, large enough that
the whole Standard fits within the cycle. Why so: docs/decisions/0012.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessments.cycle import Cycle
from assessments.ratings import Rating
from assessments.tree import ref_key


@dataclass(frozen=True, slots=True)
class ElementStanding:
    """How one element stands before the visit that is planned."""

    node_id: int
    ref: str
    applicable: bool = True
    # The last known one.
    rating: Rating | None = None
    # The first of the years that have said this rating without a break; None: not known.
    rated_since: int | None = None
    # The year of the last review that sampled and rated it; None if none on record did.
    sampled_in: int | None = None
    # The last year in which any visit examined it: a review's sample or a full assessment.
    examined_in: int | None = None
    # The last year that marks it sampled and has no rating, if no later visit examined it.
    result_missing_in: int | None = None
    # Itself or its sub-elements, where partial or non-compliant.
    open_refs: tuple[str, ...] = ()

    @property
    def criterion_ref(self) -> str:
        return self.ref.partition(".")[0]

    @property
    def last_sampled(self) -> str:
        """The last year that sampled it, and whether what it found is not known."""
        if self.result_missing_in is not None:
            return f"{self.result_missing_in}, rating not on record"
        return str(self.sampled_in or "Never")

    @property
    def is_unexamined(self) -> bool:
        """Whether the rating is newer than what was last examined."""
        return self.rated_since is not None and (
            self.examined_in is None or self.examined_in < self.rated_since
        )


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """The review that is planned. ``cycle`` None: its start is not known."""

    year: int
    cycle: Cycle | None
    # In years, also where the start is not known.
    cycle_length: int
    # What the organisation set, in percent of each criterion's elements.
    share_percent: int | None = None
    # A follow-up visit looks at what is open, and at nothing else.
    follows_up: bool = False

    @property
    def reviews_left(self) -> int | None:
        """This review and those after it in the cycle."""
        return self.cycle.last_year - self.year + 1 if self.cycle else None

    def quota(self, element_count: int) -> int:
        """How many of so many elements to sample, rounded up."""
        if self.follows_up:
            return 0
        if self.share_percent is not None:
            return -(-element_count * self.share_percent // 100)
        return -(-element_count // self.cycle_length)

    def is_owed(self, standing: ElementStanding) -> bool:
        """Whether no visit of the cycle examined it yet; never where no cycle is known."""
        if self.cycle is None:
            return False
        return standing.examined_in is None or standing.examined_in not in self.cycle

    def rests_on_old_sample(self, standing: ElementStanding) -> bool:
        """Whether it is Compliance Plus that nobody examined, or not for a whole cycle."""
        if standing.rating is not Rating.PLUS:
            return False
        return (
            standing.examined_in is None
            or standing.is_unexamined
            or self.year - standing.examined_in >= self.cycle_length
        )


@dataclass(frozen=True, slots=True)
class Pick:
    """One element of the plan, and every reason for it in words."""

    standing: ElementStanding
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CriterionPlan:
    """What is picked of one criterion, most pressing first."""

    ref: str
    picks: tuple[Pick, ...]
    quota: int
    # Those that apply.
    element_count: int


@dataclass(frozen=True)
class SamplingPlan:
    """The plan of one visit, criterion by criterion."""

    visit: PlannedVisit
    criteria: tuple[CriterionPlan, ...]

    @property
    def picks(self) -> list[Pick]:
        """All picks, most pressing first."""
        picks = [pick for criterion in self.criteria for pick in criterion.picks]
        return sorted(picks, key=lambda pick: urgency(pick.standing, self.visit))


def propose_sample(
    standings: Iterable[ElementStanding], visit: PlannedVisit
) -> SamplingPlan:
    """The proposal for a review: every open partial and old Compliance Plus, then by urgency.

    In each criterion as many as the quota; more where what must be seen now is more: the share
    of what the cycle still owes that this visit has to take, all of it at the last.
    """
    by_criterion: dict[str, list[ElementStanding]] = {}
    for standing in sorted(standings, key=lambda each: ref_key(each.ref)):
        if standing.applicable:
            by_criterion.setdefault(standing.criterion_ref, []).append(standing)
    return SamplingPlan(
        visit,
        tuple(
            CriterionPlan(
                ref=ref,
                picks=tuple(
                    Pick(each, reasons_for(each, visit) or (_longest_ago(each),))
                    for each in _pick(group, visit)
                ),
                quota=visit.quota(len(group)),
                element_count=len(group),
            )
            for ref, group in by_criterion.items()
        ),
    )


def urgency(
    standing: ElementStanding, visit: PlannedVisit
) -> tuple[bool, int, int, bool, tuple[int, ...]]:
    """Sorts what the cycle still owes first, then what was sampled longest ago or never."""
    return (
        not visit.is_owed(standing),
        standing.sampled_in or 0,
        standing.examined_in or 0,
        not standing.open_refs,
        ref_key(standing.ref),
    )


def reasons_for(standing: ElementStanding, visit: PlannedVisit) -> tuple[str, ...]:
    """What speaks for sampling an element now, whatever becomes of the others."""
    reasons = [*_cycle_reasons(standing, visit), *_open_reasons(standing)]
    if visit.rests_on_old_sample(standing):
        reasons.append(_plus_reason(standing))
    return tuple(reasons)


def _pick(
    group: Sequence[ElementStanding], visit: PlannedVisit
) -> list[ElementStanding]:
    """The elements of one criterion to sample, most pressing first."""
    ordered = sorted(group, key=lambda each: urgency(each, visit))
    if visit.follows_up:
        return [each for each in ordered if each.open_refs]
    picked = [
        each for each in ordered if each.open_refs or visit.rests_on_old_sample(each)
    ]
    owed = [each for each in ordered if visit.is_owed(each)]
    still_owed = _share_of_this_visit(len(owed), visit) - sum(
        visit.is_owed(each) for each in picked
    )
    picked += [each for each in owed if each not in picked][: max(still_owed, 0)]
    room = visit.quota(len(group)) - len(picked)
    picked += [each for each in ordered if each not in picked][: max(room, 0)]
    return sorted(picked, key=ordered.index)


def _share_of_this_visit(owed_count: int, visit: PlannedVisit) -> int:
    """How many of those owed this visit takes, so that the last one need not take more."""
    return -(-owed_count // visit.reviews_left) if visit.reviews_left else 0


def _longest_ago(standing: ElementStanding) -> str:
    return f"Sampled longest ago of those left, in {standing.sampled_in}"


def _plus_reason(standing: ElementStanding) -> str:
    if standing.is_unexamined:
        return (
            f"Compliance Plus recorded in {standing.rated_since} without an examination"
        )
    if standing.examined_in is None:
        return "Compliance Plus that no visit on record examined"
    return f"Compliance Plus last examined in {standing.examined_in}"


def _cycle_reasons(standing: ElementStanding, visit: PlannedVisit) -> list[str]:
    reasons = []
    is_owed = visit.is_owed(standing)
    if standing.result_missing_in is not None:
        reasons.append(f"Sampled in {standing.last_sampled}")
    elif standing.sampled_in is None:
        examined = standing.examined_in
        seen = f", last examined in {examined}" if examined else ""
        reasons.append(f"Never sampled at a review{seen}")
    elif is_owed:
        reasons.append(
            f"Not sampled in this cycle ({visit.cycle}), last in {standing.sampled_in}"
        )
    if is_owed and visit.reviews_left == 1:
        reasons.append("Last visit of the cycle")
    return reasons


def _open_reasons(standing: ElementStanding) -> list[str]:
    if not standing.open_refs:
        return []
    if standing.ref in standing.open_refs:
        words = (
            "Open non-compliance" if standing.rating is Rating.NON else "Open partial"
        )
        return [words]
    return [f"Open in part: {', '.join(standing.open_refs)}"]
