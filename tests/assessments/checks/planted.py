"""Sound records with planted faults, each knowing what must be found of it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from hypothesis import strategies as st

from assessments.checks.facts import Point, RecordFacts
from assessments.ratings import Rating
from tests.assessments.checks.records import ANSWERED, WHY, record, settled

# A full assessment, then a cycle of three reviews.
YEARS = [2020, 2021, 2022, 2023]
CYCLE = (2021, 3)
FULL, FIRST, SECOND, LAST = range(4)
REFS = [f"{criterion}.1.{number}" for criterion in (1, 2, 3) for number in range(1, 6)]


@dataclass
class Draft:
    """A record while faults are planted in it."""

    marks: dict[str, list[str]]
    points: dict[tuple[int, str], list[Point]] = field(default_factory=dict)
    # Ratings of a source that were changed afterwards: year and ref.
    changed_sources: list[tuple[int, str]] = field(default_factory=list)
    expected: dict[str, dict[int, list[str]]] = field(default_factory=dict)

    def say(self, ref: str, ratings: str, *, sampled: int | None) -> None:
        """Four ratings of an element, and the review that sampled it."""
        self.marks[ref] = [
            f"X {rating}" if position == sampled else rating
            for position, rating in enumerate(ratings.split())
        ]

    def expect(self, number: str, ref: str, *positions: int) -> None:
        for position in positions:
            years = self.expected.setdefault(number, {})
            years.setdefault(YEARS[position], []).append(ref)

    def as_record(self) -> RecordFacts:
        years = [
            replace(
                facts,
                points={
                    ref: found
                    for (year, ref), found in self.points.items()
                    if year == facts.year
                },
                results={
                    ref: now._replace(source_rating=Rating.NON)
                    if (facts.year, ref) in self.changed_sources
                    else now
                    for ref, now in facts.results.items()
                },
            )
            for facts in settled(self.marks, YEARS)
        ]
        return record(*years, cycle=CYCLE)

    def sorted_expected(self) -> dict[str, dict[int, list[str]]]:
        return {
            number: {year: sorted(refs) for year, refs in years.items()}
            for number, years in self.expected.items()
        }


def sound_draft() -> Draft:
    """All met; each element is sampled once in the cycle."""
    draft = Draft({})
    for place, ref in enumerate(REFS):
        draft.say(ref, "C C C C", sampled=FIRST + place % 3)
    return draft


def unrated_sample(draft: Draft, ref: str) -> None:
    draft.marks[ref] = ["C", "C", "X", "C"]
    draft.expect("CHK-201", ref, SECOND)


def blank(draft: Draft, ref: str) -> None:
    draft.marks[ref] = ["C", "X C", "-", "C"]
    draft.expect("CHK-202", ref, SECOND)


def changed_source(draft: Draft, ref: str) -> None:
    draft.say(ref, "C C C C", sampled=FIRST)
    draft.changed_sources.append((YEARS[LAST], ref))
    draft.expect("CHK-203", ref, LAST)


def closed_unsampled(draft: Draft, ref: str) -> None:
    draft.say(ref, "PC C C C", sampled=LAST)
    draft.points[YEARS[FULL], ref] = [ANSWERED]
    draft.expect("CHK-204", ref, FIRST)


def lost_plus(draft: Draft, ref: str) -> None:
    draft.say(ref, "CP CP C C", sampled=SECOND)
    draft.expect("CHK-205", ref, SECOND)


def risen_unsampled(draft: Draft, ref: str) -> None:
    draft.say(ref, "C C CP CP", sampled=FIRST)
    draft.expect("CHK-206", ref, SECOND)


def unlike_part(draft: Draft, ref: str) -> None:
    draft.say(ref, "C C C C", sampled=SECOND)
    draft.marks[f"{ref}.1"] = ["-", "-", "PC", "-"]
    draft.points[YEARS[SECOND], f"{ref}.1"] = [ANSWERED]
    draft.expect("CHK-207", ref, SECOND)


def contradicted(draft: Draft, ref: str) -> None:
    draft.points[YEARS[LAST], ref] = [ANSWERED]
    draft.expect("CHK-208", ref, LAST)


def unexplained(draft: Draft, ref: str) -> None:
    draft.say(ref, "C C C PC", sampled=LAST)
    draft.expect("CHK-301", ref, LAST)


def unanswered(draft: Draft, ref: str) -> None:
    draft.say(ref, "C C C NC", sampled=LAST)
    draft.points[YEARS[LAST], ref] = [ANSWERED, WHY]
    draft.expect("CHK-302", ref, LAST)


def unsampled(draft: Draft, ref: str) -> None:
    draft.say(ref, "C C C C", sampled=None)
    draft.expect("CHK-401", ref, LAST)


def unseen_partial(draft: Draft, ref: str) -> None:
    draft.say(ref, "PC PC PC PC", sampled=LAST)
    draft.points[YEARS[FULL], ref] = [ANSWERED]
    draft.points[YEARS[LAST], ref] = [ANSWERED]
    draft.expect("CHK-402", ref, FIRST, SECOND)


FAULTS: list[Callable[[Draft, str], None]] = [
    unrated_sample,
    blank,
    changed_source,
    closed_unsampled,
    lost_plus,
    risen_unsampled,
    unlike_part,
    contradicted,
    unexplained,
    unanswered,
    unsampled,
    unseen_partial,
]


@st.composite
def faulty_drafts(draw: st.DrawFn) -> Draft:
    """A sound record with faults, each at an element of its own."""
    draft = sound_draft()
    faults = draw(st.lists(st.sampled_from(FAULTS), max_size=len(REFS)))
    for fault, ref in zip(faults, draw(st.permutations(REFS)), strict=False):
        fault(draft, ref)
    return draft
