"""Files are whole or not there."""

import hashlib
from pathlib import Path

import pytest

from cse_tracker.core.atomic_files import read_unchanged, remove, write_whole


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def test_what_was_written_comes_back_with_its_hash_and_size():
    written = write_whole("folder/a.pdf", b"words")

    assert written.sha256 == hashlib.sha256(b"words").hexdigest()
    assert written.size_bytes == 5
    assert read_unchanged(written.name, written.sha256) == b"words"


def test_nobody_else_on_the_machine_can_read_it(media):
    write_whole("folder/a.pdf", b"words")

    assert (media / "folder/a.pdf").stat().st_mode & 0o077 == 0


def test_an_interrupted_write_leaves_nothing_under_the_name(media, monkeypatch):
    def power_cut(number: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", power_cut)
    with pytest.raises(KeyboardInterrupt):
        write_whole("a.pdf", b"words")

    assert not (media / "a.pdf").exists()


def test_removing_also_removes_what_an_interrupted_write_left(media):
    (media / "a.pdf.part").write_bytes(b"wor")

    remove("a.pdf")

    assert list(media.iterdir()) == []


def test_a_changed_or_missing_file_is_not_given_out(media):
    written = write_whole("a.pdf", b"words")
    (media / "a.pdf").write_bytes(b"other")

    assert read_unchanged(written.name, written.sha256) is None
    assert read_unchanged("b.pdf", written.sha256) is None
