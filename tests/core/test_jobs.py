"""Background work: claimed once, finished once, and found again when its worker died."""

import logging
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from cse_tracker.core.jobs import (
    LEASE,
    PUBLISH_AGAIN_AFTER,
    TRIES,
    BuildState,
    Claim,
    LeaseLost,
    claim,
    heartbeat,
    publish_after_commit,
    queue_again,
    sweep,
)
from reports.models import Paper
from tests.factories import AssessmentFactory, UserFactory

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
LATER = NOW + LEASE + timedelta(seconds=1)
WORDS = "It could not be built."


@pytest.fixture
def job(db) -> Paper:
    """A job that was just queued; papers are the jobs there are."""
    assessment = AssessmentFactory.create()
    return Paper.objects.create(
        organisation=assessment.organisation,
        assessment=assessment,
        kind=Paper.Kind.PROGRESSION_ANNEX,
        number=1,
        title="Annex",
        ordered_at=NOW,
        ordered_by=UserFactory.create(),
        queued_at=NOW,
        published_at=NOW,
    )


def take(job, *, now=NOW):
    return claim(Paper.objects.all(), job.pk, now=now)


def fresh(job) -> Paper:
    return Paper.objects.get(pk=job.pk)


def swept(now):
    return sweep(Paper.objects.all(), words=WORDS, now=now)


def test_only_one_of_two_workers_gets_a_job(job):
    assert take(job).attempt == 1
    assert take(job) is None


def test_a_worker_that_looked_before_another_one_took_it_gets_nothing(job, monkeypatch):
    rows = Paper.objects.all()
    found = rows.filter

    def filter_and_lose_the_race(*args, **kwargs):
        if "attempt" in kwargs:
            monkeypatch.undo()
            assert take(job)
        return found(*args, **kwargs)

    monkeypatch.setattr(rows, "filter", filter_and_lose_the_race)
    assert claim(rows, job.pk, now=NOW) is None
    assert fresh(job).attempt == 1


def test_a_job_whose_lease_ran_out_can_be_taken_over(job):
    first = take(job)

    second = take(job, now=LATER)

    assert second.attempt == 2
    with pytest.raises(LeaseLost):
        first.report(1, 3, "Reading", now=LATER)


def test_an_attempt_that_was_overtaken_cannot_finish(job):
    first = take(job)
    second = take(job, now=LATER)
    second.finish(now=LATER)

    with pytest.raises(LeaseLost):
        first.finish(now=LATER, title="From the dead")

    assert fresh(job).title == "Annex"


def test_each_step_renews_the_lease_and_is_told(job):
    held = take(job)

    held.report(2, 3, "Laying out", now=NOW + timedelta(seconds=12))

    seen = fresh(job)
    assert (seen.step, seen.step_number, seen.step_count) == ("Laying out", 2, 3)
    assert seen.lease_until == NOW + timedelta(seconds=12) + LEASE


def test_an_error_queues_the_job_again_until_the_last_try_fails_it(job):
    states = [take(job).put_back(WORDS, now=NOW) for _ in range(TRIES)]

    assert states == [BuildState.QUEUED, BuildState.QUEUED, BuildState.FAILED]
    assert fresh(job).error == WORDS
    assert take(job) is None


def test_a_failed_job_can_be_asked_for_again_with_fresh_tries(job):
    for _ in range(TRIES):
        take(job).put_back(WORDS, now=NOW)

    assert queue_again(Paper.objects.all(), job.pk, now=NOW)

    assert take(job).attempt == TRIES + 1
    assert fresh(job).error == ""


def test_a_job_that_is_being_built_cannot_be_asked_for_again(job):
    assert not queue_again(Paper.objects.all(), job.pk, now=NOW)
    take(job)
    assert not queue_again(Paper.objects.all(), job.pk, now=NOW)


def test_the_sweeper_leaves_alone_what_is_on_its_way(job):
    assert swept(NOW + timedelta(seconds=1)).lost == []
    take(job)
    assert swept(NOW + timedelta(seconds=1)).lost == []


def test_the_sweeper_finds_a_job_whose_message_was_lost_once_in_a_while(job):
    later = NOW + PUBLISH_AGAIN_AFTER + timedelta(seconds=1)

    assert swept(later).lost == [job.pk]
    assert swept(later + timedelta(seconds=1)).lost == []
    assert swept(later + PUBLISH_AGAIN_AFTER + timedelta(seconds=1)).lost == [job.pk]


def test_the_sweeper_queues_a_job_whose_worker_died(job):
    take(job)

    assert swept(LATER).lost == [job.pk]
    assert fresh(job).build_state == BuildState.QUEUED


def test_the_sweeper_fails_a_job_whose_worker_died_in_the_last_try(job):
    for try_number in range(TRIES):
        take(job, now=NOW + try_number * (LATER - NOW))

    found = swept(NOW + TRIES * (LATER - NOW))

    assert (found.lost, found.failed) == ([], [job.pk])
    assert (fresh(job).build_state, fresh(job).error) == (BuildState.FAILED, WORDS)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"build_state": "running"},
        {"build_state": "done"},
        {"build_state": "queued", "lease_until": NOW},
        {"build_state": "unheard of"},
    ],
)
def test_the_database_refuses_a_state_that_contradicts_itself(job, nonsense):
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=job.pk).update(**nonsense)


class Bell:
    """A task that remembers what it was rung for, or a broker that is dead."""

    def __init__(self, *, is_dead: bool = False) -> None:
        self.rung: list[int] = []
        self.is_dead = is_dead

    def apply_async(self, *, args, retry):
        assert not retry, "a person is waiting"
        if self.is_dead:
            raise ConnectionError("no broker")
        self.rung += args


def test_the_worker_is_rung_for_only_after_the_commit(
    db,
    django_capture_on_commit_callbacks,
):
    bell = Bell()
    with django_capture_on_commit_callbacks(execute=True):
        publish_after_commit(bell, 7)
        assert bell.rung == []

    assert bell.rung == [7]


def test_a_dead_broker_costs_the_person_nothing(
    db, django_capture_on_commit_callbacks, caplog
):
    with (
        caplog.at_level(logging.ERROR),
        django_capture_on_commit_callbacks(execute=True),
    ):
        publish_after_commit(Bell(is_dead=True), 7)

    assert "no broker" in caplog.text


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_the_heart_beats_while_the_work_is_busy(job):
    held = claim(Paper.objects.all(), job.pk, now=timezone.now())
    before = fresh(job).lease_until

    with heartbeat(held, every_seconds=0.05):
        time.sleep(0.3)

    assert fresh(job).lease_until > before


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_the_heart_stops_when_another_attempt_took_over(job):
    held = claim(Paper.objects.all(), job.pk, now=timezone.now() - 2 * LEASE)
    other = claim(Paper.objects.all(), job.pk, now=timezone.now())
    lease = fresh(job).lease_until

    with heartbeat(held, every_seconds=0.05):
        time.sleep(0.2)

    assert (fresh(job).attempt, fresh(job).lease_until) == (other.attempt, lease)


def test_a_heart_that_missed_a_beat_goes_on(job, monkeypatch, caplog):
    beats = []

    def fail_at_first(held, *, now):
        beats.append(now)
        if len(beats) == 1:
            raise OperationalError("the database is restarting")

    monkeypatch.setattr(Claim, "renew", fail_at_first)
    with heartbeat(take(job), every_seconds=0.02):
        time.sleep(0.2)

    assert len(beats) > 1
    assert "a heartbeat was missed" in caplog.text
