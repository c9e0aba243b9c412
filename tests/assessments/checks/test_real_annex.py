"""What a person wrote down from a real annex is what the checks find in it, and nothing else."""

import pytest

from assessments.checks.catalogue import BY_NUMBER
from assessments.checks.running import run_checks
from tests.assessments.checks.records import real_annex, real_record, told

CYCLES = real_annex()["expected_with_a_cycle"]


def test_everything_listed_is_found_and_nothing_else():
    assert told(run_checks(real_record())) == real_annex()["expected"]


@pytest.mark.parametrize("expected", CYCLES, ids=lambda each: str(each["cycle"]))
def test_with_a_cycle_what_was_never_sampled_in_it_is_found_besides(expected):
    expected = dict(expected)
    cycle = tuple(expected.pop("cycle"))

    found = told(run_checks(real_record(cycle)))

    assert found == real_annex()["expected"] | expected


def test_each_number_in_the_list_stands_in_the_catalogue():
    data = real_annex()
    listed = {*data["expected"], *data["expected_in_the_file"], "CHK-401"}

    assert listed <= BY_NUMBER.keys()
