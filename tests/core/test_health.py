from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from cse_tracker.core import health
from cse_tracker.core.tasks import note_beat

NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)


def test_healthz_answers_without_asking_any_other_part(client):
    # No database mark: a query would fail this test.
    answer = client.get(reverse("healthz"))

    assert (answer.status_code, answer.content) == (200, b"ok")


def test_readyz_is_ready_when_every_part_works(client, db):
    answer = client.get(reverse("readyz"))

    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True,
        "parts": dict.fromkeys(["database", "cache", "broker", "storage"], "ok"),
        "schedule": "not seen",
    }
    assert answer["Cache-Control"].startswith("max-age=0")


@pytest.mark.parametrize("part", ["database", "cache", "broker", "storage"])
def test_readyz_names_the_failed_part_and_not_the_reason(client, db, monkeypatch, part):
    def fail():
        raise OperationalError("could not connect to secret-host")

    monkeypatch.setitem(health.CHECKS, part, fail)

    answer = client.get(reverse("readyz"))

    assert answer.status_code == 503
    failed = [name for name, word in answer.json()["parts"].items() if word == "failed"]
    assert failed == [part]
    assert b"secret" not in answer.content


def test_readyz_notices_a_storage_that_refuses_to_write(client, db, monkeypatch):
    def refuse(self, name, content):
        raise PermissionError(name)

    monkeypatch.setattr(FileSystemStorage, "_save", refuse)

    assert client.get(reverse("readyz")).json()["parts"]["storage"] == "failed"


def test_readyz_leaves_no_file_behind(client, db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    client.get(reverse("readyz"))

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("minutes", "word"), [(0, "running"), (5, "running"), (6, "late")]
)
def test_the_schedule_is_late_after_five_minutes_without_a_beat(minutes, word):
    health.note_beat(NOW - timedelta(minutes=minutes))

    assert health.schedule_state(NOW) == word


def test_a_late_schedule_does_not_take_the_web_server_out_of_service(client, db):
    health.note_beat(timezone.now() - timedelta(hours=1))

    answer = client.get(reverse("readyz"))

    assert (answer.status_code, answer.json()["schedule"]) == (200, "late")


def test_nothing_but_reading_is_allowed(client):
    assert client.post(reverse("readyz")).status_code == 405


@pytest.mark.worker
def test_the_beat_task_reaches_this_process_through_a_real_worker(worker, wait_until):
    note_beat.delay()

    wait_until(lambda: cache.get(health.LAST_BEAT_KEY) is not None)
