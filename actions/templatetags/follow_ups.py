"""What an element's page, or a plan, says of actions that go on or were closed."""

from collections.abc import Mapping

from django import template

from actions.follow_ups import ClosedUnseen, closed_unseen
from assessments.models import Assessment

register = template.Library()


@register.simple_tag
def closed_to_look_at(assessment: Assessment) -> dict[str, list[ClosedUnseen]]:
    """Element ref to the closed actions that the visit has not seen yet: three queries."""
    found: dict[str, list[ClosedUnseen]] = {}
    for each in closed_unseen(assessment):
        found.setdefault(each.element_ref, []).append(each)
    return found


@register.simple_tag
def why_in_words(
    reasons: tuple[str, ...], closed: Mapping[str, list[ClosedUnseen]], ref: str
) -> str:
    """The reasons for sampling an element, and which actions on it were closed, as sentences."""
    return ". ".join([*reasons, *(each.words for each in closed.get(ref, []))])
