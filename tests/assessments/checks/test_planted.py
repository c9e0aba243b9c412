"""Every planted fault is found at its element and year, under its number, and nothing else."""

import pytest
from hypothesis import given, settings

from assessments.checks.running import run_checks
from tests.assessments.checks.planted import FAULTS, REFS, faulty_drafts, sound_draft
from tests.assessments.checks.records import told


def test_nothing_is_found_in_a_sound_record():
    assert run_checks(sound_draft().as_record()) == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_is_found_at_its_element_and_year(fault):
    draft = sound_draft()
    fault(draft, REFS[4])

    assert told(run_checks(draft.as_record())) == draft.sorted_expected()


@pytest.mark.slow
@settings(max_examples=25)
@given(faulty_drafts())
def test_every_planted_fault_is_found_and_nothing_else(draft):
    assert told(run_checks(draft.as_record())) == draft.sorted_expected()
