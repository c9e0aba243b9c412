"""What was found beside what somebody said of it: open, accepted, accepted before. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assessments.checks.catalogue import BY_NUMBER, CHECKS, Check
from assessments.checks.hits import Hit
from cse_tracker.core.importing.problems import Severity

# Assessment, ref, check number: where one acceptance stands.
AcceptanceKey = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Somebody's word that a flag may stay."""

    id: int
    fingerprint: str
    reason: str
    accepted_by: str
    accepted_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """A hit as people are told it, with the acceptance that stands at its spot, if any."""

    hit: Hit
    acceptance: Acceptance | None = None

    @property
    def check(self) -> Check:
        return BY_NUMBER[self.hit.number]

    @property
    def is_accepted(self) -> bool:
        """Accepted, and nothing that it rests on has changed since."""
        return (
            self.check.may_be_accepted
            and self.acceptance is not None
            and self.acceptance.fingerprint == self.hit.fingerprint
        )

    @property
    def has_lapsed(self) -> bool:
        """Accepted before, on facts that have changed since."""
        return self.acceptance is not None and not self.is_accepted

    @property
    def is_open(self) -> bool:
        return not self.is_accepted


@dataclass(frozen=True, slots=True)
class CheckGroup:
    """All that one check found."""

    check: Check
    told: tuple[Told, ...]

    @property
    def open_count(self) -> int:
        return sum(each.is_open for each in self.told)


@dataclass(frozen=True, slots=True)
class OpenCounts:
    """How many errors and flags wait for somebody."""

    errors: int = 0
    flags: int = 0

    @property
    def total(self) -> int:
        return self.errors + self.flags

    def __str__(self) -> str:
        parts = [
            f"{count} {word}{'' if count == 1 else 's'}"
            for count, word in ((self.errors, "error"), (self.flags, "flag"))
            if count
        ]
        return " and ".join(parts) or "nothing"


def told_with(
    hits: Iterable[Hit], acceptances: Mapping[AcceptanceKey, Acceptance]
) -> list[Told]:
    """Each hit with what was said of it."""
    return [Told(hit, acceptances.get((hit.key, hit.ref, hit.number))) for hit in hits]


def open_counts(told: Iterable[Told]) -> OpenCounts:
    """Counts of what is open, by severity."""
    found = Counter(each.check.severity for each in told if each.is_open)
    return OpenCounts(found[Severity.ERROR], found[Severity.FLAG])


def open_counts_by_ref(told: Iterable[Told]) -> dict[str, int]:
    """Ref to how much is open there."""
    return dict(Counter(each.hit.ref for each in told if each.is_open))


def by_check(told: Sequence[Told]) -> list[CheckGroup]:
    """In the order of the catalogue, the gravest first; checks without a hit are left out."""
    groups = [
        CheckGroup(check, tuple(each for each in told if each.check is check))
        for check in sorted(CHECKS, key=lambda check: check.severity.rank)
    ]
    return [group for group in groups if group.told]
