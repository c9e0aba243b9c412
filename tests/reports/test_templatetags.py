"""The way to a paper that other pages get."""

import pytest
from django.template import Context, Template
from django.urls import reverse

from actions.services.details import ActionDetails
from actions.services.planning import plan_action
from cse_tracker.accounts.models import Membership


@pytest.fixture
def link(rf, years):
    """``link(user)`` is the link as this person gets it on a page."""

    def draw(user) -> str:
        request = rf.get("/")
        request.membership = Membership.objects.get(user=user)
        request.organisation = request.membership.organisation
        page = Template("{% load papers %}{% order_appendix assessment %}")
        return page.render(Context({"request": request, "assessment": years[-1]}))

    return draw


def test_an_officer_gets_a_link_that_names_the_assessment(link, cast):
    assert "/papers/order/findings_appendix/?assessment=2026-review" in link(cast.lena)


def test_who_may_not_build_gets_nothing(link, cast):
    assert link(cast.mo).strip() == ""


def test_the_plan_leads_to_its_paper_for_who_may_build_it(signed_in, cast):
    plan_action(
        organisation=cast.ashby, details=ActionDetails(title="Ask them"), by=cast.mo
    )
    plan = reverse("actions:list", args=[cast.ashby.slug])
    leads = [
        "/papers/order/action_plan/" in signed_in(person).get(plan).content.decode()
        for person in (cast.lena, cast.mo)
    ]

    assert leads == [True, False]
