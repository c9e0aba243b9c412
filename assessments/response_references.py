"""Responses that only point to another one: "Response as above", "see 3.3.2". Pure."""

import re
from dataclasses import dataclass

from cse_tracker.core.rich_text.words import plain_words

# Longer texts say something of their own.
MAX_CHARACTERS = 80
_POINTING = re.compile(
    r"(?:the )?(?:same )?(?:recommended )?(?:response )?"
    r"(?:please )?(?:as|see|same as|refer to)"
    r"(?: also)?(?: the)?(?: recommended)?(?: response)?(?: given)?"
    r"(?: to| for| in| under| at)?(?: element| ref)?"
    r" (?:above|(?P<ref>\d(?:\.\d{1,2}){2,3})(?: above| below)?)[.!]?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where a response points: to an element's, or (``ref`` empty) to the one above."""

    ref: str


def pointer_in(text: str) -> Pointer | None:
    """Where the text points, if that is all it says."""
    if len(text) > MAX_CHARACTERS:
        return None
    words = plain_words(text)
    if words.lower().rstrip(".") == "ditto":
        return Pointer("")
    found = _POINTING.fullmatch(words)
    return Pointer(found["ref"] or "") if found else None
