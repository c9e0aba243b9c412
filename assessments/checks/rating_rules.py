"""Checks of ratings: missing, changed, carried, unlike their parts. Pure."""

from collections.abc import Iterator

from assessments.checks.facts import Spot, YearView
from assessments.checks.hits import Found
from assessments.entering import needs_reason
from assessments.ratings import Rating


def sampled_without_rating(view: YearView) -> Iterator[Found]:
    for spot in view.spots:
        if spot.now.sampled and not spot.now.rating:
            message = f"{spot.ref} was sampled in {view.year}, but has no rating."
            yield Found(spot.ref, message)


def blank_rating(view: YearView) -> Iterator[Found]:
    if view.is_being_entered or view.facts.is_follow_up:
        return
    for spot in view.spots:
        if spot.is_element and not spot.now.rating:
            yield Found(spot.ref, f"{spot.ref} has no rating in {view.year}.")


def carried_differs_from_source(view: YearView) -> Iterator[Found]:
    for spot in view.spots:
        now = spot.now
        if now.is_carried and now.rating and now.source_rating is not now.rating:
            says = f"says {now.source_rating}" if now.source_rating else "has no rating"
            yield Found(
                spot.ref,
                f"{spot.ref} is {now.rating} in {view.year}, carried from "
                f"{now.source_year}, which {says} now.",
                (now.rating, now.source_year, now.source_rating),
            )


def partial_closed_unsampled(view: YearView) -> Iterator[Found]:
    for spot in view.spots:
        if _changed_unexamined(view, spot) and _was_put_right(spot):
            message = f"{_moved(spot, view)}: closed, but not sampled."
            yield Found(spot.ref, message, _movement(spot))


def plus_lost(view: YearView) -> Iterator[Found]:
    for spot in view.spots:
        was_plus = spot.known is not None and spot.known.rating is Rating.PLUS
        if was_plus and spot.now.rating and spot.now.rating is not Rating.PLUS:
            end = "." if spot.is_examined else ", and was not sampled."
            message = f"{_moved(spot, view)}{end}"
            yield Found(spot.ref, message, (*_movement(spot), spot.is_examined))


def changed_unsampled(view: YearView) -> Iterator[Found]:
    for spot in view.spots:
        if _changed_unexamined(view, spot):
            message = f"{_moved(spot, view)}, but was not sampled."
            yield Found(spot.ref, message, _movement(spot))


def parent_differs(view: YearView) -> Iterator[Found]:
    for spot in view.spots:
        ratings = [said.rating for said in spot.parts if said.rating]
        if not ratings or not spot.now.rating:
            continue
        worst = min(ratings, key=lambda rating: rating.rank)
        if worst is not spot.now.rating:
            message = (
                f"{spot.ref} is {spot.now.rating} in {view.year}; "
                f"the worst of its sub-elements is {worst}."
            )
            yield Found(spot.ref, message, (spot.now.rating, worst))


def carried_where_all_is_examined(view: YearView) -> Iterator[Found]:
    if not view.facts.examines_everything:
        return
    for spot in view.spots:
        if spot.now.is_carried:
            yield Found(
                spot.ref,
                f"{spot.ref} is carried from {spot.now.source_year}, "
                "though this visit examines everything.",
                (spot.now.rating, spot.now.source_year),
            )


def _changed_unexamined(view: YearView, spot: Spot) -> bool:
    """Whether a reason is owed and missing."""
    return not spot.now.has_reason and needs_reason(
        spot.now.rating,
        sampled=spot.is_examined,
        examines_everything=view.facts.examines_everything,
        known=spot.known,
    )


def _was_put_right(spot: Spot) -> bool:
    was_open = spot.known is not None and spot.known.rating.must_be_put_right()
    return was_open and not spot.now.must_be_put_right


def _moved(spot: Spot, view: YearView) -> str:
    if spot.known is None:
        raise ValueError(f"{spot.ref} has no earlier rating")
    return (
        f"{spot.ref} went from {spot.known.rating} in {spot.known.year} "
        f"to {spot.now.rating} in {view.year}"
    )


def _movement(spot: Spot) -> tuple[str | int | None, ...]:
    if spot.known is None:
        raise ValueError(f"{spot.ref} has no earlier rating")
    return spot.known.rating, spot.known.year, spot.now.rating
