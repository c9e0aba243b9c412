"""Which element some words are about, and how sure that is. Pure."""

import math
import re
from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass

from assessments.tree import Tree, ref_key

# Likeness from 0 to 1. Tried with the real wording of all 57 elements against ours.
SURE = 0.45
LIKELY = 0.22
# The second best has to stay this far behind.
MARGIN = 1.25
# An element between the refs above and below is more likely in a sorted table.
IN_ORDER = 1.3
_STEM = 6
_STOP = frozenset(
    # The same in every statement.
    re.findall(
        r"\w+",
        "we our us are is be been have has and or the a an of to in for with by on from that "
        "this their they it its as at all can how them which will so than",
    )
)


@dataclass(frozen=True, slots=True)
class Match:
    """The element that words name, and whether there is no reasonable doubt."""

    ref: str
    is_sure: bool


class ElementMatcher:
    """Compares words with the statements and titles of a standard's elements.

    Not of an organisation's own sub-elements, which repeat the words of theirs.
    """

    def __init__(self, tree: Tree) -> None:
        self.stems = {
            node.ref: _stems(f"{node.title} {node.statement}") for node in tree.elements
        }
        known = Counter(stem for stems in self.stems.values() for stem in stems)
        self.weights = {
            stem: math.log(1 + len(self.stems) / count) for stem, count in known.items()
        }
        self.unknown_weight = math.log(1 + len(self.stems))
        self.element_weights = {
            ref: self._weight(stems) for ref, stems in self.stems.items()
        }

    def match_or_none(
        self, words: str, *, after: str = "", before: str = ""
    ) -> Match | None:
        """The element that the words are about; ``after`` and ``before`` are refs around it."""
        own = _stems(words)
        scores = {
            ref: self._likeness(own, ref)
            * (IN_ORDER if _lies_between(ref, after, before) else 1)
            for ref in self.stems
        }
        ranked = sorted(scores, key=lambda ref: (-scores[ref], ref_key(ref)))
        if not ranked or scores[ranked[0]] < LIKELY:
            return None
        best, second = scores[ranked[0]], scores[ranked[1]] if ranked[1:] else 0.0
        return Match(ranked[0], best >= SURE and best >= MARGIN * second)

    def _likeness(self, own: frozenset[str], ref: str) -> float:
        """0 for nothing in common, 1 for the same words, rare ones counting most."""
        total = self._weight(own) + self.element_weights[ref]
        return 2 * self._weight(own & self.stems[ref]) / total if total else 0.0

    def _weight(self, stems: Iterable[str]) -> float:
        return sum(self.weights.get(stem, self.unknown_weight) for stem in stems)


def refs_in(text: str, known: Container[str]) -> list[str]:
    """The refs of the standard that a text names, in order, each once."""
    found = re.findall(r"(?<![\d.])\d(?:\.\d{1,2}){2,3}(?![\d])", text)
    return list(dict.fromkeys(ref for ref in found if ref in known))


def _lies_between(ref: str, after: str, before: str) -> bool:
    if not after and not before:
        return False
    key = ref_key(ref)
    return (not after or ref_key(after) < key) and (not before or key < ref_key(before))


def _stems(words: str) -> frozenset[str]:
    found = re.findall(r"[a-z]+", words.casefold())
    return frozenset(
        word[:_STEM].removesuffix("s") for word in found if word not in _STOP
    )
