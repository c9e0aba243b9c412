"""Undoing an import: everything goes back, unless somebody built on it."""

import pytest

from assessments.models import Assessment, Finding, FindingSet, Result, StandardNode
from assessments.ratings import Rating
from assessments.services.annex_undo import undo_import
from assessments.services.assessments import start_assessment
from assessments.services.ratings import RatingEntry, rate_nodes
from cse_tracker.accounts.models import Event, ImportRun
from cse_tracker.accounts.services.imports import ImportInUse
from cse_tracker.core.errors import RuleBroken
from tests.assessments.importing.runs import NOW, bring_in
from tests.factories import FindingFactory

pytestmark = pytest.mark.django_db


def undo(run, cast):
    return undo_import(run=run, now=NOW, by=cast.lena)


def obstacles_of(run, cast):
    with pytest.raises(ImportInUse) as refusal:
        undo(run, cast)
    return refusal.value.obstacles


@pytest.fixture
def brought_in(staged_run, cast):
    return bring_in(staged_run, by=cast.lena)


def rate(assessment, ref, rating, by):
    result = assessment.results.get(node__ref=ref)
    entry = RatingEntry(result.pk, result.version, rating, sampled=True)
    rate_nodes(assessment=assessment, entries=[entry], by=by)


def test_everything_that_was_made_is_gone(brought_in, cast):
    run = undo(brought_in, cast)

    assert (run.state, run.undone_by) == (ImportRun.State.UNDONE, cast.lena)
    assert not Assessment.objects.exists()
    assert not Result.objects.exists()
    assert not FindingSet.objects.exists()
    assert not StandardNode.objects.exclude(organisation=None).exists()


def test_changed_results_and_states_get_their_old_values_under_a_new_version(
    certification, staged_run, cast
):
    review = start_assessment(
        certification=certification, year=2017, kind="review", by=cast.lena
    )
    rate(review, "1.1.1", Rating.PARTIAL, cast.lena)
    run = bring_in(staged_run, by=cast.cass, confirm=True)

    undo(run, cast)

    review.refresh_from_db()
    result = review.results.get(node__ref="1.1.1")
    assert (result.rating, result.sampled, result.version) == ("PC", True, 4)
    assert (review.state, review.confirmed_at) == ("in_progress", None)
    assert Assessment.objects.count() == 1


def test_a_rating_whose_source_is_gone_stands_in_the_way(
    certification, staged_run, cast
):
    review = start_assessment(
        certification=certification, year=2017, kind="review", by=cast.lena
    )
    rate(review, "1.1.1", Rating.PARTIAL, cast.lena)
    run = bring_in(staged_run, by=cast.lena)
    [changed, *_] = run.staged["written"]["changed"]
    changed["before"] |= {
        "basis": "carried",
        "sampled": False,
        "carried_from_id": changed["id"] + 10_000,
    }
    run.save()

    [sentence] = obstacles_of(run, cast)

    assert sentence.endswith("was carried from an earlier one that was removed.")


def test_a_rating_that_was_carried_is_carried_again(certification, staged_run, cast):
    earlier, review = (
        start_assessment(
            certification=certification, year=year, kind="review", by=cast.lena
        )
        for year in (2015, 2017)
    )
    rate(earlier, "1.1.1", Rating.PLUS, cast.lena)
    source = earlier.results.get(node__ref="1.1.1")
    review.results.filter(node__ref="1.1.1").update(
        rating="CP", basis="carried", carried_from=source
    )
    run = bring_in(staged_run, by=cast.lena)
    assert review.results.get(node__ref="1.1.1").carried_from != source

    undo(run, cast)

    assert review.results.get(node__ref="1.1.1").carried_from == source


def test_undo_stands_in_the_change_log(brought_in, cast):
    undo(brought_in, cast)

    undone = Event.objects.filter(batch=brought_in.batch, verb="undone")
    assert undone.filter(target_type="assessments.result").exists()
    assert undone.filter(target_type="assessments.assessment").count() == 3


def test_a_state_that_undo_takes_back_stands_in_the_change_log(
    certification, staged_run, cast
):
    review = start_assessment(
        certification=certification, year=2017, kind="review", by=cast.lena
    )
    run = bring_in(staged_run, by=cast.cass, confirm=True)

    undo(run, cast)

    event = Event.objects.about(review).filter(verb="undone").get()
    assert event.changes == {"state": ["confirmed", "planned"]}
    assert (event.batch, event.assessment_id) == (run.batch, review.pk)


def test_undoing_twice_changes_nothing(brought_in, cast):
    undo(brought_in, cast)
    events = Event.objects.count()

    assert undo(brought_in, cast).state == ImportRun.State.UNDONE
    assert Event.objects.count() == events


def test_an_import_that_is_only_staged_has_nothing_to_undo(staged_run, cast):
    with pytest.raises(RuleBroken, match="nothing to undo"):
        undo(staged_run, cast)


def test_a_rating_changed_since_stands_in_the_way_and_nothing_is_undone(
    brought_in, cast
):
    rate(Assessment.objects.get(year=2018), "1.1.2", Rating.NON, cast.mo)

    assert "The rating of 1.1.2 in 2018 review was changed." in obstacles_of(
        brought_in, cast
    )
    assert Assessment.objects.count() == 3


def test_an_assessment_carried_from_the_import_stands_in_the_way(
    brought_in, certification, cast
):
    later = start_assessment(
        certification=certification,
        year=2019,
        kind="review",
        carry_forward=True,
        by=cast.lena,
    )

    carried = later.results.exclude(carried_from=None).count()
    assert (
        f"{carried} ratings of the 2019 review were added and rest on this import."
        in obstacles_of(brought_in, cast)
    )


def test_a_comment_in_an_imported_year_stands_in_the_way(brought_in, cast):
    finding = FindingFactory.create(assessment=Assessment.objects.get(year=2018))

    assert obstacles_of(brought_in, cast) == [
        f"Finding {finding} was added and rests on this import."
    ]
    assert Finding.objects.exists()


def test_a_sub_element_worded_anew_stands_in_the_way(brought_in, cast):
    StandardNode.objects.filter(ref="1.2.1.1").update(statement="Other words")

    assert [words for words in obstacles_of(brought_in, cast) if "worded anew" in words]
