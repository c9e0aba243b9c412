"""What differs between two texts, word by word. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

# Words with the blanks before them, as people write on at the end of a text; where too many
# differ, whole lines.
GRAINS = [re.compile(r"\s*\S+|\s+"), re.compile(r"[^\n]*\n|[^\n]+")]
# So many removed and added, and a mark on each would tell a reader nothing any more. It also
# bounds the time: difflib takes minutes for texts that repeat a word ten thousand times.
MOST_DIFFERENCES = 600


class Mark(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that follow each other and share a mark."""

    mark: Mark
    text: str


def word_differences(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in reading order, what was removed before what was added.

    Without what was removed they are ``after``, without what was added ``before``.
    """
    for grain in GRAINS:
        pieces = _compared(grain.findall(before), grain.findall(after))
        if pieces is not None:
            return list(_joined(pieces))
    return list(_joined([Piece(Mark.REMOVED, before), Piece(Mark.ADDED, after)]))


def before_of(pieces: Iterable[Piece]) -> list[Piece]:
    """The earlier text: what stayed and what was removed."""
    return [piece for piece in pieces if piece.mark is not Mark.ADDED]


def after_of(pieces: Iterable[Piece]) -> list[Piece]:
    """The later text: what stayed and what was added."""
    return [piece for piece in pieces if piece.mark is not Mark.REMOVED]


def _compared(old: Sequence[str], new: Sequence[str]) -> list[Piece] | None:
    """The shortest way from one to the other (Myers 1986); None if it is too long.

    ``reached[k]`` is how far into ``old`` one gets with so many steps where ``new`` is ``k``
    words behind; ``ways`` keeps it for each number of steps, to walk back.
    """
    reached = {1: 0}
    ways: list[dict[int, int]] = []
    for steps in range(min(len(old) + len(new), MOST_DIFFERENCES) + 1):
        ways.append(dict(reached))
        for k in range(-steps, steps + 1, 2):
            adds = _adds(reached, k, steps)
            x = reached[k + 1] if adds else reached[k - 1] + 1
            while x < len(old) and x - k < len(new) and old[x] == new[x - k]:
                x += 1
            reached[k] = x
            if x >= len(old) and x - k >= len(new):
                return _walked_back(old, new, ways)
    return None


def _adds(reached: dict[int, int], k: int, steps: int) -> bool:
    """Whether one comes to ``k`` by adding a word; else by removing one, if that leads further."""
    return k == -steps or (k != steps and reached[k - 1] < reached[k + 1])


def _walked_back(
    old: Sequence[str], new: Sequence[str], ways: Sequence[dict[int, int]]
) -> list[Piece]:
    pieces: list[Piece] = []
    x, y = len(old), len(new)
    for steps, reached in reversed(list(enumerate(ways))):
        adds = _adds(reached, x - y, steps)
        start = reached[x - y + 1] if adds else reached[x - y - 1] + 1
        while x > start:
            x, y = x - 1, y - 1
            pieces.append(Piece(Mark.SAME, old[x]))
        if steps and adds:
            y -= 1
            pieces.append(Piece(Mark.ADDED, new[y]))
        elif steps:
            x -= 1
            pieces.append(Piece(Mark.REMOVED, old[x]))
    return pieces[::-1]


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours as one piece, and between what stayed all that went before all that came."""
    for is_same, group in groupby(pieces, lambda piece: piece.mark is Mark.SAME):
        parts = list(group)
        for mark in [Mark.SAME] if is_same else [Mark.REMOVED, Mark.ADDED]:
            text = "".join(piece.text for piece in parts if piece.mark is mark)
            if text:
                yield Piece(mark, text)
