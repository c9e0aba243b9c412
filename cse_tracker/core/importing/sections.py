"""The problems of an import as its page shows them: by kind, each under its heading. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from cse_tracker.core.importing.problems import Problem, ProblemGroup, Severity, grouped

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


class Kind(Protocol):
    """A kind of problem, as an importer words it."""

    @property
    def value(self) -> str: ...

    @property
    def heading(self) -> str:
        """The heading over all problems of this kind."""

    @property
    def explanation(self) -> str:
        """What the import does about them."""

    @property
    def check_number(self) -> str:
        """The check of the catalogue that this is, empty for what only reading can meet."""

    @property
    def quotes_the_cell(self) -> bool:
        """Whether what stands in the cell tells more than the message does."""


K = TypeVar("K", bound=Kind)


@dataclass(frozen=True)
class ProblemSection(Generic[K]):
    """All problems of one kind with their heading."""

    kind: K
    group: ProblemGroup
    tag: str
    colour: str
    # Some of them stand in a cell, a row or a sheet.
    has_places: bool


def problem_sections(
    problems: Iterable[Problem], kinds: Sequence[K]
) -> list[ProblemSection[K]]:
    """Problems by kind, the gravest first, then in the order of ``kinds``, which names all."""
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
