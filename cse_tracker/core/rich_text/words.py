"""What a text says without its marks: for titles, choices and mails. Pure."""

from collections.abc import Iterator

from cse_tracker.core.rich_text.reading import read
from cse_tracker.core.rich_text.tree import Block, Paragraph, Points, words_of


def plain_words(text: str) -> str:
    """All words on one line, points after each other like the parts of a sentence."""
    return " ".join(" ".join(map(_block_words, read(text))).split())


def excerpt(text: str, *, characters: int) -> str:
    """The beginning on one line, at most so long, cut between words."""
    line = plain_words(text)
    if len(line) <= characters:
        return line
    return f"{line[: characters - 2].rsplit(' ', 1)[0]} …"


def _block_words(block: Block) -> str:
    match block:
        case Paragraph(parts):
            return words_of(parts)
        case Points():
            *most, last = (point.strip() for point in _points(block))
            return " ".join([*map(_as_part, most), last])


def _as_part(point: str) -> str:
    return point if point.endswith((".", ",", ";", ":", "!", "?")) else f"{point};"


def _points(points: Points) -> Iterator[str]:
    for item in points.items:
        number = "" if item.number is None else f"{item.number}. "
        yield number + words_of(item.parts)
        for inner in item.nested:
            yield from _points(inner)
