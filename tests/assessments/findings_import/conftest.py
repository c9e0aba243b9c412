"""A report of Ashby's, waiting to be checked."""

import pytest

from cse_tracker.accounts.models import ImportRun
from tests.assessments.findings_import.runs import stage


@pytest.fixture
def run(open_assessment, cast, settings, tmp_path) -> ImportRun:
    """The appendix with its planted faults, staged for the review of 2026."""
    settings.MEDIA_ROOT = str(tmp_path)
    return stage(open_assessment, by=cast.lena)
