"""Each planted fault is named by its cell, and nothing else is."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.importing.problems import PlanProblem
from tests.actions.importing.planted import (
    FAULTS,
    HEADINGS,
    STATUS,
    Draft,
    drafts,
    long_title,
    read,
    ref_as_date,
    told,
)


@pytest.mark.slow
@given(drafts())
@settings(max_examples=40)
def test_a_plan_is_read_wherever_its_columns_stand_and_whatever_they_are_called(draft):
    reading = read(draft)

    assert told(reading) == []
    for number, row in enumerate(reading.rows, 1):
        assert (row.number, row.title) == (number, f"Ask {number} people")
        assert (row.owner, row.service, row.priority) == (
            "Jo Partner",
            "Harbour",
            "high",
        )
        assert (row.starts_on, row.due_on) == (date(2026, 1, 1), date(2026, 5, 31))
        assert row.status == dict(STATUS)[str(draft.rows[number - 1]["status"])]
        assert row.refs == (draft.rows[number - 1]["refs"],)
        assert [note.text for note in row.notes] == [f"Asked {number} so far."]
        assert (row.done_looks_like, row.kept) == ("Half of them answer", ())


@pytest.mark.slow
@given(drafts(), st.lists(st.sampled_from(FAULTS), unique=True, min_size=1, max_size=2))
@settings(max_examples=60)
def test_each_fault_is_named_by_its_cell_and_nothing_else_is(draft, faults):
    for row, fault in zip(draft.rows, faults, strict=False):
        fault(draft, row)

    assert told(read(draft)) == sorted(draft.expected)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_what_is_left_out_of_an_action_is_kept_beside_it(fault):
    draft = Draft(
        list(HEADINGS), {name: words[0] for name, words in HEADINGS.items()}, above=0
    )
    row: dict[str, object] = {"title": "Ask people", "owner": "Jo", "due": "2026-05-31"}
    draft.rows = [row, {"title": "Another", "owner": "Jo"}]
    fault(draft, row)

    reading = read(draft)

    explanation = PlanProblem(draft.expected[0][0]).explanation
    kept = [each.text for row in reading.rows for each in row.kept]
    assert bool(kept) == (
        "kept in a comment" in explanation
        or fault is ref_as_date
        or fault is long_title
    )
