"""What bringing a plan in would do, given what the organisation has."""

from dataclasses import replace
from datetime import date

from actions.importing.matching import Choices, KnownAction, Plan, Record, plan_of
from actions.importing.reading import read_plan_or_none
from actions.importing.rows import Kept
from actions.importing.words import FROM_ASSESSOR
from actions.plan_import_page import IN_A_COMMENT, LINKED_IF_TICKED, PreviewRow
from cse_tracker.core.tables.sheets import Sheet
from tests.actions.importing.planted import TODAY, TREE


def planned(rows, record: Record, choices: Choices) -> Plan:
    reading = read_plan_or_none([Sheet("Plan", rows, False)], TREE, today=TODAY)
    assert reading
    return plan_of(reading, record, choices)


def test_evidence_that_is_not_there_is_told_once_with_the_number_of_its_rows():
    rows = (
        ("Action", "Owner", "Evidence"),
        ("Ask", "Jo", "Our charter"),
        ("Listen", "Jo", "our charter\nPhone script"),
        ("Answer", "Jo", "Annual survey"),
    )

    plan = planned(rows, Record(evidence={"annual survey": [1]}), Choices())

    assert [
        (problem.address.row, problem.message)
        for problem in plan.problems
        if problem.code == "unknown_evidence" and problem.address
    ] == [
        (2, "No item of evidence, or more than one, is called “Our charter” (2 rows)."),
        (3, "No item of evidence, or more than one, is called “Phone script”."),
    ]


def test_where_each_element_of_an_action_goes_is_said():
    rows = (
        ("Action", "Owner", "Elements", "Withdrawn on"),
        ("Ask", "Jo", "1.1.1, 1.3.4, 2.1.6", None),
        ("Leave", "Jo", "1.1.1", "2026-01-01"),
    )
    record = Record(findings={"1.1.1": [1], "1.3.4": [2, 3]})

    asked, left = planned(rows, record, Choices(linked=["1.3.4"])).actions

    assert (asked.linked, asked.offered, asked.finding_ids) == (
        *(("1.3.4",), ("1.1.1",)),
        (2, 3),
    )
    assert PreviewRow(asked, "0", "Jo", "").elements == [
        ("1.3.4", ""),
        ("1.1.1", LINKED_IF_TICKED),
        ("2.1.6", IN_A_COMMENT),
    ]
    assert PreviewRow(left, "0", "Jo", "").elements == [("1.1.1", IN_A_COMMENT)]
    assert not any(
        "Elements" in each for each in PreviewRow(asked, "0", "", "").remarks
    )
    left_out = PreviewRow(replace(asked, number=0), "0", "Jo", "")
    assert left_out.elements == [("1.1.1, 1.3.4, 2.1.6", "")]


def test_an_action_that_answers_a_comment_says_so_where_the_comment_is_not_there():
    rows = (
        ("Action", "Elements", "Comes from"),
        ("Ask", "1.3.4", "An assessor's comment"),
        ("Listen", "1.1.1", "An assessor’s comment"),
        ("Answer", "1.1.1", "Customer feedback"),
    )
    record = Record(findings={"1.3.4": [2]})

    plan = planned(rows, record, Choices(linked=["1.3.4"]))

    ask, listen, answer = plan.actions
    assert [each.origin for each in plan.actions] == ["alone", "alone", "feedback"]
    assert Kept("Comes from", FROM_ASSESSOR) in listen.kept
    assert not [
        each for each in (*ask.kept, *answer.kept) if each.label == "Comes from"
    ]
    [told] = [each for each in plan.problems if each.code == "no_comment"]
    assert (told.message, str(told.address)) == (
        *("“An assessor's comment” (1 row)", "sheet Plan, row 3"),
    )


def test_numbers_in_a_row_that_move_alike_are_told_together():
    numbers = [1, 2, 3, 9, 20]
    rows = (("No", "Action"), *((each, f"Ask {each}") for each in numbers))
    known = [KnownAction(each, "Do", None) for each in (1, 2, 3, 9)]

    plan = planned(rows, Record(actions=known), Choices())

    [told] = [each.message for each in plan.problems if each.code == "new_number"]
    assert told == "1 to 3 become 21 to 23, 9 becomes 24."


def test_the_same_title_looks_known_whatever_else_differs():
    rows = (
        ("No", "Action", "Owner", "Due"),
        (9, "ASK people - at the counter.", "Mo", "2027-01-01"),
        (2, "Ask people at the counter", None, None),
        (None, "Ask people", None, "2026-05-01"),
        (None, "…", None, "2026-05-01"),
    )
    known = [
        KnownAction(1, "Ask people, at the counter", date(2026, 5, 1)),
        KnownAction(2, "Ask people at the counter", None),
        KnownAction(3, "?", None),
    ]

    plan = planned(rows, Record(actions=known), Choices())

    assert [each.known for each in plan.actions] == [1, 2, None, None]
