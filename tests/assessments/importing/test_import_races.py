"""Two clicks at the same moment: the import is done once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from assessments.models import Assessment
from assessments.ratings import Rating
from assessments.services.annex_undo import undo_import
from assessments.services.ratings import RatingEntry, rate_nodes
from cse_tracker.accounts.models import Event
from cse_tracker.accounts.services.imports import ImportInUse
from tests.assessments.importing.runs import NOW, bring_in
from tests.waiting import while_uncommitted

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def at_once(write, times=4):
    """What each of several simultaneous calls returns."""

    def call(_number):
        try:
            return write()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(call, range(times)))


def test_of_parallel_commits_one_writes_and_the_others_find_its_work(staged_run, cast):
    runs = at_once(lambda: bring_in(staged_run, by=cast.lena))

    assert len({run.batch for run in runs}) == 1
    assert Assessment.objects.count() == 3
    assert (
        Event.objects.filter(
            target_type="accounts.importrun", verb="brought in"
        ).count()
        == 1
    )


def test_of_parallel_undos_one_removes_and_the_others_find_it_done(staged_run, cast):
    run = bring_in(staged_run, by=cast.lena)

    at_once(lambda: undo_import(run=run, now=NOW, by=cast.lena))

    assert not Assessment.objects.exists()
    assert (
        Event.objects.filter(target_type="accounts.importrun", verb="undone").count()
        == 1
    )


def test_a_rating_that_is_being_entered_stands_in_the_way_of_undoing(staged_run, cast):
    run = bring_in(staged_run, by=cast.lena)
    review = Assessment.objects.get(year=2018)
    result = review.results.get(node__ref="1.1.2")
    entry = RatingEntry(result.pk, result.version, Rating.NON, sampled=True)

    with pytest.raises(ImportInUse):
        while_uncommitted(
            lambda: rate_nodes(assessment=review, entries=[entry], by=cast.mo),
            lambda: undo_import(run=run, now=NOW, by=cast.lena),
        )

    result.refresh_from_db()
    assert result.rating == Rating.NON
