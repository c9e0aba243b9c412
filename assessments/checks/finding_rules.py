"""Checks of what was said about a rating: findings, responses, actions. Pure."""

from collections.abc import Iterator

from assessments.checks.facts import Spot, YearView
from assessments.checks.hits import Found


def partial_without_finding(view: YearView) -> Iterator[Found]:
    if view.facts.points is None:
        return
    for spot in _examined_partials(view):
        if not any(point.says_why for point in spot.points):
            yield Found(
                spot.ref,
                f"{spot.ref} is {spot.now.rating} in {view.year}, but no comment says why "
                "it is not fully compliant.",
                (spot.now.rating, len(spot.points)),
            )


def partial_unanswered(view: YearView) -> Iterator[Found]:
    for spot in _examined_partials(view):
        points = [point for point in spot.points if point.says_why]
        unanswered = sum(not point.is_answered for point in points)
        if unanswered:
            which = f"{unanswered} of {len(points)} comments on why"
            yield Found(
                spot.ref,
                f"{spot.ref} is {spot.now.rating} in {view.year}; {which} "
                f"{'has' if unanswered == 1 else 'have'} neither a response nor an action.",
                (spot.now.rating, len(points), unanswered),
            )


def finding_of_non_compliance(view: YearView) -> Iterator[Found]:
    for spot in view.spots:
        against = sum(point.says_why for point in spot.own_points)
        if against and spot.now.rating and not spot.now.must_be_put_right:
            yield Found(
                spot.ref,
                f"{spot.ref} is {spot.now.rating} in {view.year}, but a comment says why "
                "it is not fully compliant.",
                (spot.now.rating, against),
            )


def _examined_partials(view: YearView) -> Iterator[Spot]:
    """What must be put right; a carried one has its findings in the year it came from."""
    for spot in view.spots:
        if spot.now.must_be_put_right and not spot.now.is_carried:
            yield spot
