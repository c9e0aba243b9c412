"""A text as a tree: paragraphs and lists of words, bold words and links. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words."""

    words: str


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line inside a paragraph or a point."""


@dataclass(frozen=True, slots=True)
class Bold:
    """Words that stand out."""

    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere: to ``address``, or to a page of ours."""

    address: str
    parts: tuple["Part", ...]


Part = Text | Break | Bold | Link
Parts = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together."""

    parts: Parts


@dataclass(frozen=True, slots=True)
class Item:
    """One point of a list. ``number`` None: a bullet. Only a first-level point has ``nested``."""

    parts: Parts
    number: int | None = None
    nested: tuple["Points", ...] = ()


@dataclass(frozen=True, slots=True)
class Points:
    """A list: bullets, or numbers throughout."""

    items: tuple[Item, ...]

    @property
    def is_numbered(self) -> bool:
        return self.items[0].number is not None


Block = Paragraph | Points
Blocks = tuple[Block, ...]


def joined(parts: Iterable[Part]) -> Parts:
    """The same parts with neighbouring words as one, without empty ones."""
    done: list[Part] = []
    for part in parts:
        if part == Text(""):
            continue
        if isinstance(part, Text) and done and isinstance(done[-1], Text):
            done[-1] = Text(done[-1].words + part.words)
        else:
            done.append(part)
    return tuple(done)


def words_of(parts: Iterable[Part]) -> str:
    """What parts say without their marks; a line end is a space."""
    return "".join(map(_words, parts))


def _words(part: Part) -> str:
    match part:
        case Text(words):
            return words
        case Break():
            return " "
        case Bold(parts) | Link(_, parts):
            return words_of(parts)
