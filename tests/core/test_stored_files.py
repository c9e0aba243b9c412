"""Files are stored under random names, and go when their transaction does."""

import hashlib
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from cse_tracker.core.stored_files import no_orphans, store_file

FOLDER = uuid4()


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def file() -> ContentFile:
    return ContentFile(b"content", name="../secret plan.pdf")


def test_a_file_is_kept_with_its_hash_under_a_name_that_tells_nothing():
    with no_orphans():
        stored = store_file(FOLDER, file())

    with default_storage.open(stored.name) as kept:
        assert kept.read() == b"content"
    assert stored.sha256 == hashlib.sha256(b"content").hexdigest()
    assert stored.size_bytes == 7
    assert stored.name.startswith(f"{FOLDER}/")
    assert "secret" not in stored.name
    assert "." not in stored.name


def test_two_files_of_one_name_stand_beside_each_other():
    with no_orphans():
        assert store_file(FOLDER, file()).name != store_file(FOLDER, file()).name


def test_a_failure_takes_the_files_of_its_block_and_no_others():
    with no_orphans():
        before = store_file(FOLDER, file())

    def fail():
        with no_orphans():
            fail.stored = store_file(FOLDER, file())
            raise KeyError

    with pytest.raises(KeyError):
        fail()

    assert default_storage.exists(before.name)
    assert not default_storage.exists(fail.stored.name)


def test_the_outer_block_answers_for_the_files_of_the_inner_one():
    def fail():
        with no_orphans():
            with no_orphans():
                fail.stored = store_file(FOLDER, file())
            raise KeyError

    with pytest.raises(KeyError):
        fail()

    assert not default_storage.exists(fail.stored.name)


def test_an_inner_failure_that_is_handled_spares_the_outer_files():
    def fail():
        with no_orphans():
            fail.stored = store_file(FOLDER, file())
            raise KeyError

    with no_orphans():
        outer = store_file(FOLDER, file())
        with pytest.raises(KeyError):
            fail()

    assert default_storage.exists(outer.name)
    assert not default_storage.exists(fail.stored.name)


def test_storing_without_a_safety_net_is_a_mistake():
    with pytest.raises(RuntimeError, match="no_orphans"):
        store_file(FOLDER, file())
