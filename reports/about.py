"""What every paper says about the assessment that it is about. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cse_tracker.core.dates import long_date
from reports.blocks import Cell, Row, Table
from reports.differences import Difference

UNCONFIRMED = "Draft: assessment not confirmed"
WORDS = {
    "organisation": "Organisation",
    "standard": "Standard",
    "scope": "Scope",
    "certification_body": "Certification body",
    "assessment": "Assessment",
    "visit_code": "Visit code",
    "visit": "Visit",
    "outcome": "Outcome",
}


@dataclass(frozen=True, kw_only=True)
class AssessmentFacts:
    """Whose assessment it is, which, and how it ended."""

    organisation: str
    standard: str
    scope: str
    certification_body: str
    # As people name the assessment: "2026 review".
    assessment: str
    visit_code: str
    visit_starts_on: date | None
    visit_ends_on: date | None
    outcome: str
    is_confirmed: bool
    language: str = "en-GB"

    @property
    def stamp(self) -> str:
        """What every page of a paper about it says while it isn't confirmed."""
        return "" if self.is_confirmed else UNCONFIRMED


def about_table(facts: AssessmentFacts) -> Table:
    """The assessment in a few rows, leaving out what isn't known."""
    rows = [
        ("Assessment", facts.assessment.capitalize() + _visit_code(facts)),
        ("Visit", _visit(facts)),
        ("Scope", facts.scope),
        ("Certification body", facts.certification_body),
        ("Outcome", facts.outcome),
    ]
    return Table(
        caption="About this assessment",
        widths=(20, 0),
        head=(),
        body=tuple(
            Row((Cell(name, heads="row"), Cell(value))) for name, value in rows if value
        ),
        kind="facts",
    )


def snapshot_about(facts: AssessmentFacts) -> dict[str, Any]:
    """These facts as plain JSON."""
    return {
        "organisation": facts.organisation,
        "standard": facts.standard,
        "scope": facts.scope,
        "certification_body": facts.certification_body,
        "assessment": facts.assessment,
        "visit_code": facts.visit_code,
        "visit": [_day(facts.visit_starts_on), _day(facts.visit_ends_on)],
        "outcome": facts.outcome,
        "is_confirmed": facts.is_confirmed,
    }


def differences_about(
    printed: Mapping[str, Any], current: Mapping[str, Any]
) -> Iterator[Difference]:
    """Where two snapshots differ in these facts."""
    for name, words in WORDS.items():
        before, after = printed.get(name), current.get(name)
        if before != after:
            yield Difference(words, _plain(before), _plain(after))
    names = {True: "confirmed", False: "not confirmed"}
    before, after = bool(printed.get("is_confirmed")), bool(current.get("is_confirmed"))
    if before != after:
        yield Difference("State of the assessment", names[before], names[after])


def _visit_code(facts: AssessmentFacts) -> str:
    return f" ({facts.visit_code})" if facts.visit_code else ""


def _visit(facts: AssessmentFacts) -> str:
    first, last = facts.visit_starts_on, facts.visit_ends_on
    if first is None:
        return ""
    if last is None or last == first:
        return long_date(first)
    return f"{long_date(first)} to {long_date(last)}"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return " to ".join(str(part) for part in value if part) or "nothing"
    return str(value) if value else "nothing"
