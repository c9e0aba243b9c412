"""The preview of findings as its page draws it: a card for each row."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assessments.findings_import_readings import StagedFindings
from assessments.importing.findings.checks import RowProblem
from assessments.importing.findings.pointers import answering_or_none
from assessments.importing.findings.rows import GENERAL, FindingRow
from assessments.models import Finding
from assessments.ratings import Rating
from assessments.tree import Node
from cse_tracker.core.importing.problems import Severity
from cse_tracker.core.rich_text.words import excerpt

NAMED_KINDS = {
    "compliance": ("partial or non-compliance", "points of partial or non-compliance"),
    "improvement": ("area for improvement", "areas for improvement"),
    "strength": ("strength", "strengths"),
}
# So few rows are shown with all they say; of more, those that nobody has to look at are folded.
FEW_ROWS = 5
EVERY = "every"
EXCERPT_LENGTH = 110
SHOWN_KINDS = {"NC": "Non-compliance", "PC": "Partial compliance"}


@dataclass(frozen=True)
class RowCard:
    """One row with all that its card shows."""

    number: int
    row: FindingRow
    node: Node | None
    problems: list[RowProblem]
    # The row whose response is used here too, and its number.
    answering: FindingRow | None
    answering_number: int | None
    # The rows before and after it, by their keys.
    above: int | None
    below: int | None
    is_open: bool

    @property
    def is_first(self) -> bool:
        return self.above is None

    @property
    def is_last(self) -> bool:
        return self.below is None

    @property
    def title(self) -> str:
        if self.node:
            return str(self.node)
        return "About no element" if self.row.ref == GENERAL else "No element yet"

    @property
    def kind(self) -> str:
        return SHOWN_KINDS.get(self.row.rating) or Finding.Kind(self.row.kind).label

    @property
    def excerpt(self) -> str:
        """What it says, in so many words as a folded row has room for."""
        said = self.row.comment or self.row.response
        return excerpt(said, characters=EXCERPT_LENGTH)

    @property
    def flags(self) -> list[RowProblem]:
        """What a person should look at."""
        return _flags(self.problems)

    @property
    def notes(self) -> list[str]:
        """What is only good to know."""
        notices = [each for each in self.problems if each.severity is Severity.NOTICE]
        return [*self.row.notes, *(each.message for each in notices)]


@dataclass(frozen=True)
class RatingRow:
    """A rating that would be recorded."""

    node: Node
    before: Rating | None
    after: Rating


def cards(staged: StagedFindings, *, opened: str = EVERY) -> Iterator[RowCard]:
    """A card for each row, in order; what a person should look at is open.

    So is the row whose key is ``opened``, or every row.
    """
    opens_all = opened == EVERY or len(staged.rows) <= FEW_ROWS
    numbers = {row.key: number for number, row in enumerate(staged.rows, start=1)}
    by_key = {row.key: row for row in staged.rows}
    keys = [None, *(row.key for row in staged.rows), None]
    for number, row in enumerate(staged.rows, start=1):
        answering = answering_or_none(by_key, row)
        problems = staged.problems[row.key]
        yield RowCard(
            number=number,
            row=row,
            node=staged.tree.by_ref.get(row.ref),
            problems=problems,
            answering=answering,
            answering_number=numbers[answering.key] if answering else None,
            above=keys[number - 1],
            below=keys[number + 1],
            is_open=opens_all or opened == str(row.key) or bool(_flags(problems)),
        )


def rating_rows(staged: StagedFindings) -> list[RatingRow]:
    """The ratings that would be recorded, in the order of the standard."""
    return [
        RatingRow(staged.tree.by_ref[each.ref], each.before, each.after)
        for each in staged.ratings
    ]


def summary(staged: StagedFindings) -> str:
    """What the included rows hold, in words."""
    found = [
        _counted(staged.included, kind, named) for kind, named in NAMED_KINDS.items()
    ]
    left_out = len(staged.rows) - len(staged.included)
    if left_out:
        found.append(f"{left_out} left out")
    return ", ".join(filter(None, found))


def _flags(problems: Iterable[RowProblem]) -> list[RowProblem]:
    return [each for each in problems if each.severity is not Severity.NOTICE]


def _counted(rows: Sequence[FindingRow], kind: str, named: tuple[str, str]) -> str:
    refs = [row.ref for row in rows if row.kind == kind]
    if not refs:
        return ""
    elements = len(set(refs))
    named_elements = "element" if elements == 1 else "elements"
    return f"{len(refs)} {named[len(refs) > 1]} on {elements} {named_elements}"
