import uuid
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from assessments.models import Assessment
from assessments.ratings import Basis
from assessments.services.assessments import confirm_assessment
from cse_tracker.accounts.models import ImportRun
from cse_tracker.accounts.services.events import EventDraft, record_events
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


@pytest.fixture
def brought_in(cast, changed_source):
    """``brought_in("1.1.1")`` says that its rating came from a file; the import's run."""

    def bring_in(ref):
        run = ImportRun.objects.create(
            organisation=cast.ashby,
            kind="annex",
            file="annex.csv",
            file_name="annex.csv",
            sha256="0" * 64,
            size_bytes=1,
            state=ImportRun.State.COMMITTED,
            batch=uuid.uuid4(),
            uploaded_by=cast.lena,
            committed_at=NOW,
            committed_by=cast.lena,
        )
        result = changed_source.results.get(node__ref=ref)
        record_events(
            [EventDraft(result, {}, changed_source.pk, result.node_id)],
            by=cast.lena,
            verb="brought in",
            organisation=cast.ashby,
            batch=run.batch,
        )
        return run

    return bring_in


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
    cass, changed_source, brought_in
):
    brought_in("1.1.1")
    page = cass.get(url(changed_source))

    cass.post(url(changed_source), form_of(page).sending())

    assert "This year came from a file" in text_of(page)
    assert state_of(changed_source) == Assessment.State.CONFIRMED


def test_a_file_excuses_no_rating_but_its_own(cass, cast, changed_source, brought_in):
    brought_in("1.1.3")

    page = cass.post(url(changed_source), form_of(cass.get(url(changed_source))).values)

    assert "Enter why the rating of 1.1.1 changed" in page.text
    assert state_of(changed_source) != Assessment.State.CONFIRMED


def test_an_import_that_was_undone_excuses_nothing(cast, changed_source, brought_in):
    run = brought_in("1.1.1")
    run.state, run.undone_at, run.undone_by = ImportRun.State.UNDONE, NOW, cast.lena
    run.save()

    with pytest.raises(RuleBroken, match=r"1\.1\.1: the rating changed"):
        confirm_assessment(
            assessment=changed_source,
            seen_version=changed_source.version,
            now=NOW,
            by=cast.cass,
        )
