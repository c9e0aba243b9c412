from datetime import UTC, datetime

import pytest
from django.urls import reverse

from assessments.models import Assessment
from assessments.ratings import Basis
from assessments.services.assessments import confirm_assessment
from cse_tracker.accounts.models import Event
from cse_tracker.core.errors import RuleBroken
from tests.assessments.past import assess
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


@pytest.fixture
def cass(cast, signed_in):
    return signed_in(cast.cass)


@pytest.fixture
def changed_source(certification, cast):
    """A review whose carried 1.1.1 no longer is what its source says."""
    first = assess(certification, 2025, {"1.1.1": "C", "1.1.2": "C"}, by=cast.lena)
    now = assess(
        certification,
        2026,
        {"1.1.2": "CP"},
        by=cast.lena,
        sampled=["1.1.2"],
        is_confirmed=False,
    )
    first.results.filter(node__ref="1.1.1").update(rating="PC")
    return Assessment.objects.of(cast.ashby).get(pk=now.pk)


def url(assessment):
    return reverse(
        "assessments:confirm", args=[assessment.organisation.slug, assessment.slug]
    )


def state_of(assessment):
    return Assessment.objects.get(pk=assessment.pk).state


def test_every_change_is_listed_with_what_accounts_for_it(cass, changed_source):
    said = text_of(cass.get(url(changed_source)))

    assert "1.1.1 PC Partial compliance 2025 C Compliant Nothing yet" in said
    assert "1.1.2 C Compliant 2025 CP Compliance Plus Sampled" in said


def test_it_is_not_confirmed_while_a_change_is_not_accounted_for(
    cass, cast, changed_source
):
    form = form_of(cass.get(url(changed_source)))

    page = cass.post(url(changed_source), form.sending())

    assert "Enter why the rating of 1.1.1 changed" in page.text
    assert state_of(changed_source) != Assessment.State.CONFIRMED
    with pytest.raises(RuleBroken, match=r"1\.1\.1: the rating changed"):
        confirm_assessment(
            assessment=changed_source,
            seen_version=changed_source.version,
            now=NOW,
            by=cast.cass,
        )


def test_a_reason_accounts_for_it_and_stays_with_the_rating(cass, changed_source):
    result = changed_source.results.get(node__ref="1.1.1")
    form = form_of(cass.get(url(changed_source)))

    cass.post(
        url(changed_source), form.sending(**{f"reason-{result.pk}": "Put right in May"})
    )

    result.refresh_from_db()
    assert state_of(changed_source) == Assessment.State.CONFIRMED
    assert (result.reason, result.basis) == ("Put right in May", Basis.RECORDED)


def test_a_past_year_from_a_file_can_be_confirmed_with_changes_unexplained(
    cass, cast, changed_source
):
    Event.objects.create(
        organisation=cast.ashby,
        by=cast.lena,
        verb="brought in",
        target_type="assessments.assessment",
        target_id=changed_source.pk,
        assessment_id=changed_source.pk,
        changes={},
    )
    page = cass.get(url(changed_source))

    cass.post(url(changed_source), form_of(page).sending())

    assert "1.1.1" in text_of(page)
    assert state_of(changed_source) == Assessment.State.CONFIRMED
