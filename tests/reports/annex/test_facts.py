"""The facts that are kept with a paper, and what differs from them later."""

import json

from hypothesis import given
from hypothesis import strategies as st

from reports.annex.differences import Difference, differences
from reports.annex.facts import snapshot
from tests.reports.annex.samples import FEW, sample_facts

CELLS = st.sampled_from(["C", "CP", "PC", "NC", "", "X", "X C", "X PC", "n/a"])


def kept(*args, **changes) -> dict:
    """As it comes back from the database."""
    return json.loads(json.dumps(snapshot(sample_facts(*args, **changes))))


@given(st.lists(CELLS, min_size=1, max_size=4))
def test_the_same_facts_always_differ_in_nothing(cells):
    assert kept({"1.1.1": cells}) == snapshot(sample_facts({"1.1.1": cells}))
    assert differences(kept({"1.1.1": cells}), kept({"1.1.1": cells})) == []


@given(st.lists(CELLS, min_size=1, max_size=4), st.lists(CELLS, min_size=1, max_size=4))
def test_different_records_always_differ_somewhere(before, after):
    printed, current = kept({"1.1.1": before}), kept({"1.1.1": after})

    assert bool(differences(printed, current)) == (printed["rows"] != current["rows"])


def test_a_changed_rating_is_told_with_its_place_and_both_values():
    changed = FEW | {"1.1.2": ["PC", "X C", "X C"]}

    assert differences(kept(), kept(changed)) == [
        Difference("1.1.2 in 2026", "PC, sampled", "C, sampled")
    ]


def test_a_changed_title_scope_or_state_is_told():
    told = differences(
        kept(),
        kept(titles={"1.1.1": "Reworded"}, scope="Libraries", is_confirmed=False),
    )

    assert [one.place for one in told] == [
        "Scope",
        "State of the assessment",
        "1.1.1, wording",
    ]


def test_a_changed_head_of_a_year_is_told():
    current = kept()
    current["years"][1]["visit_code"] = "RP9"

    assert [
        (one.place, one.printed, one.now) for one in differences(kept(), current)
    ] == [("Head of 2025", "Y1, a sample examined", "RP9, a sample examined")]


def test_a_year_brought_in_later_is_told():
    earlier = {ref: cells[:2] for ref, cells in FEW.items()}

    assert Difference(
        "1.1.1 in 2026", "not there", "CP, carried, from 2025"
    ) in differences(kept(earlier), kept())
