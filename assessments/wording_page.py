"""Our wording beside an organisation's own, element by element. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from assessments.importing.wording import OfferedWording, differs
from assessments.tree import Node, Tree, Words
from cse_tracker.core.word_differences import (
    Mark,
    Piece,
    after_of,
    before_of,
    word_differences,
)


class WordingStanding(StrEnum):
    """How what a file says stands to what is shown."""

    SAME = "same"
    NEW = "new"
    DRIFTED = "drifted"

    @property
    def words(self) -> str:
        return STANDING_TAGS[self][0]

    @property
    def colour(self) -> str:
        return STANDING_TAGS[self][1]


_OPEN_END = re.compile(r"(?:[,;:–—-]|\b(?:and|or))\s*$")
STANDING_TAGS = {
    WordingStanding.SAME: ("As shown now", "grey"),
    WordingStanding.NEW: ("Not adopted yet", "blue"),
    WordingStanding.DRIFTED: ("Differs from what you adopted", "yellow"),
}


@dataclass(frozen=True)
class Side:
    """One of two wordings. ``entries`` is the guidance, one bullet each."""

    statement: Sequence[Piece]
    entries: Sequence[Sequence[Piece]]

    @property
    def breaks_off(self) -> bool:
        """Whether the statement ends in mid-sentence, as where sub-elements have the rest."""
        return bool(_OPEN_END.search("".join(piece.text for piece in self.statement)))

    @property
    def has_guidance(self) -> bool:
        return any(self.entries)


@dataclass(frozen=True)
class Comparison:
    """An element as it is shown, and as a file has it."""

    node: Node
    offered: OfferedWording
    standing: WordingStanding
    shown: Side
    in_file: Side

    @property
    def source(self) -> str:
        """Where in the file it stands."""
        return str(self.offered.address)


class Kept(Protocol):
    """A wording that an organisation has, shown or put away."""

    statement: str
    guidance: str

    @property
    def is_shown(self) -> bool: ...

    @property
    def source(self) -> str:
        """Where it comes from, in words."""


@dataclass(frozen=True)
class Entry:
    """An element in our words, and in the organisation's own if it has any."""

    node: Node
    wording: Kept | None

    @property
    def is_adopted(self) -> bool:
        return self.wording is not None and self.wording.is_shown

    @property
    def source(self) -> str:
        return self.wording.source if self.wording else ""

    @property
    def ours(self) -> Side:
        return plain_side(self.node.words)

    @property
    def theirs(self) -> Side | None:
        kept = self.wording
        return plain_side(Words(kept.statement, kept.guidance)) if kept else None


def compare(tree: Tree, offered: Iterable[OfferedWording]) -> list[Comparison]:
    """What a file says beside what is shown, in the order of the file.

    Only where an adopted wording has drifted are the words marked that differ: our words and
    the official ones have little in common.
    """
    return [_comparison(tree.by_ref[each.ref], each, tree) for each in offered]


def entries(ours: Tree, kept: Mapping[int, Kept]) -> list[Entry]:
    """Every element of the Standard with the organisation's wording, by node id."""
    return [Entry(node, kept.get(node.id)) for node in ours.elements]


def plain_side(words: Words) -> Side:
    """A wording without marks."""
    statement, guidance = ([Piece(Mark.SAME, text)] for text in words)
    return Side(statement if words.statement else [], _by_line(guidance))


def tally_words(comparisons: Sequence[Comparison]) -> str:
    """How many elements of a file are worded otherwise than they are shown."""
    found = Counter(each.standing for each in comparisons)
    parts = [
        f"{elements(found[WordingStanding.NEW])} in other words than ours",
        f"{elements(found[WordingStanding.DRIFTED])} in other words than you adopted",
        f"{elements(found[WordingStanding.SAME])} as shown now",
    ]
    return ", ".join(part for part in parts if not part.startswith("0 ")) or "nothing"


def elements(count: int) -> str:
    """A number of elements in words."""
    return "1 element" if count == 1 else f"{count} elements"


def _comparison(node: Node, offered: OfferedWording, tree: Tree) -> Comparison:
    if not differs(offered.words, node.words):
        standing = WordingStanding.SAME
    elif node.id in tree.adopted:
        standing = WordingStanding.DRIFTED
    else:
        standing = WordingStanding.NEW
    if standing is WordingStanding.DRIFTED:
        shown, in_file = _drifted(node.words, offered.words)
    else:
        shown, in_file = plain_side(node.words), plain_side(offered.words)
    return Comparison(node, offered, standing, shown, in_file)


def _drifted(shown: Words, offered: Words) -> tuple[Side, Side]:
    """Both with what differs marked; what the file leaves blank is no difference."""
    statement, guidance = (
        word_differences(old, new or old)
        for old, new in zip(shown, offered, strict=True)
    )
    return (
        Side(before_of(statement), _by_line(before_of(guidance))),
        Side(after_of(statement), _by_line(after_of(guidance))),
    )


def _by_line(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """A text of several lines as the pieces of each."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *more = piece.text.split("\n")
        lines[-1].append(Piece(piece.mark, first))
        lines += [[Piece(piece.mark, part)] for part in more]
    return [line for line in lines if any(piece.text for piece in line)]
