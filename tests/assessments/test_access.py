"""The door of every page about an assessment."""

from django.http import HttpResponse
from django.test import RequestFactory

from assessments.access import assessment_view
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.errors import RuleBroken
from tests.pages import text_of


@assessment_view(Permission.READ_RATINGS)
def page(request, assessment, **kwargs) -> HttpResponse:
    raise RuleBroken("It was removed meanwhile.")


def test_a_rule_that_a_page_does_not_tell_leads_back_to_what_it_is_about(
    cast, open_assessment
):
    request = RequestFactory().get("/")
    request.user = cast.lena
    asked = {"organisation": "ashby", "assessment": open_assessment.slug}

    answer, about_one = page(request, **asked), page(request, **asked, ref="1.3.4")

    assert answer.status_code == about_one.status_code == 409
    assert "It was removed meanwhile. Back to the assessment" in text_of(answer)
    assert f'href="{open_assessment.url_of("1.3.4")}">Back to the element' in (
        about_one.content.decode()
    )
