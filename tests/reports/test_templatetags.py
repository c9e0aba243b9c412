"""The button that other pages get."""

import pytest
from django.template import Context, Template

from cse_tracker.accounts.models import Membership


@pytest.fixture
def button(rf, years):
    """``button(user)`` is the button as this person gets it on a page."""

    def draw(user) -> str:
        request = rf.get("/")
        request.membership = Membership.objects.get(user=user)
        request.organisation = request.membership.organisation
        page = Template("{% load papers %}{% order_annex assessment %}")
        return page.render(Context({"request": request, "assessment": years[-1]}))

    return draw


def test_an_officer_gets_a_button_that_names_the_assessment(button, cast):
    assert 'name="assessment" value="2026-review"' in button(cast.lena)
    assert 'name="submission_key"' in button(cast.lena)


def test_who_may_not_build_gets_nothing(button, cast):
    assert button(cast.mo).strip() == ""
