"""How many more elements could slip before the configured thresholds. Pure, and only advice.

The certification body decides the outcome; nothing here is one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.counts import RatingCounts
from assessments.ratings import Rating

THE_BODY_DECIDES = "the certification body decides"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What the certification is set to. ``criterion_limit`` None: no limit in a criterion."""

    share_percent: int
    criterion_limit: int | None = None


@dataclass(frozen=True, slots=True)
class CriterionRoom:
    """What is left in one criterion: how many more could slip, negative when over the limit."""

    ref: str
    slipped: int
    more: int


@dataclass(frozen=True)
class Advice:
    """What the ratings of one assessment mean against the thresholds.

    ``more`` elements could slip and the share would still be reached; negative: so many would
    have to become compliant first. ``failing`` are rated non-compliant.
    """

    thresholds: Thresholds
    counts: RatingCounts
    more: int
    failing: int
    # Only where a limit is set: the criteria, tightest first.
    criteria: tuple[CriterionRoom, ...] = ()

    @property
    def sentences(self) -> list[str]:
        """The advice in words, the most important first."""
        return [*_failing_words(self), _share_words(self), *_criterion_words(self)]


def advise(
    counts: RatingCounts,
    thresholds: Thresholds,
    criteria: Mapping[str, RatingCounts] | None = None,
) -> Advice | None:
    """Advice on the rated elements of an assessment; None before any is rated.

    ``criteria`` has the counts of each criterion by ref, needed only with a limit.
    """
    if not counts.rated:
        return None
    limit = thresholds.criterion_limit
    rooms = (
        [_room(ref, each, limit) for ref, each in (criteria or {}).items()]
        if limit is not None
        else []
    )
    return Advice(
        thresholds,
        counts,
        could_slip(counts, thresholds.share_percent),
        counts.of(Rating.NON),
        tuple(sorted(rooms, key=lambda room: (room.more, room.ref))),
    )


def could_slip(counts: RatingCounts, share_percent: int) -> int:
    """How many compliant elements could slip with the share still reached; negative if it isn't.

    The share is that of the rated elements which are compliant or better.
    """
    needed = -(-counts.rated * share_percent // 100)
    return _compliant(counts) - needed


def _compliant(counts: RatingCounts) -> int:
    return counts.plus + counts.compliant


def _room(ref: str, counts: RatingCounts, limit: int) -> CriterionRoom:
    """No more can slip than are compliant."""
    slipped = counts.partial + counts.non
    return CriterionRoom(ref, slipped, min(limit - slipped, _compliant(counts)))


def _share_words(advice: Advice) -> str:
    share = f"{advice.thresholds.share_percent}% of the rated elements"
    if advice.more < 0:
        missing = -advice.more
        return (
            f"{_elements(missing)} more would have to be compliant to reach {share}; "
            f"{THE_BODY_DECIDES}."
        )
    how_many = (
        f"{advice.more} more element{_s(advice.more)}"
        if advice.more
        else "No more elements"
    )
    return f"{how_many} could slip before fewer than {share} are compliant; {THE_BODY_DECIDES}."


def _failing_words(advice: Advice) -> list[str]:
    if not advice.failing:
        return []
    return [f"{_elements(advice.failing)} {_is(advice.failing)} rated non-compliant."]


def _criterion_words(advice: Advice) -> list[str]:
    limit = advice.thresholds.criterion_limit
    return [_one_criterion(room, limit) for room in advice.criteria if room.more <= 1]


def _one_criterion(room: CriterionRoom, limit: int | None) -> str:
    if room.more < 0:
        return (
            f"Criterion {room.ref} has {_elements(room.slipped)} less than compliant; "
            f"you set a limit of {limit}."
        )
    how_many = "No more elements" if room.more == 0 else "1 more element"
    return (
        f"{how_many} of criterion {room.ref} could slip before your limit of {limit}."
    )


def _elements(count: int) -> str:
    return f"{count} element{_s(count)}"


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
