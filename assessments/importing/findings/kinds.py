"""What kind of findings a table holds, by the title above it. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assessments.ratings import Rating

MAX_TITLE_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class TableKind:
    """A kind of finding, as ``Finding.Kind`` has it, and the rating that goes with it."""

    finding_kind: str
    rating: Rating | None = None


PARTIAL = TableKind("compliance", Rating.PARTIAL)
NON = TableKind("compliance", Rating.NON)
IMPROVEMENT = TableKind("improvement")
STRENGTH = TableKind("strength")

_KINDS = [
    (NON, re.compile(r"non[\s-]?complian|not (?:fully )?(?:complian|met)\b", re.I)),
    (PARTIAL, re.compile(r"partial", re.I)),
    (STRENGTH, re.compile(r"strength|(?:good|best) practice|compliance plus", re.I)),
    (IMPROVEMENT, re.compile(r"improve|develop|consider|observation|recommend", re.I)),
]


def kind_of_or_none(title: str) -> TableKind | None:
    """The kind that a title names; None for other words, or for a whole sentence."""
    if len(title) > MAX_TITLE_CHARACTERS:
        return None
    return next((kind for kind, pattern in _KINDS if pattern.search(title)), None)


def kind_above_or_none(titles: Iterable[str]) -> TableKind | None:
    """The kind that the nearest title above a table names, or else the nearest sentence."""
    nearest = list(titles)[::-1]
    nearest.sort(key=lambda title: title.endswith("."))
    return next(filter(None, map(kind_of_or_none, nearest)), None)
