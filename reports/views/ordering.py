"""Asking for a paper: which kind first, then about what and with what."""

from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assessments.models import Assessment
from cse_tracker.accounts.access import OrgRequest, organisation_view
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.jobs import publish_after_commit
from reports import tasks
from reports.forms import OrderAppendixForm, OrderPaperForm, OrderPlanForm
from reports.models import Paper
from reports.readings import unconfirmed_years
from reports.services.ordering import order_paper, order_plan

OrderForm = OrderPaperForm | OrderPlanForm


class Offer(NamedTuple):
    """A kind of paper as people choose it."""

    name: str
    text: str
    form: type[OrderForm]


OFFERS = {
    Paper.Kind.PROGRESSION_ANNEX: Offer(
        "Progression annex",
        "Every element's rating over the years, with counts, charts and what changed.",
        OrderPaperForm,
    ),
    Paper.Kind.FINDINGS_APPENDIX: Offer(
        "Partial compliances and areas for improvement",
        "The assessor's comments on one assessment with the recommended responses and, if "
        "you like, decisions and actions.",
        OrderAppendixForm,
    ),
    Paper.Kind.ACTION_PLAN: Offer(
        "Action plan",
        "What is open, overdue and finished, element by element, with owners and dates: as "
        "things stand on the day on which it is built.",
        OrderPlanForm,
    ),
}


@require_safe
@organisation_view(Permission.BUILD_PAPER)
def choose(request: OrgRequest) -> HttpResponse:
    """Which kind of paper to build."""
    has_assessments = Assessment.objects.of(request.organisation).exists()
    offers = [
        (kind, offer)
        for kind, offer in OFFERS.items()
        if has_assessments or kind == Paper.Kind.ACTION_PLAN
    ]
    context = {"offers": offers, "has_assessments": has_assessments}
    return render(request, "reports/order/choose.html", context)


@require_http_methods(["GET", "POST"])
@organisation_view(Permission.BUILD_PAPER)
def order(request: OrgRequest, kind: str) -> HttpResponse:
    """Ask for a paper of this kind. A second click leads to the same paper."""
    if kind not in OFFERS:
        raise Http404
    offer = OFFERS[Paper.Kind(kind)]
    form = offer.form(
        request.POST or None,
        organisation=request.organisation,
        initial={"assessment": request.GET.get("assessment")},
    )
    if form.is_valid():
        try:
            return redirect(
                form.submit_once(request.user, lambda: _order(request, kind, form))
            )
        except RuleBroken as rule:
            form.add_error(None, str(rule))
    is_annex = kind == Paper.Kind.PROGRESSION_ANNEX
    context = {
        "form": form,
        "offer": offer,
        "unconfirmed": unconfirmed_years(request.organisation) if is_annex else [],
    }
    return render(request, "reports/order/form.html", context)


def _order(request: OrgRequest, kind: str, form: OrderForm) -> str:
    options, now = form.options, timezone.now()
    if isinstance(form, OrderPlanForm):
        paper = order_plan(
            organisation=request.organisation,
            service=form.cleaned_data["service"],
            options=options,
            now=now,
            by=request.user,
        )
    else:
        paper = order_paper(
            assessment=form.cleaned_data["assessment"],
            kind=kind,
            options=options,
            now=now,
            by=request.user,
        )
    publish_after_commit(tasks.build_paper, paper.pk)
    return paper.get_absolute_url()
