import pytest

from cse_tracker.core.release import release_version


@pytest.fixture
def sources(tmp_path, settings):
    """A release of two files."""
    settings.BASE_DIR = tmp_path
    for name in ("templates/base.html", "assessments/cells.py"):
        path = tmp_path / name
        path.parent.mkdir()
        path.write_text("one")
    release_version.cache_clear()
    yield tmp_path
    release_version.cache_clear()


def test_the_same_sources_are_the_same_release(sources):
    first = release_version()
    release_version.cache_clear()

    assert release_version() == first


@pytest.mark.parametrize("name", ["templates/base.html", "assessments/cells.py"])
def test_a_changed_source_is_another_release(sources, name):
    first = release_version()
    (sources / name).write_text("two")
    release_version.cache_clear()

    assert release_version() != first


def test_a_renamed_source_is_another_release(sources):
    first = release_version()
    (sources / "templates/base.html").rename(sources / "templates/other.html")
    release_version.cache_clear()

    assert release_version() != first
