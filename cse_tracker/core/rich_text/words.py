"""What a text says without its marks: for titles, choices and mails. Pure."""

from collections.abc import Iterator

from cse_tracker.core.rich_text.reading import read
from cse_tracker.core.rich_text.tree import Paragraph, Points, words_of


def plain_words(text: str) -> str:
    """All words on one line."""
    return " ".join(" ".join(words_in_order(text)).split())


def excerpt(text: str, *, characters: int) -> str:
    """The beginning on one line, at most so long, cut between words."""
    line = plain_words(text)
    if len(line) <= characters:
        return line
    return f"{line[: characters - 2].rsplit(' ', 1)[0]} …"


def words_in_order(text: str) -> Iterator[str]:
    """The words of each paragraph and point, numbers with theirs."""
    for block in read(text):
        match block:
            case Paragraph(parts):
                yield words_of(parts)
            case Points():
                yield from _points(block)


def _points(points: Points) -> Iterator[str]:
    for item in points.items:
        number = "" if item.number is None else f"{item.number}. "
        yield number + words_of(item.parts)
        for inner in item.nested:
            yield from _points(inner)
