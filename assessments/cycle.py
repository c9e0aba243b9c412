"""Where a year stands in the assessment cycle, and which visit comes next. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

INITIAL, FULL, REVIEW = "initial", "full", "review"
# One higher, it still fits the ten characters of a code.
NUMBERED = re.compile(r"([A-Za-z]{1,6} ?)(\d{1,2})")
# The letters of a rolling programme, whose numbers begin again with each cycle.
ROUND = "RP"


class CycleModel(StrEnum):
    """How a certification body assesses, as the certification stores it."""

    # All elements in the first year, then reviews until the next full assessment.
    REVIEWS = "reviews"
    # A part of the elements each year, round and round.
    ROLLING = "rolling"
    # All elements once, then a review each year without end.
    YEARLY = "yearly"


@dataclass(frozen=True, slots=True)
class Cycle:
    """The cycle in which a year lies: both years are part of it."""

    first_year: int
    last_year: int

    def __contains__(self, year: int) -> bool:
        return self.first_year <= year <= self.last_year

    def __str__(self) -> str:
        if self.first_year == self.last_year:
            return str(self.first_year)
        return f"{self.first_year} to {self.last_year}"


@dataclass(frozen=True, slots=True)
class CycleRules:
    """What the certification says about its cycle. ``starts_in`` None: not known."""

    model: CycleModel
    starts_in: int | None
    length: int

    def cycle_of(self, year: int) -> Cycle | None:
        """The cycle that contains ``year``, as if each were as long as this one."""
        if self.starts_in is None:
            return None
        first = year - (year - self.starts_in) % self.length
        return Cycle(first, first + self.length - 1)


@dataclass(frozen=True, slots=True)
class PastVisit:
    """An assessment by the assessor that took place. ``kind`` as the model names it."""

    year: int
    kind: str
    visit_code: str = ""

    @property
    def examined_everything(self) -> bool:
        return self.kind in {INITIAL, FULL}


@dataclass(frozen=True, slots=True)
class NextVisit:
    """What to propose, and in words why. An empty code: such a visit has none, or no rule."""

    year: int
    kind: str
    visit_code: str
    why: str


def propose_next(rules: CycleRules, past: Sequence[PastVisit]) -> NextVisit:
    """The visit after ``past``, oldest first and at least one, without follow-up visits.

    A review continues the numbering of the last one. Where the start of the cycle is not
    known, it is taken from the last visit that examined everything, or from the last number.
    """
    last = past[-1]
    year = last.year + 1
    position = _position(rules, past, year)
    if rules.model is CycleModel.REVIEWS and position == 0:
        return NextVisit(year, FULL, "", _words(rules, year, position))
    code = _code(rules, past, position)
    return NextVisit(year, REVIEW, code, _words(rules, year, position))


def years_between(earlier: int, later: int) -> str:
    """The years between two visits in words, "2024" or "2024 to 2026"; empty where none is."""
    return str(Cycle(earlier + 1, later - 1)) if later > earlier + 1 else ""


def _position(rules: CycleRules, past: Sequence[PastVisit], year: int) -> int | None:
    """How many years of the cycle lie before ``year``; None where nothing tells."""
    if rules.starts_in is not None:
        return (year - rules.starts_in) % rules.length
    if rules.model is CycleModel.ROLLING:
        number = NUMBERED.fullmatch(past[-1].visit_code)
        tells = number and _begins_again(number)
        return int(number[2]) % rules.length if number and tells else None
    whole = [visit.year for visit in past if visit.examined_everything]
    return (year - whole[-1]) % rules.length if whole else None


def _code(rules: CycleRules, past: Sequence[PastVisit], position: int | None) -> str:
    number = NUMBERED.fullmatch(past[-1].visit_code)
    is_round = number is None or _begins_again(number)
    if rules.model is CycleModel.ROLLING and is_round:
        return "" if position is None else f"{ROUND}{position + 1}"
    if number:
        return f"{number[1]}{int(number[2]) + 1}"
    whole = [visit.year for visit in past if visit.examined_everything]
    return f"Y{past[-1].year + 1 - whole[-1]}" if whole else ""


def _begins_again(number: re.Match[str]) -> bool:
    """Whether such numbers count the years of a cycle, and not all visits: RP3, but not Y3."""
    return number[1].strip().upper() == ROUND


def _words(rules: CycleRules, year: int, position: int | None) -> str:
    if position is None:
        return "We do not know where this year stands in your cycle."
    if rules.model is CycleModel.YEARLY:
        return "You have a review each year after the initial assessment."
    cycle = Cycle(year - position, year - position + rules.length - 1)
    is_known = rules.starts_in is not None
    return (
        f"{year} is year {position + 1} of {rules.length} in "
        f"{'your' if is_known else 'what looks like the'} cycle {cycle}."
    )
