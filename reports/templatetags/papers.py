"""Papers on pages about what they print: the way to order one."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.http import urlencode

from assessments.models import Assessment
from cse_tracker.accounts.permissions import Permission
from reports.models import Paper

register = template.Library()


@register.inclusion_tag("reports/_order_plan.html", takes_context=True)
def order_plan(context: Context) -> dict[str, Any]:
    """A link that orders the action plan as a paper; nothing for who may not build."""
    request = context["request"]
    place = [request.organisation.slug, Paper.Kind.ACTION_PLAN.value]
    return {
        "can_build": request.membership.may(Permission.BUILD_PAPER),
        "url": reverse("reports:order", args=place),
    }


@register.inclusion_tag("reports/_order_appendix.html", takes_context=True)
def order_appendix(context: Context, assessment: Assessment) -> dict[str, Any]:
    """A link that orders the appendix of this assessment; nothing for who may not build."""
    request = context["request"]
    place = [request.organisation.slug, Paper.Kind.FINDINGS_APPENDIX.value]
    about = urlencode({"assessment": assessment.slug})
    return {
        "can_build": request.membership.may(Permission.BUILD_PAPER),
        "url": f"{reverse('reports:order', args=place)}?{about}",
    }
