"""What is wrong with an imported file, and in which cell. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any, Self

from cse_tracker.core.tables.sheets import column_letter


class Severity(StrEnum):
    """How much a problem matters, worst first."""

    # The file is wrong or could not be read here.
    ERROR = "error"
    # It may be right; a person should look.
    FLAG = "flag"
    # Said so that nothing is left out in silence.
    NOTICE = "notice"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class CellAddress:
    """A place in a file: a sheet, or a row of it, or a cell. Rows and columns count from 1."""

    # Empty where the file has no sheets.
    sheet: str
    row: int | None = None
    column: int | None = None

    @property
    def letter(self) -> str:
        """The column as the spreadsheet program shows it, empty for a row or sheet."""
        return column_letter(self.column or 0)

    def __str__(self) -> str:
        parts = [f"sheet {self.sheet}"] if self.sheet else []
        if self.row:
            parts.append(f"row {self.row}")
        if self.column:
            parts.append(f"column {self.letter}")
        return ", ".join(parts)

    @property
    def order(self) -> tuple[int, int]:
        """Sorts addresses of one sheet as they are read."""
        return (self.row or 0, self.column or 0)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to know about the file. ``code`` groups problems of one kind."""

    code: str
    severity: Severity
    message: str
    address: CellAddress | None = None
    # What stands in the cell.
    text: str = ""

    def to_json(self) -> dict[str, Any]:
        where = self.address
        return {
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
            "text": self.text,
            "address": [where.sheet, where.row, where.column] if where else None,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Problem":
        """The problem as ``to_json`` kept it."""
        where = data["address"]
        return cls(
            code=data["code"],
            severity=Severity(data["severity"]),
            message=data["message"],
            address=CellAddress(*where) if where else None,
            text=data["text"],
        )


class ProblemKind(StrEnum):
    """A kind of problem: each importer lists its own, in the order in which they are shown."""

    severity: Severity
    # Over all problems of this kind.
    heading: str
    # What the import does about them.
    explanation: str
    # The check of the catalogue that this is, empty for what only reading can meet.
    check_number: str

    def __new__(
        cls,
        code: str,
        severity: Severity,
        heading: str,
        explanation: str = "",
        check_number: str = "",
    ) -> Self:
        kind = str.__new__(cls, code)
        kind._value_ = code
        kind.severity = severity
        kind.heading = heading
        kind.explanation = explanation
        kind.check_number = check_number
        return kind

    @property
    def quotes_the_cell(self) -> bool:
        """Whether what stands in the cell tells more than the message does."""
        return self.severity is not Severity.FLAG


def problem(
    kind: ProblemKind, message: str, address: CellAddress | None, text: str = ""
) -> Problem:
    """A problem of this kind, with the severity of the kind."""
    return Problem(kind.value, kind.severity, message, address, text)


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """All problems of one kind, in the order of the file."""

    code: str
    severity: Severity
    problems: tuple[Problem, ...]


def grouped(problems: Iterable[Problem], *, codes: Sequence[str]) -> list[ProblemGroup]:
    """Problems by kind: the gravest first, then in the order of ``codes``, which names all.

    The order within a kind stays.
    """
    position = {code: number for number, code in enumerate(codes)}

    def place(one: Problem) -> tuple[int, int]:
        return one.severity.rank, position[one.code]

    return [
        ProblemGroup(code, severity, tuple(members))
        for (severity, code), members in groupby(
            sorted(problems, key=place),
            key=lambda one: (one.severity, one.code),
        )
    ]
