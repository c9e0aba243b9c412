"""A council with the harbour's standard, and annexes for it."""

from collections.abc import Callable

import pytest

from assessments.importing.marks import Mark
from assessments.models import Certification
from assessments.ratings import Rating
from cse_tracker.accounts.models import ImportRun
from tests.assessments.importing.annexes import (
    Draft,
    draft_annex,
    harbour_file,
    simple_marks,
)
from tests.assessments.importing.runs import stage
from tests.factories import Cast, CertificationFactory, make_standard


@pytest.fixture
def certification(cast: Cast, settings, tmp_path) -> Certification:
    settings.MEDIA_ROOT = str(tmp_path)
    standard = make_standard(harbour_file())
    return CertificationFactory.create(organisation=cast.ashby, standard=standard)


@pytest.fixture
def three_years() -> Draft:
    """2016 full, then two reviews. 1.1.2 rises unsampled in 2017; 1.2.1 has two parts."""
    years = [2016, 2017, 2018]
    marks = simple_marks(years)
    for year in years[1:]:
        marks["1.1.2"][year] = Mark(rating=Rating.PLUS)
    marks["1.2.1"][2016] = Mark(rating=Rating.PARTIAL)
    parts = {2016: Mark(rating=Rating.PARTIAL), 2017: Mark(), 2018: Mark()}
    marks |= {"1.2.1.1": dict(parts), "1.2.1.2": dict(parts)}
    ordered = dict(sorted(marks.items(), key=lambda item: item[0]))
    return draft_annex(ordered, years)


@pytest.fixture
def staged_run(certification, cast: Cast, three_years: Draft) -> ImportRun:
    return stage(three_years, organisation=cast.ashby, by=cast.lena)


@pytest.fixture
def results_of(certification) -> Callable[[int], dict[str, tuple]]:
    """``results_of(2017)["1.1.1"]`` is rating, sampled, basis and the year carried from."""

    def read(year: int) -> dict[str, tuple]:
        rows = certification.assessments.get(year=year).results.values_list(
            "node__ref", "rating", "sampled", "basis", "carried_from__assessment__year"
        )
        return {ref: tuple(rest) for ref, *rest in rows}

    return read
