"""Whether a text begins or ends in the middle of a sentence. Pure."""

import re

from cse_tracker.core.rich_text.tree import Block, Points
from cse_tracker.core.rich_text.units import units_of, words_of_unit

# Quotation marks, brackets and dashes stand before the first word.
_FIRST_WORD = re.compile(r"[^\w]*([\w.@/:-]+)")
_ENDS = re.compile(r"[.!?:;…][\s\"'”’)\]]*$")
_ADDRESS = re.compile(r"https?:|www\.|\w+@\w|\w+\.\w", re.I)
FEW_WORDS = 4


def begins_in_mid_sentence(text: str) -> bool:
    """Whether the first word is one that begins no sentence.

    A list whose points mostly begin small is only written so.
    """
    units = units_of(text)
    if not units or not _begins_small(units[0]):
        return False
    points = [unit for unit in units if isinstance(unit, Points)]
    if len(points) < 2 or not isinstance(units[0], Points):
        return True
    return 2 * sum(map(_begins_small, points)) <= len(points)


def ends_in_mid_sentence(text: str) -> bool:
    """Whether the last sentence has no end; a few words, or a short point, need none."""
    units = units_of(text)
    return bool(units) and breaks_off(words_of_unit(units[-1]))


def breaks_off(words: str) -> bool:
    """The same of words without marks: the end of a text, or all of it."""
    return len(words.split()) > FEW_WORDS and not _ENDS.search(words)


def begins_with_a_point(text: str) -> bool:
    """Whether the text begins with a bullet or a number."""
    units = units_of(text)
    return bool(units) and isinstance(units[0], Points)


def _begins_small(unit: Block) -> bool:
    found = _FIRST_WORD.match(words_of_unit(unit))
    word = found.group(1) if found else ""
    # Addresses and names such as "iPad" begin small anywhere.
    return word[:1].islower() and word.islower() and not _ADDRESS.match(word)
