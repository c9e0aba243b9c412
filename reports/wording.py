"""Numbers and lists as the sentences of papers say them. Pure."""

from collections.abc import Sequence


def counted(number: int, singular: str, plural: str = "") -> str:
    """ "1 element", "2 elements", "no elements"."""
    return f"{number or 'no'} {singular if number == 1 else plural or singular + 's'}"


def listed(words: Sequence[str]) -> str:
    """ "one, two and three"; empty for none."""
    *most, last = words or [""]
    return f"{', '.join(most)} and {last}" if most else last
