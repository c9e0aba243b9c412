"""What bringing a plan in would do, given what the organisation has."""

from actions.importing.matching import Choices, Record, plan_of
from actions.importing.reading import read_plan_or_none
from cse_tracker.core.tables.sheets import Sheet
from tests.actions.importing.planted import TODAY, TREE


def test_evidence_that_is_not_there_is_told_once_with_the_number_of_its_rows():
    rows = (
        ("Action", "Owner", "Evidence"),
        ("Ask", "Jo", "Our charter"),
        ("Listen", "Jo", "our charter\nPhone script"),
        ("Answer", "Jo", "Annual survey"),
    )
    reading = read_plan_or_none([Sheet("Plan", rows, False)], TREE, today=TODAY)
    assert reading

    plan = plan_of(reading, Record(evidence={"annual survey": [1]}), Choices())

    assert [
        (problem.address.row, problem.message)
        for problem in plan.problems
        if problem.code == "unknown_evidence" and problem.address
    ] == [
        (2, "No item of evidence, or more than one, is called “Our charter” (2 rows)."),
        (3, "No item of evidence, or more than one, is called “Phone script”."),
    ]
