"""Bringing a staged annex in: whole or not at all, once, and with a trace."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.importing.plan import YearChoice
from assessments.models import Assessment, Result, StandardNode
from assessments.ratings import Rating
from assessments.services.annex_staging import stage_annex
from assessments.services.assessments import confirm_assessment, start_assessment
from assessments.services.ratings import RatingEntry, rate_nodes
from cse_tracker.accounts.models import Event, ImportRun
from cse_tracker.core.errors import RuleBroken
from tests.assessments.importing.annexes import draft_annex, simple_marks
from tests.assessments.importing.runs import NOW, bring_in, left_out, look_at, stage
from tests.factories import (
    CertificationFactory,
    OrganisationFactory,
    make_standard,
    standard_file_with,
)

pytestmark = pytest.mark.django_db


def annex_of(text):
    """A small annex as separated text."""
    return SimpleUploadedFile("annex.csv", text.encode())


def rate(assessment, ref, rating, by, **fields):
    """Enter one rating through the service."""
    result = assessment.results.get(node__ref=ref)
    entry = RatingEntry(
        result.pk, result.version, rating, **({"sampled": True} | fields)
    )
    rate_nodes(assessment=assessment, entries=[entry], by=by)


@pytest.fixture
def review_of_2017(certification, cast):
    assessment = start_assessment(
        certification=certification, year=2017, kind="review", by=cast.lena
    )
    rate(assessment, "1.1.1", Rating.PARTIAL, cast.lena)
    return assessment


def test_each_year_becomes_an_assessment_with_a_result_for_every_element(
    staged_run, cast, certification
):
    bring_in(staged_run, by=cast.lena)

    found = certification.assessments.in_order()
    assert [(a.year, a.kind, a.state) for a in found] == [
        (2016, "full", "in_progress"),
        (2017, "review", "in_progress"),
        (2018, "review", "in_progress"),
    ]
    assert [a.results.count() for a in found] == [20, 18, 18]


def test_bases_follow_from_the_marks_and_the_years_before(staged_run, cast, results_of):
    bring_in(staged_run, by=cast.lena)

    assert results_of(2016)["1.1.1"] == ("C", False, "assessed", None)
    assert results_of(2017)["1.1.1"] == ("C", True, "assessed", None)
    assert results_of(2017)["1.1.3"] == ("C", False, "carried", 2016)
    assert results_of(2018)["1.1.3"] == ("C", False, "carried", 2017)
    assert results_of(2017)["1.1.2"] == ("CP", False, "recorded", None)
    assert results_of(2018)["1.1.2"] == ("CP", False, "carried", 2017)


def test_sub_elements_are_added_and_exist_only_in_years_with_a_rating(
    staged_run, cast, results_of
):
    bring_in(staged_run, by=cast.lena)

    added = StandardNode.objects.filter(organisation=cast.ashby).order_by("ref")
    assert [node.ref for node in added] == ["1.2.1.1", "1.2.1.2"]
    assert added[0].parent.ref == "1.2.1"
    assert "1.2.1.1" in results_of(2016)
    assert "1.2.1.1" not in results_of(2017)


def test_a_year_that_was_left_out_is_not_written_and_nothing_is_carried_from_it(
    staged_run, cast, certification, results_of
):
    bring_in(staged_run, by=cast.lena, choices=left_out(look_at(staged_run), 2017))

    assert not certification.assessments.filter(year=2017).exists()
    assert results_of(2018)["1.1.3"] == ("C", False, "carried", 2016)


def test_a_review_that_the_person_calls_full_assessed_everything(
    staged_run, cast, results_of
):
    full = dict(look_at(staged_run).choices) | {2017: YearChoice(True, "full")}

    bring_in(staged_run, by=cast.lena, choices=full)

    assert {basis for _, _, basis, _ in results_of(2017).values()} == {"assessed"}


def test_confirmed_on_import_says_who_and_when(staged_run, cast, certification):
    bring_in(staged_run, by=cast.cass, confirm=True)

    for assessment in certification.assessments.all():
        assert assessment.state == Assessment.State.CONFIRMED
        assert (assessment.confirmed_by, assessment.confirmed_at) == (cast.cass, NOW)


def test_every_row_leaves_an_event_in_one_batch(staged_run, cast):
    run = bring_in(staged_run, by=cast.lena)

    events = Event.objects.filter(batch=run.batch)
    rated = events.filter(target_type="assessments.result")
    assert rated.count() == Result.objects.exclude(rating="").count()
    assert events.filter(target_type="assessments.assessment").count() == 3
    assert events.filter(target_type="assessments.standardnode").count() == 2
    assert set(events.values_list("by", flat=True)) == {cast.lena.pk}


def test_a_second_click_changes_nothing(staged_run, cast):
    first = bring_in(staged_run, by=cast.lena)

    second = bring_in(staged_run, by=cast.lena)

    assert second.batch == first.batch
    assert Assessment.objects.count() == 3


def test_an_open_assessment_of_the_year_is_updated_and_keeps_its_kind(
    review_of_2017, staged_run, cast, results_of
):
    planned = look_at(staged_run).plan.years[1]
    assert next((r.ref, r.before.rating, r.rating) for r in planned.changed) == (
        "1.1.1",
        Rating.PARTIAL,
        Rating.COMPLIANT,
    )

    bring_in(staged_run, by=cast.lena)

    review_of_2017.refresh_from_db()
    assert Assessment.objects.filter(year=2017).count() == 1
    assert results_of(2017)["1.1.1"] == ("C", True, "assessed", None)


def test_a_blank_cell_never_wipes_out_a_rating(review_of_2017, cast, results_of):
    file = annex_of("Ref,2016,2017\n1.1.1,C,\n1.1.2,C,X C\n1.1.3,C,X\n")
    run = stage_annex(organisation=cast.ashby, file=file, now=NOW, by=cast.lena)

    bring_in(run, by=cast.lena)

    assert results_of(2017)["1.1.1"][0] == "PC"
    assert results_of(2017)["1.1.3"] == ("", True, "assessed", None)


def test_a_confirmed_year_is_not_proposed_and_refused_when_asked_for(
    review_of_2017, staged_run, cast
):
    confirm_assessment(
        assessment=review_of_2017,
        seen_version=Assessment.objects.get().version,
        now=NOW,
        by=cast.cass,
    )
    staged = look_at(staged_run)
    assert not staged.choices[2017].include

    insisting = dict(staged.choices) | {2017: YearChoice(True, "review")}
    with pytest.raises(RuleBroken, match="2017 is confirmed"):
        bring_in(staged_run, by=cast.lena, choices=insisting)
    assert Assessment.objects.count() == 1


def test_a_rating_changed_since_the_preview_stops_the_import(
    review_of_2017, staged_run, cast
):
    seen = look_at(staged_run).fingerprint
    rate(review_of_2017, "1.1.2", Rating.NON, cast.mo)

    with pytest.raises(RuleBroken, match="Someone changed ratings"):
        bring_in(staged_run, by=cast.lena, seen=seen)

    staged_run.refresh_from_db()
    assert staged_run.state == ImportRun.State.STAGED
    assert Assessment.objects.count() == 1


def test_no_year_at_all_is_refused(staged_run, cast):
    staged = look_at(staged_run)
    none = {
        year: YearChoice(False, choice.kind) for year, choice in staged.choices.items()
    }

    with pytest.raises(RuleBroken, match="at least one year"):
        bring_in(staged_run, by=cast.lena, choices=none)


def test_a_second_file_goes_on_from_the_record(staged_run, cast, results_of):
    bring_in(staged_run, by=cast.lena)
    later = draft_annex(simple_marks([2019, 2020]), [2019, 2020])

    # 2019 has no X, so it would be proposed as a full assessment.
    run = stage(later, organisation=cast.ashby, by=cast.lena)
    as_review = dict(look_at(run).choices) | {2019: YearChoice(True, "review")}
    bring_in(run, by=cast.lena, choices=as_review)

    assert results_of(2019)["1.1.3"] == ("C", False, "carried", 2018)
    assert results_of(2019)["1.1.2"] == ("C", False, "recorded", None)


def test_the_cost_does_not_grow_with_the_rows(cast, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)

    assert _queries(cast, 3) == _queries(cast, 30)


def _queries(cast, elements: int) -> int:
    """Of one commit. One year, so that SQLite's limit on parameters splits no statement."""
    organisation = OrganisationFactory.create()
    standard = make_standard(standard_file_with(elements=elements))
    CertificationFactory.create(organisation=organisation, standard=standard)
    refs = standard.nodes.filter(kind="element").values_list("ref", flat=True)
    file = annex_of("\n".join(["Ref,2017", *(f"{ref},CP" for ref in refs)]))
    run = stage_annex(organisation=organisation, file=file, now=NOW, by=cast.lena)
    with CaptureQueriesContext(connection) as queries:
        bring_in(run, by=cast.lena)
    assert Result.objects.filter(organisation=organisation).count() == elements
    return len(queries)
