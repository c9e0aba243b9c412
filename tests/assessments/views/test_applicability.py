"""The page that says whether an element applies."""

import pytest
from django.urls import reverse

from assessments.models import Result
from tests.factories import confirmed


@pytest.fixture
def as_lena(signed_in, cast):
    return signed_in(cast.lena)


@pytest.fixture
def result(open_assessment):
    open_assessment.results.filter(node__ref="3.4.2").update(rating="C")
    return open_assessment.results.get(node__ref="3.4.2")


@pytest.fixture
def url(open_assessment, result):
    slugs = [open_assessment.organisation.slug, open_assessment.slug]
    return reverse("assessments:applicability", args=[*slugs, "3.4.2"])


def words(page):
    return page.content.decode()


NO = {"applies": "no", "reason": "We share no premises.", "version": 1}


def test_an_element_is_said_not_to_apply(as_lena, url, result, open_assessment):
    assert "is cleared; the change log keeps it" in words(as_lena.get(url))

    page = as_lena.post(url, NO)

    result.refresh_from_db()
    assert (result.applicable, result.rating) == (False, "")
    assert page.url == open_assessment.url_of("3.4.2")


def test_the_reason_is_asked_for(as_lena, url, result):
    page = as_lena.post(url, NO | {"reason": ""})

    assert page.context["form"].errors["reason"] == ["Enter why it does not apply"]
    result.refresh_from_db()
    assert result.applicable


def test_it_applies_again(as_lena, url, result):
    as_lena.post(url, NO)
    assert as_lena.get(url).context["form"]["reason"].value() == NO["reason"]

    as_lena.post(url, {"applies": "yes", "reason": "", "version": 2})

    result.refresh_from_db()
    assert result.applicable


def test_a_rating_entered_meanwhile_is_shown_before_it_is_cleared(as_lena, url, result):
    Result.objects.filter(pk=result.pk).update(rating="CP", version=2)

    refused = as_lena.post(url, NO)
    assert "It now says: Compliance Plus." in words(refused)
    result.refresh_from_db()
    assert result.rating == "CP"

    version = refused.context["form"]["version"].value()
    as_lena.post(url, NO | {"version": version})
    result.refresh_from_db()
    assert not result.applicable


def test_a_confirmed_assessment_sends_the_form_back(
    as_lena, url, open_assessment, cast
):
    confirmed(open_assessment, by=cast.cass)

    assert "Ask an approver to unlock it." in words(as_lena.get(url, follow=True))


def test_only_who_rates_may_say_it(signed_in, cast, url):
    assert signed_in(cast.mo).post(url, NO).status_code == 403
    assert signed_in(cast.sam).post(url, NO).status_code == 404
