"""Pieces about evidence that any page may show: what supports an element."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from assessments.models import Assessment
from assessments.tree import Node
from cse_tracker.core.dates import local_day
from evidence.readings import Support

register = template.Library()


@register.inclusion_tag("evidence/_element_evidence.html", takes_context=True)
def element_evidence(
    context: Context,
    assessment: Assessment,
    node: Node,
    supports: Sequence[Support],
    *,
    can_add: bool,
) -> dict[str, Any]:
    """What supports a node in an assessment, and the way to add to it.

    ``supports`` come from ``readings.evidence_for`` or, for many nodes at once, from
    ``readings.evidence_by_node``. Use on pages inside an organisation.
    """
    today = local_day(timezone.now())
    return {
        "nav": context["nav"],
        "assessment": assessment,
        "node": node,
        "rows": [
            (support, support.newest.is_expired(on=today)) for support in supports
        ],
        "can_add": can_add,
    }
