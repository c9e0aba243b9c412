"""Checks of visits: what they left out, and when they were. Pure."""

from collections.abc import Collection, Iterator

from assessments.checks.facts import Spot, YearView
from assessments.checks.hits import Found
from cse_tracker.core.dates import long_date


def in_the_future(view: YearView) -> Iterator[Found]:
    """A rating that somebody found at a visit that is still to come."""
    starts_on, today = view.facts.visit_starts_on, view.record.today
    is_to_come = view.year > today.year or bool(starts_on and starts_on > today)
    if is_to_come and any(_was_found(view, spot) for spot in view.spots):
        when = f"on {long_date(starts_on)}" if starts_on else f"in {view.year}"
        message = f"Ratings are entered as examined, but the visit is {when}."
        yield Found("", message, (view.year, str(starts_on or "")))


def never_sampled(view: YearView) -> Iterator[Found]:
    cycle = view.cycle_ending_here
    if cycle is None or view.is_being_entered:
        return
    examined = {
        ref
        for facts in view.years_of(cycle)
        for ref, said in facts.results.items()
        if said.sampled or (facts.examines_everything and said.rating)
    }
    for spot in view.spots:
        if spot.is_element and spot.ref not in examined and not _is_planned(view, spot):
            yield Found(
                spot.ref,
                f"{spot.ref} was not sampled at any visit of the cycle {cycle}.",
                (cycle.first_year, cycle.last_year),
            )


def open_partial_unseen(view: YearView) -> Iterator[Found]:
    what_lacks = (
        "is not planned to be sampled" if _is_to_come(view) else "was not sampled"
    )
    for spot in view.spots:
        known, now = spot.known, spot.now
        is_seen = spot.is_examined or _is_planned(view, spot)
        if (
            known
            and now.must_be_put_right
            and known.rating is now.rating
            and not is_seen
        ):
            yield Found(
                spot.ref,
                f"{spot.ref} was {known.rating} in {known.year} and still is in "
                f"{view.year}, but {what_lacks}.",
                (known.rating, known.year),
            )


def across_missing_years(view: YearView) -> Iterator[Found]:
    """An assessment after a gap: its changes may have happened in any year of it."""
    before = view.previous
    is_rated = any(said.rating for said in view.facts.results.values())
    missing = missing_years(before.year, view.year, ()) if before else ()
    if before and missing and is_rated:
        message = (
            f"There is no assessment for {', '.join(map(str, missing))}, so changes in "
            f"{view.year} are changes since {before.year}."
        )
        yield Found("", message, (before.year, view.year))


def missing_years(earlier: int, later: int, shown: Collection[int]) -> tuple[int, ...]:
    """The calendar years between two assessments that have none."""
    between = range(earlier + 1, later)
    return tuple(year for year in between if year not in shown)


def _was_found(view: YearView, spot: Spot) -> bool:
    now = spot.now
    is_found = now.sampled or (view.facts.examines_everything and not now.is_carried)
    return is_found and now.rating is not None


def _is_planned(view: YearView, spot: Spot) -> bool:
    """Whether it, or what it is a part of, is still to be sampled at a visit being entered."""
    facts = view.facts
    whole = facts.results.get(spot.node.parent_ref)
    is_meant = spot.now.planned or bool(whole and whole.planned)
    return facts.is_open and not facts.is_handed_over and is_meant


def _is_to_come(view: YearView) -> bool:
    """Whether nothing was sampled so far, and somebody may still enter what is."""
    facts = view.facts
    is_begun = any(said.sampled for said in facts.results.values())
    return facts.is_open and not facts.is_handed_over and not is_begun
