"""A library to work on: Ashby's, and an empty file storage for every test."""

from datetime import date
from pathlib import Path

import pytest
import time_machine

from assessments.standard_tree import tree_for
from evidence.models import EvidenceItem
from evidence.services.details import ItemDetails, VersionDates
from evidence.services.items import add_document, add_link
from evidence.services.versions import checked_file
from tests.evidence.files import upload

DATES = VersionDates(as_at=date(2026, 2, 1))


@pytest.fixture(autouse=True)
def _third_of_march():
    """The day of all these tests, in the middle of it."""
    with time_machine.travel("2026-03-03 12:00:00+00:00", tick=False):
        yield


@pytest.fixture(autouse=True)
def storage(settings, tmp_path) -> Path:
    """Where files are stored in this test."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


@pytest.fixture
def stored_files(storage):
    """``stored_files()`` are the paths of all stored files, below the storage."""

    def paths() -> list[str]:
        return sorted(
            str(path.relative_to(storage))
            for path in storage.rglob("*")
            if path.is_file()
        )

    return paths


@pytest.fixture
def tree(cast, certification):
    return tree_for(cast.ashby, certification.standard)


@pytest.fixture
def node(tree):
    """Element 1.3.4."""
    return tree.by_ref["1.3.4"]


@pytest.fixture
def document(cast) -> EvidenceItem:
    """Evidence 1, a PDF that Lena added."""
    return add_document(
        organisation=cast.ashby,
        details=ItemDetails(title="Survey of 2025", owner=cast.lena.memberships.get()),
        upload=checked_file(upload("report.pdf")),
        dates=DATES,
        by=cast.lena,
    )


@pytest.fixture
def link_item(cast) -> EvidenceItem:
    """A link that Lena added."""
    return add_link(
        organisation=cast.ashby,
        details=ItemDetails(title="Our standards"),
        url="https://www.ashby.example/standards",
        dates=DATES,
        by=cast.lena,
    )
