"""Which addresses a text may link to. Pure."""

import re

MAX_CHARACTERS = 2000
_SAFE = re.compile(r"(https?://[^\s<>\"'\\]+|mailto:[^\s<>\"'\\]+@[^\s<>\"'\\]+)", re.I)
# An address that somebody typed without marks; the full stop after it is the sentence's.
_BARE = re.compile(r"\bhttps?://[^\s<>\"'\\\[\]()*]*[^\s<>\"'\\\[\]()*.,;:!?]", re.I)


def is_safe(address: str) -> bool:
    """Whether it is a web or mail address, which is all that a link may lead to."""
    return len(address) <= MAX_CHARACTERS and bool(_SAFE.fullmatch(address))


def encoded(address: str) -> str:
    """The same address without the brackets that would end it in a text."""
    return address.replace("(", "%28").replace(")", "%29")


def bare_addresses(words: str) -> list[tuple[int, int]]:
    """Where web addresses stand in plain words, as start and end."""
    return [found.span() for found in _BARE.finditer(words) if is_safe(found.group())]
