from assessments.cycle import Cycle
from assessments.sampling import ElementStanding, PlannedVisit, propose_sample
from assessments.sampling_page import (
    OWN_CHOICE,
    lay_out_plan,
    outcome_of,
    planned_ids,
    proposed_ids,
)
from tests.assessments.tables import TREE
from tests.assessments.test_grid import stored

VISIT = PlannedVisit(2018, Cycle(2017, 2019), cycle_length=3)


def result_of(ref, **facts):
    node = TREE.by_ref[ref]
    return stored(100 + node.id, node.id, **facts)


def standing_of(ref, sampled_in=2017, **facts):
    seen = {"sampled_in": sampled_in, "examined_in": sampled_in}
    return ElementStanding(TREE.by_ref[ref].id, ref, **seen, **facts)


STANDINGS = [
    standing_of("1.1.1"),
    standing_of("1.1.2", 2014),
    standing_of("1.2.1"),
    standing_of("2.1.1", applicable=False),
    standing_of("2.1.2"),
]
RESULTS = [result_of(each.ref) for each in STANDINGS]
PLAN = propose_sample(STANDINGS, VISIT)


def test_the_proposal_is_ticked_and_numbered_over_all_criteria():
    chosen = proposed_ids(RESULTS, PLAN)

    sections = lay_out_plan(TREE, RESULTS, STANDINGS, PLAN, chosen)

    rows = {row.node.ref: row for section in sections for row in section.rows}
    assert {ref: row.place for ref, row in rows.items()} == {"1.1.2": 1, "2.1.2": 2}
    assert rows["2.1.2"].reasons == ("Sampled longest ago of those left, in 2017",)


def test_what_was_added_stands_with_the_proposal_and_what_was_taken_out_stays_there():
    added = result_of("1.2.1").id

    insight, _ = lay_out_plan(TREE, RESULTS, STANDINGS, PLAN, {added})

    assert [(row.node.ref, row.is_chosen) for row in insight.rows] == [
        ("1.1.2", False),
        ("1.2.1", True),
    ]
    assert insight.rows[1].reasons == (OWN_CHOICE,)
    assert [row.node.ref for row in insight.others] == ["1.1.1"]


def test_each_criterion_counts_what_is_chosen_of_what_applies():
    sections = lay_out_plan(TREE, RESULTS, STANDINGS, PLAN, {result_of("1.1.1").id})

    assert [
        (len(each.chosen), each.element_count, each.quota) for each in sections
    ] == [(1, 3, 1), (0, 1, 1)]


def test_after_the_visit_plan_and_sample_are_told_apart():
    results = [
        result_of("1.1.1", planned=True, sampled=True),
        result_of("1.1.2", planned=True),
        result_of("1.2.1", sampled=True),
        result_of("1.1.1.1", sampled=True),
    ]

    outcome = outcome_of(results, TREE)

    assert [node.ref for node in outcome.planned_only] == ["1.1.2"]
    assert [node.ref for node in outcome.sampled_only] == ["1.2.1"]
    assert outcome.both_count == 1
    assert planned_ids(results, TREE) == {results[0].id, results[1].id}


def test_before_the_visit_there_is_nothing_to_tell_apart():
    assert outcome_of([result_of("1.1.1", planned=True)], TREE) is None
    assert outcome_of([result_of("1.1.1", sampled=True)], TREE) is None
