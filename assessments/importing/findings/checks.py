"""What a person should look at in a row before it is brought in. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assessments.importing.findings.pointers import answering_or_none
from assessments.importing.findings.rows import COLUMNS, GENERAL, FindingRow
from assessments.importing.findings.sentences import (
    begins_in_mid_sentence,
    ends_in_mid_sentence,
)
from assessments.response_references import pointer_in
from cse_tracker.core.importing.problems import Severity
from cse_tracker.core.rich_text.words import excerpt, plain_words

SHOWN_CHARACTERS = 40


class RowCheck(StrEnum):
    """What can be wrong with a row."""

    NO_ELEMENT = "no_element"
    NO_WORDS = "no_words"
    GUESS = "guess"
    MID_SENTENCE = "mid_sentence"
    POINTS_NOWHERE = "points_nowhere"
    KNOWN = "known"
    TWICE = "twice"
    NO_COMMENT = "no_comment"
    NO_RESPONSE = "no_response"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing to look at; ``column`` is "comment", "response" or empty for the row."""

    check: RowCheck
    severity: Severity
    message: str
    column: str = ""
    # The row that the beginning of the cell probably belongs to.
    belongs_to: int | None = None

    @property
    def is_barrier(self) -> bool:
        """Whether nothing can be brought in before this is mended."""
        return self.severity is Severity.ERROR


def problems_of(
    rows: Sequence[FindingRow], *, known: Mapping[str, Collection[str]]
) -> dict[int, list[RowProblem]]:
    """Problems by the key of the row. ``known``: ref to the comments that stand there already.

    A row that is left out has none. Every text is parsed once, however many rows there are.
    """
    above = {column: _Above(rows, column) for column in COLUMNS}
    by_key = {row.key: row for row in rows}
    first: dict[tuple[str, str], int] = {}
    problems: dict[int, list[RowProblem]] = {}
    for place, row in enumerate(rows):
        problems[row.key] = []
        if row.is_included:
            words = same_words(row.comment)
            answering = answering_or_none(by_key, row)
            first_row = first.setdefault((row.ref, words), place)
            problems[row.key] = [
                *_placing(row),
                *(p for column in COLUMNS for p in _mid_sentence(above[column], place)),
                *_pointing(row, answering),
                *_repeated(row, words, known, first_row if first_row < place else None),
                *_missing(row, answering),
            ]
    return problems


def same_words(text: str) -> str:
    """What two comments have in common that say the same."""
    return plain_words(text).casefold()


class _Above:
    """Where a sentence that begins in the middle may belong, for one column from top to bottom."""

    def __init__(self, rows: Sequence[FindingRow], column: str) -> None:
        self.rows = rows
        self.column = column
        self.read = 0
        self.filled: int | None = None
        self.broken: int | None = None

    def owner_of(self, place: int) -> int | None:
        """The nearest row above that breaks off, or else that has a text. Places only grow."""
        for number in range(self.read, place):
            text = self.rows[number].text_in(self.column)
            if text:
                self.filled = number
                self.broken = number if ends_in_mid_sentence(text) else self.broken
        self.read = place
        return self.filled if self.broken is None else self.broken


def _placing(row: FindingRow) -> Iterator[RowProblem]:
    if not row.ref:
        yield RowProblem(
            RowCheck.NO_ELEMENT,
            Severity.ERROR,
            "Choose the element it is about, or leave the row out.",
        )
    if row.is_guess:
        yield RowProblem(
            RowCheck.GUESS, Severity.FLAG, f"Check that it is about {row.ref}."
        )


def _mid_sentence(above: _Above, place: int) -> Iterator[RowProblem]:
    column = above.column
    text = above.rows[place].text_in(column)
    if not begins_in_mid_sentence(text):
        return
    number = above.owner_of(place)
    owner = None if number is None else above.rows[number]
    shown = excerpt(text, characters=SHOWN_CHARACTERS)
    message = f"The {column} begins in mid-sentence: “{shown}”."
    if number is not None and owner is not None:
        message += (
            f" Its beginning probably belongs to row {number + 1} ({named(owner.ref)})."
        )
    yield RowProblem(
        RowCheck.MID_SENTENCE,
        Severity.FLAG,
        message,
        column,
        owner.key if owner else None,
    )


def _pointing(row: FindingRow, answering: FindingRow | None) -> Iterator[RowProblem]:
    points = pointer_in(row.response) is not None
    lost = row.answered_by is not None and answering is None
    if lost:
        yield RowProblem(
            RowCheck.POINTS_NOWHERE,
            Severity.FLAG,
            "The row whose response it uses is left out or has no response.",
            "response",
        )
    elif points and row.answered_by is None:
        yield RowProblem(
            RowCheck.POINTS_NOWHERE,
            Severity.FLAG,
            "The response only points to another one.",
            "response",
        )


def _repeated(
    row: FindingRow, words: str, known: Mapping[str, Collection[str]], first: int | None
) -> Iterator[RowProblem]:
    """``first``: the place of a row above that says the same."""
    if not words:
        return
    if words in known.get(row.ref, ()):
        yield RowProblem(
            RowCheck.KNOWN,
            Severity.FLAG,
            "The element has this comment already. Leave the row out unless it is meant twice.",
            "comment",
        )
    if first is not None:
        yield RowProblem(
            RowCheck.TWICE, Severity.FLAG, f"Row {first + 1} says the same.", "comment"
        )


def _missing(row: FindingRow, answering: FindingRow | None) -> Iterator[RowProblem]:
    is_answered = row.response or answering
    if not row.comment and not is_answered:
        yield RowProblem(
            RowCheck.NO_WORDS,
            Severity.ERROR,
            "It has neither a comment nor a response. Enter one, or leave the row out.",
        )
    elif not row.comment:
        yield RowProblem(
            RowCheck.NO_COMMENT,
            Severity.FLAG,
            "It has a response but no comment.",
            "comment",
        )
    elif row.kind == "compliance" and not is_answered:
        yield RowProblem(
            RowCheck.NO_RESPONSE, Severity.NOTICE, "It has no response yet.", "response"
        )


def named(ref: str) -> str:
    """The element of a row, in words."""
    if ref == GENERAL:
        return "no element"
    return ref or "no element yet"
