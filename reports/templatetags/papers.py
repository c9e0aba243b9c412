"""Papers on pages about assessments: one click to order one."""

from typing import Any

from django import template
from django.template import Context

from assessments.models import Assessment
from cse_tracker.accounts.permissions import Permission
from reports.forms import OrderPaperForm

register = template.Library()


@register.inclusion_tag("reports/_order_annex.html", takes_context=True)
def order_annex(context: Context, assessment: Assessment) -> dict[str, Any]:
    """A button that orders the annex of this assessment; nothing for who may not build."""
    request = context["request"]
    return {
        "assessment": assessment,
        "can_build": request.membership.may(Permission.BUILD_PAPER),
        "form": OrderPaperForm(organisation=request.organisation),
        "organisation": request.organisation,
        "csrf_token": context.get("csrf_token"),
    }
