from cse_tracker.core.importing.problems import (
    CellAddress,
    Problem,
    ProblemKind,
    Severity,
)
from cse_tracker.core.importing.sections import problem_sections, severity_counts


class Kind(ProblemKind):
    LATE = "late", Severity.ERROR, "Late rows"
    LOST = "lost", Severity.ERROR, "Lost rows"
    ODD = "odd", Severity.NOTICE, "Odd rows"


PROBLEMS = [
    Problem("odd", Severity.NOTICE, "Odd"),
    Problem("lost", Severity.ERROR, "Lost", CellAddress("Plan", 3)),
    Problem("late", Severity.ERROR, "Late"),
    Problem("lost", Severity.ERROR, "Lost too"),
]


def test_problems_stand_under_their_kind_the_gravest_first():
    sections = problem_sections(PROBLEMS, Kind)

    assert [
        (section.kind, len(section.group.problems), section.tag) for section in sections
    ] == [
        (Kind.LATE, 1, "Wrong in the file"),
        (Kind.LOST, 2, "Wrong in the file"),
        (Kind.ODD, 1, "For information"),
    ]
    assert [section.has_places for section in sections] == [False, True, False]


def test_problems_are_counted_in_words():
    assert severity_counts(PROBLEMS) == [(3, "mistakes in the file"), (1, "note")]
    assert severity_counts([]) == []
