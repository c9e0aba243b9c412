"""What the page of one element looks up while it draws its findings."""

from collections.abc import Mapping, Sequence

from django import template

from actions.models import Action
from assessments.models import Finding

register = template.Library()


@register.filter
def actions_for(
    actions_by_finding: Mapping[int, Sequence[Action]], finding: Finding
) -> Sequence[Action]:
    """The actions that answer one finding."""
    return actions_by_finding.get(finding.pk, [])
