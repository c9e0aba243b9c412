"""What checks find. Pure."""

import hashlib
from dataclasses import dataclass

from assessments.tree import ref_key

Fact = str | int | None


@dataclass(frozen=True, slots=True)
class Found:
    """What one check says about one node; an empty ref is the assessment as a whole."""

    ref: str
    message: str
    # What it rests on. An acceptance lapses when these change; words may change freely.
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found by the check ``number`` in the assessment ``key``."""

    number: str
    key: int
    year: int
    ref: str
    message: str
    facts: tuple[Fact, ...]

    @property
    def fingerprint(self) -> str:
        """Changes whenever what was found rests on other facts."""
        facts = [str(fact) for fact in self.facts]
        return hashlib.sha256(repr((self.number, facts)).encode()).hexdigest()[:32]

    @property
    def place(self) -> tuple[int, int, tuple[int, ...], str]:
        """Sorts as people read: assessment by assessment, by ref, by number."""
        return self.year, self.key, ref_key(self.ref) if self.ref else (), self.number
