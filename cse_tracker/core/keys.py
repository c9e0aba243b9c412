"""Numbers that a browser sends: keys, places and versions. Pure."""

from collections.abc import Iterable

# More would be an error of the database, and of ``int`` from some thousands on.
KEY_DIGITS = 18


def key_or_none(text: str, *, digits: int = KEY_DIGITS) -> int | None:
    """The number that the text is, if it has no more digits than a key can have."""
    return int(text) if text.isdecimal() and len(text) <= digits else None


def keys_in(texts: Iterable[str]) -> set[int]:
    """The keys among the texts."""
    return {key for text in texts if (key := key_or_none(text)) is not None}
