"""The problems of an import as its page shows them: by kind, each under its heading. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cse_tracker.core.importing.problems import (
    Problem,
    ProblemGroup,
    ProblemKind,
    Severity,
    grouped,
)

SEVERITY_TAGS = {
    Severity.ERROR: ("Wrong in the file", "red"),
    Severity.FLAG: ("Look at it", "yellow"),
    Severity.NOTICE: ("For information", "grey"),
}
SEVERITY_WORDS = {
    Severity.ERROR: ("mistake in the file", "mistakes in the file"),
    Severity.FLAG: ("thing to look at", "things to look at"),
    Severity.NOTICE: ("note", "notes"),
}


@dataclass(frozen=True)
class ProblemSection:
    """All problems of one kind with their heading."""

    kind: ProblemKind
    group: ProblemGroup
    tag: str
    colour: str
    # Some of them stand in a cell, a row or a sheet.
    has_places: bool


def problem_sections(
    problems: Iterable[Problem], kinds: type[ProblemKind]
) -> list[ProblemSection]:
    """Problems by kind, the gravest first, then in the order of ``kinds``, which has all."""
    by_code = {kind.value: kind for kind in kinds}
    return [
        ProblemSection(
            by_code[group.code],
            group,
            *SEVERITY_TAGS[group.severity],
            has_places=any(found.address for found in group.problems),
        )
        for group in grouped(problems, codes=list(by_code))
    ]


def severity_counts(problems: Iterable[Problem]) -> list[tuple[int, str]]:
    """How many of each severity, in words, the gravest first; none of a kind is left out."""
    found = Counter(problem.severity for problem in problems)
    return [
        (found[severity], SEVERITY_WORDS[severity][found[severity] != 1])
        for severity in Severity
        if found[severity]
    ]
