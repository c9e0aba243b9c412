"""The pages of the certificate, and what home and the assessment say of it."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.certificates import Change
from assessments.models import Assessment, Certificate, Certification
from assessments.ratings import Rating
from assessments.services.assessments import start_assessment
from assessments.services.certificates import ChangeDetails, record_change
from assessments.services.ratings import RatingEntry, rate_nodes
from tests.assessments.services.test_certificates import (
    TODAY,
    certificate,
)
from tests.factories import CertificationFactory, confirmed
from tests.pages import form_of, text_of

__all__ = ["certificate"]  # fixture
pytestmark = pytest.mark.django_db


def url(name="certificate", *args):
    return reverse(f"assessments:{name}", args=["ashby", *args])


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """It is noon on 22 November 2026."""
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: noon)


@pytest.fixture
def lena(signed_in, cast):
    return signed_in(cast.lena)


def typed(**changes):
    entered = {"body": "Larkmoor", "number": "L 18", "scope": "Everything"}
    for name, day in (("issued_on", (1, 3, 2026)), ("expires_on", (28, 2, 2029))):
        parts = zip(("day", "month", "year"), day, strict=True)
        entered |= {f"{name}_{part}": number for part, number in parts}
    return entered | changes


def test_the_page_says_until_when_the_certificate_holds(lena, certificate):
    page = text_of(lena.get(url()))

    assert "2 March 2027, in 100 days" in page
    assert "Valid" in page
    assert "L 17" in page


def test_the_governing_body_reads_it_and_changes_nothing(signed_in, cast, certificate):
    page = signed_in(cast.vik).get(url())

    assert "2 March 2027" in text_of(page)
    assert "Enter the new certificate" not in text_of(page)
    assert url("certificate_add") not in page.content.decode()


@pytest.mark.parametrize(
    ("visit", "told"),
    [
        (date(2026, 10, 6), "is due about October 2027"),
        (date(2026, 12, 6), "The next visit begins on 6 December 2026, in 14 days"),
        (None, "The next visit has no date yet"),
    ],
)
def test_who_sees_no_open_assessment_is_told_of_no_false_overdue_visit(
    signed_in, cast, certification, open_assessment, visit, told
):
    before = start_assessment(
        certification=certification, year=2025, kind="full", by=cast.lena
    )
    confirmed(before, by=cast.lena)
    Assessment.objects.filter(pk=before.pk).update(visit_starts_on=date(2025, 10, 6))
    Assessment.objects.filter(pk=open_assessment.pk).update(visit_starts_on=visit)
    vik = signed_in(cast.vik)

    for address in (url(), cast.ashby.get_absolute_url()):
        page = text_of(vik.get(address))
        assert told in page
        assert "Overdue" not in page
        assert "2026 review" not in page


def test_a_certificate_is_entered_and_its_renewal_proposed(lena, certification):
    lena.post(url("certificate_add"), typed())

    assert Certificate.objects.get().expires_on == date(2029, 2, 28)
    renewal = lena.get(url("certificate_add"))
    assert "Enter the new certificate" in text_of(renewal)
    assert 'value="Larkmoor"' in renewal.content.decode()
    assert 'value="L 18"' not in renewal.content.decode()


def test_an_end_before_the_issue_is_told_once_at_its_field(lena, certification):
    page = text_of(lena.post(url("certificate_add"), typed(expires_on_year=2025)))

    assert page.count("Expiry date must be after the date of issue") == 2
    assert "onstraint" not in page


def test_a_number_that_is_there_already_is_told(lena, certificate):
    page = lena.post(url("certificate_add"), typed(number="L 17"))

    assert "You have certificate L 17 of Larkmoor already." in text_of(page)


def test_the_second_of_two_who_correct_it_sees_both_values(lena, certificate):
    address = url("certificate_edit", certificate.pk)
    lena.post(address, typed(version=1, number="L 19"))

    page = lena.post(address, typed(version=1, number="L 20"))
    assert page.status_code == 409
    assert "There now L [new: 19] You typed L [new: 20]" in text_of(page)
    lena.post(address, form_of(page).sending(**{"keep-number": "mine"}))

    assert Certificate.objects.get().number == "L 20"


def test_a_suspension_is_recorded_shown_and_taken_back(lena, certificate):
    day = {"happened_on_day": 1, "happened_on_month": 6, "happened_on_year": 2026}
    sent = {"change": "suspended", "reason": "No visit took place."} | day
    address = url("certificate_record", certificate.pk)

    form = form_of(lena.get(address))
    page = text_of(lena.post(address, form.sending(**sent), follow=True))
    assert "Suspended" in page
    assert "No visit took place." in page

    entry = certificate.history.get(change="suspended")
    take_back = url("certificate_take_back", certificate.pk, entry.pk)
    lena.post(take_back, form_of(lena.get(url()), action=take_back).sending())
    assert certificate.history.count() == 1


def test_who_records_what_happened_is_told_first_what_another_changed(
    lena, certificate
):
    address = url("certificate_record", certificate.pk)
    day = {"happened_on_day": 1, "happened_on_month": 6, "happened_on_year": 2026}
    sent = {"change": "suspended", "reason": "No visit took place."} | day
    opened = form_of(lena.get(address))
    lena.post(url("certificate_edit", certificate.pk), typed(version=1, number="L 19"))

    refused = lena.post(address, opened.sending(**sent))
    assert "Someone changed this after you opened it." in text_of(refused)
    assert certificate.history.count() == 1
    lena.post(address, form_of(refused).sending())
    assert certificate.history.count() == 2


def test_what_another_corrected_meanwhile_is_not_removed(lena, certificate):
    address = url("certificate_remove", certificate.pk)
    opened = form_of(lena.get(address))
    lena.post(url("certificate_edit", certificate.pk), typed(version=1, number="L 19"))

    page = lena.post(address, opened.sending(), follow=True)

    assert "Someone changed this after you opened it." in text_of(page)
    assert Certificate.objects.get().number == "L 19"


def test_a_suspension_without_a_reason_or_in_the_future_is_refused(lena, certificate):
    day = {"happened_on_day": 1, "happened_on_month": 6, "happened_on_year": 2027}

    page = lena.post(
        url("certificate_record", certificate.pk), {"change": "suspended"} | day
    )

    assert "Enter the reason that the certification body gave" in text_of(page)
    assert "Date must be today or in the past" in text_of(page)


def test_nothing_is_recorded_after_withdrawal(lena, certificate, cast):
    record_change(
        certificate=certificate,
        seen_version=certificate.version,
        details=ChangeDetails(Change.WITHDRAWN, TODAY, "The organisation closed."),
        today=TODAY,
        by=cast.lena,
    )

    page = text_of(lena.get(url("certificate_record", certificate.pk), follow=True))

    assert "This certificate was withdrawn; nothing follows that." in page
    assert "Record what happened to it" not in page


def test_it_is_removed_after_asking_once(lena, certificate):
    assert "Remove certificate L 17?" in text_of(
        lena.get(url("certificate_remove", certificate.pk))
    )

    page = lena.post(
        url("certificate_remove", certificate.pk), {"version": 1}, follow=True
    )

    assert "Certificate L 17 is removed." in text_of(page)
    assert not Certificate.objects.exists()


def test_home_says_when_the_certificate_runs_out_and_what_could_slip(
    lena, cast, certificate, open_assessment
):
    rate_all(open_assessment, cast.lena)

    page = text_of(lena.get("/o/ashby/"))

    assert "The certificate runs out on 2 March 2027, in 100 days" in page
    assert "11 more elements could slip before fewer than 80%" in page
    assert "the certification body decides" in page


def test_the_assessment_names_the_criteria_where_a_limit_is_set(
    lena, cast, open_assessment
):
    rate_all(open_assessment, cast.lena)
    Certification.objects.update(criterion_limit=0)

    page = text_of(lena.get(open_assessment.get_absolute_url()))

    assert "11 more elements could slip" in page
    assert "No more elements of criterion 3 could slip before your limit of 0." in page


def test_thresholds_are_set_with_the_scope(lena, certification):
    sent = {
        "version": certification.version,
        "scope": "Whole organisation",
        "cycle": "reviews",
        "cycle_years": 3,
        "threshold_percent": 75,
        "criterion_limit": 2,
    }

    lena.post(url("certification"), sent)

    certification.refresh_from_db()
    assert (certification.threshold_percent, certification.criterion_limit) == (75, 2)


def test_each_certified_scope_has_its_certificate_and_visits(
    lena, cast, certificate, open_assessment
):
    other = Certification.objects.create(
        organisation=cast.ashby,
        standard=certificate.certification.standard,
        scope="Leisure centres",
    )
    add_url = f"{url('certificate_add')}?of={other.pk}"
    assert add_url in lena.get(url()).content.decode()
    lena.post(add_url, typed(scope="Leisure centres"))

    for address in (url(), cast.ashby.get_absolute_url()):
        first, second = text_of(lena.get(address)).split("Leisure centres", 1)
        assert "runs out on 2 March 2027" in first
        assert "The 2026 review has no date yet" in first
        assert "runs out on 28 February 2029" in second
        assert "The 2026 review has no date yet" not in second


def test_another_organisations_scope_is_not_found(lena, cast, certification):
    foreign = CertificationFactory(
        organisation=cast.elsewhere, standard=certification.standard
    )

    page = lena.get(f"{url('certificate_add')}?of={foreign.pk}")

    assert page.status_code == 404


def test_what_is_no_key_means_the_first_scope(lena, certification):
    page = lena.get(f"{url('certificate_add')}?of={'1' * 5000}")

    assert page.status_code == 200


def test_the_page_costs_the_same_for_many_certificates(
    lena, certificate, certification, queries_for
):
    few = queries_for(lena, url())
    for year in range(2010, 2020):
        lena.post(
            url("certificate_add"),
            typed(number=str(year), issued_on_year=year, expires_on_year=year + 3),
        )

    assert queries_for(lena, url()) == few


def rate_all(assessment, by):
    entries = [
        RatingEntry(result.pk, result.version, Rating.COMPLIANT, sampled=True)
        for result in assessment.results.all()
    ]
    rate_nodes(assessment=assessment, entries=entries, by=by)
