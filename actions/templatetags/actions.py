"""Pieces about actions that any page may show: the status, and the actions of a finding."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from actions import readings
from actions.models import Action
from actions.wording import STATUS_COLOURS
from assessments.models import Finding
from cse_tracker.accounts.models import Organisation
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


@register.simple_tag
def actions_of_findings(
    findings: Iterable[Finding], organisation: Organisation
) -> dict[int, list[Action]]:
    """Finding id to its actions: one query for a page that lists findings."""
    ids = [finding.pk for finding in findings]
    return readings.actions_by_finding(ids, organisation) if ids else {}


@register.filter
def actions_for(
    actions_by_finding: Mapping[int, Sequence[Action]], finding: Finding
) -> Sequence[Action]:
    """The actions that answer one finding."""
    return actions_by_finding.get(finding.pk, [])


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
