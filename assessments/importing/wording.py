"""The official wording that an annex carries: tidied, never reworded. Pure."""

import hashlib
import re
from dataclasses import dataclass

from assessments.importing.annex import AnnexReading
from assessments.tree import Kind, Tree, Words
from cse_tracker.core.importing.problems import CellAddress

# Bullets that stand for a new entry wherever they are; a dash only at the start of a line.
_BULLET = re.compile(r"\s*[•▪●◦‣∙·]\s*")
_DASH = re.compile(r"^(?:[-–—*o]|\uf0b7)\s+")


@dataclass(frozen=True, slots=True)
class OfferedWording:
    """What a file says of one element, and in which cell."""

    ref: str
    words: Words
    address: CellAddress


def offered_wording(reading: AnnexReading) -> list[OfferedWording]:
    """The elements for which the file has words, in the order of the file.

    Sub-elements are an organisation's own: bringing them in takes their words anyway.
    """
    offered = [
        OfferedWording(line.ref, tidy_words(line.text, line.guidance), line.words_at)
        for line in reading.lines
        if line.kind is Kind.ELEMENT
    ]
    return [each for each in offered if any(each.words)]


def differs(words: Words, shown: Words) -> bool:
    """Whether the file says something else. What it leaves blank says nothing."""
    return any(
        said and said != stands for said, stands in zip(words, shown, strict=True)
    )


def new_wording(reading: AnnexReading, tree: Tree) -> list[OfferedWording]:
    """The elements that the file words otherwise than they are shown."""
    return [
        offered
        for offered in offered_wording(reading)
        if differs(offered.words, tree.by_ref[offered.ref].words)
    ]


def wording_fingerprint(tree: Tree) -> str:
    """Changes whenever an element is shown in other words."""
    shown = [(node.ref, *node.words) for node in tree.elements]
    return hashlib.sha256(repr(shown).encode()).hexdigest()


def tidy_words(statement: str, guidance: str) -> Words:
    """Statement and guidance without the line breaks and blanks of their cells."""
    return Words(tidy_statement(statement), tidy_guidance(guidance))


def tidy_statement(text: str) -> str:
    """One line with single blanks."""
    return " ".join(text.split())


def tidy_lines(text: str) -> str:
    """Each line with single blanks, empty ones left out: what a person typed line by line."""
    return "\n".join(filter(None, map(tidy_statement, text.splitlines())))


def tidy_guidance(text: str) -> str:
    """One entry a line, without the bullets, which the page draws itself.

    A line that begins in lower case goes on the one before: the cell broke it.
    """
    entries: list[str] = []
    for line in _BULLET.sub("\n\n", text).split("\n"):
        words = tidy_statement(_DASH.sub("", line.strip()))
        goes_on = bool(entries and entries[-1]) and words[:1].islower()
        if goes_on:
            entries[-1] = f"{entries[-1]} {words}"
        else:
            entries.append(words)
    return "\n".join(filter(None, entries))
