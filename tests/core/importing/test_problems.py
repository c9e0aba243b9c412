"""Problems: where they stand, in which order, and how they are kept."""

import json

from cse_tracker.core.importing.problems import (
    CellAddress,
    Problem,
    ProblemKind,
    Severity,
    grouped,
    problem,
)


def test_an_address_names_sheet_row_and_column():
    assert str(CellAddress("Annex", 7, 5)) == "sheet Annex, row 7, column E"
    assert str(CellAddress("Annex", 7)) == "sheet Annex, row 7"
    assert str(CellAddress("Annex")) == "sheet Annex"
    assert str(CellAddress("", 7, 5)) == "row 7, column E"


def test_a_problem_comes_back_from_json_as_it_was():
    for address in (CellAddress("Annex", 7, 5), CellAddress("Annex"), None):
        problem = Problem("odd", Severity.FLAG, "Odd.", address, "X?")

        assert Problem.from_json(json.loads(json.dumps(problem.to_json()))) == problem


def test_problems_are_grouped_the_gravest_first_and_stay_in_order():
    found = [
        Problem("note", Severity.NOTICE, "1"),
        Problem("late", Severity.ERROR, "2"),
        Problem("early", Severity.ERROR, "3"),
        Problem("late", Severity.ERROR, "4"),
    ]

    groups = grouped(found, codes=["note", "early", "late"])

    assert [group.code for group in groups] == ["early", "late", "note"]
    assert [problem.message for problem in groups[1].problems] == ["2", "4"]


class Kind(ProblemKind):
    ODD = "odd", Severity.FLAG, "Odd rows"
    LEFT_OUT = "left_out", Severity.NOTICE, "Rows that were left out", "They stay."


def test_a_problem_is_as_grave_as_its_kind():
    found = problem(Kind.LEFT_OUT, "Blank.", CellAddress("Plan", 3))

    assert found == Problem(
        "left_out", Severity.NOTICE, "Blank.", CellAddress("Plan", 3)
    )
    assert Kind(found.code).explanation == "They stay."
    assert [kind.quotes_the_cell for kind in Kind] == [False, True]
