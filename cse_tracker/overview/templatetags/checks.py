"""What checks found, on pages of every app."""

from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from assessments.checks.catalogue import Check
from assessments.checks.telling import Told, by_check, open_counts
from assessments.models import Assessment
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.dates import local_day
from cse_tracker.core.importing.problems import Severity
from cse_tracker.overview.checking import collect_told, url_to_mend

register = template.Library()
COLOURS = {Severity.ERROR: "red", Severity.FLAG: "yellow"}


@register.inclusion_tag("overview/checks/severity.html")
def check_severity(check: Check) -> dict[str, Any]:
    """Error or flag, in a tag."""
    words = check.severity.value.capitalize()
    return {"text": words, "colour": COLOURS[check.severity]}


@register.simple_tag
def mending_url(assessment: Assessment, told: Told) -> str:
    """Where the person can put it right."""
    return url_to_mend(assessment, told)


@register.inclusion_tag("overview/checks/open_line.html", takes_context=True)
def open_checks_line(context: Context, assessment: Assessment) -> dict[str, Any]:
    """How much is open in the assessment, in one sentence that leads to it."""
    return open_checks(context, assessment)


@register.inclusion_tag("overview/checks/open.html", takes_context=True)
def open_checks(context: Context, assessment: Assessment) -> dict[str, Any]:
    """What is open in the assessment, for pages before it is locked or printed.

    It is what will be found once it is confirmed. Nothing for who may not see the work in
    progress.
    """
    if not context["request"].membership.may(Permission.READ):
        return {"groups": []}
    told = collect_told(assessment, today=local_day(timezone.now()), is_closing=True)
    waiting = [each for each in told if each.is_open]
    return {
        "assessment": assessment,
        "slug": assessment.organisation.slug,
        "groups": by_check(waiting),
        "counts": open_counts(waiting),
    }
