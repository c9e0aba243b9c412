"""A title to begin with, from what was written about a finding. Pure."""

import re

from cse_tracker.core.rich_text.words import plain_words

# As many as the field of an action holds.
MAX_CHARACTERS = 200
# No sentence goes on with a small word, and "e.g." ends none.
_SENTENCE_END = re.compile(r"(?<!\be\.g)(?<!\bi\.e)[.!?](?=\s+(?![a-z]))|[;:](?=\s)")


def title_from(text: str) -> str:
    """The text's first sentence; empty where it is no title, because it doesn't fit."""
    title = _SENTENCE_END.split(plain_words(text), maxsplit=1)[0].rstrip(".!?;:")
    return title if len(title) <= MAX_CHARACTERS else ""
