"""Counting what a paste leaves out, to say it. Pure."""

import re
from collections import Counter
from enum import StrEnum


class Kind(StrEnum):
    """What does not come through, in words for one of it."""

    PICTURE = "picture"
    EMBEDDED = "embedded item"
    LINK = "link that leads to no web or mail address"
    MARGIN_COMMENT = "comment in the margin"
    DELETED = "deleted passage"


class Style(StrEnum):
    """What words had and have no more."""

    ITALICS = "italics"
    UNDERLINING = "underlining"


class Change(StrEnum):
    """What came through in another form: what it was, and what became of it."""

    TABLE = "table became a list"
    HEADING = "heading became a bold line"
    LEVEL = "point of a deeper level moved up"


_PLURALS = {
    Kind.LINK: "links that lead to no web or mail address",
    Kind.MARGIN_COMMENT: "comments in the margin",
    Change.TABLE: "tables became lists",
    Change.HEADING: "headings became bold lines",
    Change.LEVEL: "points of a deeper level moved up",
}
_TAGS = {
    Kind.PICTURE: re.compile(r"<svg\b", re.I),
    Kind.EMBEDDED: re.compile(r"<(?:iframe|object|video|audio|canvas)\b", re.I),
}


class LeftOut:
    """The counts of one paste."""

    def __init__(self) -> None:
        self.counts: Counter[StrEnum] = Counter()

    def note(self, what: Kind | Style | Change) -> None:
        self.counts[what] += 1

    def note_dropped(self, html: str) -> None:
        """Count what never reaches the walker."""
        for kind, tag in _TAGS.items():
            self.counts[kind] += len(tag.findall(html))

    def in_words(self) -> str:
        """ "Left out: 2 pictures and italics. 1 table became a list."; empty for nothing."""
        gone = [_counted(kind, self.counts[kind]) for kind in Kind if self.counts[kind]]
        gone += [style.value for style in Style if self.counts[style]]
        sentences = [f"Left out: {_listed(gone)}."] if gone else []
        sentences += [
            f"{_counted(change, self.counts[change])}."
            for change in Change
            if self.counts[change]
        ]
        return " ".join(sentences)


def _counted(what: Kind | Change, count: int) -> str:
    if count == 1:
        return f"1 {what.value}"
    return f"{count} {_PLURALS.get(what, f'{what.value}s')}"


def _listed(words: list[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
