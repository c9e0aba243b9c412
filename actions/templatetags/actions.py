"""Pieces about actions that any page may show: the status, and the actions of a finding."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from actions.models import Action
from actions.wording import STATUS_COLOURS
from assessments.models import Finding
from cse_tracker.core.dates import local_day

register = template.Library()


@register.inclusion_tag("actions/_status.html")
def action_status(action: Action) -> dict[str, Any]:
    """The status in a tag, and "Overdue" or "Withdrawn" in words beside it."""
    return {
        "text": action.get_status_display(),
        "colour": STATUS_COLOURS[action.status],
        "is_overdue": action.is_overdue(on=local_day(timezone.now())),
        "is_withdrawn": action.withdrawn_at is not None,
    }


@register.inclusion_tag("actions/_finding_actions.html", takes_context=True)
def finding_actions(
    context: Context, finding: Finding, actions: Sequence[Action], *, can_respond: bool
) -> dict[str, Any]:
    """What will be done about a finding, and the way to decide.

    ``actions`` are the finding's of ``readings.actions_by_finding``, which reads those of all
    findings of a page at once. Use on pages inside an organisation.
    """
    return {
        "nav": context["nav"],
        "finding": finding,
        "actions": actions,
        "can_respond": can_respond,
        "asks": finding.kind != Finding.Kind.STRENGTH,
        "is_undecided": finding.decision == Finding.Decision.UNDECIDED,
        "is_declined": finding.decision == Finding.Decision.NO_ACTION,
    }
