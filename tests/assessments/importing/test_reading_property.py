"""Whatever an annex looks like: what it says is what is read, and every fault has its cell."""

import io

import pytest
from django.core.files import File
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.importing.annex import AnnexReading
from assessments.importing.problems import AnnexProblem
from assessments.importing.reading import read_annex_or_none
from cse_tracker.core.tables.reading import read_tables
from tests.assessments.importing.strategies import ELEMENTS, TREE, drafts, faulty_drafts

THIS_YEAR = 2026
some_files = settings(max_examples=60)


def read(sheets):
    reading = read_annex_or_none(sheets, TREE, this_year=THIS_YEAR)
    assert reading is not None
    return reading


def marks_of(reading: AnnexReading):
    return {
        line.ref: {mark.year: mark.mark for mark in line.marks}
        for line in reading.lines
    }


def places(reading: AnnexReading):
    return {
        (found.code, found.address.sheet, found.address.row, found.address.column)
        for found in reading.problems
        if found.address
    }


@some_files
@given(drafts())
def test_what_a_sound_annex_says_is_what_is_read_and_nothing_is_reported(draft):
    reading = read(draft.as_sheets())

    assert marks_of(reading) == draft.marks
    assert [year.year for year in reading.years] == draft.years
    assert reading.problems == ()


@some_files
@given(faulty_drafts())
def test_every_planted_fault_is_reported_at_its_cell_and_nothing_else(draft):
    reading = read(draft.as_sheets())

    assert places(reading) == draft.expected_places()
    assert marks_of(reading) == draft.marks
    missing = [
        found for found in reading.problems if found.code == AnnexProblem.MISSING
    ]
    named = missing[0].message.partition(": ")[2].rstrip(".") if missing else ""
    assert named == ", ".join(ref for ref in ELEMENTS if ref in draft.missing)


@some_files
@given(drafts())
def test_a_reading_comes_back_from_staging_as_it_was(draft):
    reading = read(draft.as_sheets())

    problems = [found.to_json() for found in reading.problems]
    assert AnnexReading.from_json(reading.to_json(), problems) == reading


@pytest.mark.slow
@settings(some_files, max_examples=15)
@given(drafts())
def test_a_workbook_reads_as_its_cells(draft):
    sheets = read_tables(File(io.BytesIO(draft.as_xlsx()), name="annex.xlsx"))

    assert marks_of(read(sheets)) == draft.marks
    assert read(sheets).problems == ()


@settings(some_files, max_examples=40)
@given(
    drafts(),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
)
def test_separated_text_reads_as_its_cells(draft, separator, encoding):
    data = draft.as_csv(separator=separator, encoding=encoding)
    sheets = read_tables(File(io.BytesIO(data), name="annex.csv"))

    if not draft.style.sheet_per_criterion:
        assert marks_of(read(sheets)) == draft.marks
        assert read(sheets).problems == ()
    else:
        # The heading rows of the other sheets are repeated in the middle.
        assert marks_of(read(sheets)) == draft.marks
