"""What a person wrote down from a real annex is what the checks find in it, and nothing else."""

import io
import re

import pytest
from django.core.files import File

from assessments.checks.catalogue import BY_NUMBER
from assessments.checks.running import run_checks
from assessments.importing.plan import plan_import, proposed_choice
from assessments.importing.problems import AnnexProblem
from assessments.importing.reading import read_annex_or_none
from assessments.tree import Kind
from cse_tracker.core.tables.reading import read_tables
from tests.assessments.checks.records import (
    real_annex,
    real_annex_csv,
    real_record,
    real_tree,
    rules,
    told,
)

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


def preview(cycle=None):
    """What bringing the real annex in shows beforehand."""
    reading = read_annex_or_none(
        read_tables(File(io.BytesIO(real_annex_csv()), name="annex.csv")),
        real_tree().only(lambda node: node.kind is not Kind.SUB_ELEMENT),
        this_year=2026,
    )
    choices = {
        year.year: proposed_choice(year, None, this_year=2026) for year in reading.years
    }
    plan = plan_import(
        reading, real_tree(), choices=choices, existing={}, cycle=rules(cycle)
    )
    # The sub-elements' words are ours, and the file's are other ones.
    found = [*reading.problems, *plan.problems]
    return reading, [each for each in found if each.code != AnnexProblem.OTHER_WORDS]


def at_elements(cycle=None):
    """Check number to year to refs, told from the cells."""
    reading, problems = preview(cycle)
    refs = {line.row: line.ref for line in reading.lines}
    years = {mark.column: mark.year for mark in reading.lines[0].marks}
    found = {}
    for each in sorted(problems, key=lambda each: each.address.order):
        if each.address.row in refs:
            number = AnnexProblem(each.code).check_number
            at_number = found.setdefault(number, {})
            year = years[each.address.column]
            at_number.setdefault(year, []).append(refs[each.address.row])
    return found


@pytest.mark.parametrize("expected", [{}, *CYCLES], ids=str)
def test_the_preview_finds_the_same_under_the_same_numbers(expected):
    expected = dict(expected)
    cycle = expected.pop("cycle", None)
    # An annex has no findings, so nothing is missed before it is brought in.
    listed = {
        number: years
        for number, years in real_annex()["expected"].items()
        if number != "CHK-301"
    }

    assert at_elements(cycle and tuple(cycle)) == listed | expected


def test_the_preview_finds_what_is_wrong_in_the_file_itself():
    reading, problems = preview()
    rows = {line.row for line in reading.lines}
    found = {}
    for each in problems:
        if each.address.row not in rows:
            about = re.match(
                r"(?P<ref>[\d.]+) is |(?P<year>\d+): .* in (?P<where>.*), its own",
                each.message,
            )
            label = about["ref"] or f"{about['where']} in {about['year']}"
            found.setdefault(AnnexProblem(each.code).check_number, set()).add(label)

    listed = real_annex()["expected_in_the_file"]
    assert found == {number: set(labels) for number, labels in listed.items()}
