"""A title to begin with, from what was written about a finding. Pure."""

from cse_tracker.core.rich_text.words import plain_words

MAX_WORDS = 12
MAX_CHARACTERS = 100
_SENTENCE_ENDS = (".", "!", "?", ";", ":")


def title_from(text: str) -> str:
    """The text's first words, at most its first sentence; empty for an empty text."""
    words: list[str] = []
    for word in plain_words(text).split():
        if len(" ".join([*words, word])) > MAX_CHARACTERS or len(words) == MAX_WORDS:
            return f"{' '.join(words)} …" if words else f"{word[:MAX_CHARACTERS]}…"
        words.append(word)
        if word.endswith(_SENTENCE_ENDS):
            break
    return " ".join(words).rstrip(".!?;:")
