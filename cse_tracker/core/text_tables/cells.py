"""The lines of a cell as its text; bullets and numbers that were typed become a list. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence

from cse_tracker.core.rich_text.pasting.left_out import LeftOut
from cse_tracker.core.rich_text.pasting.lines import LINE_END, Line, Run, blocks_of
from cse_tracker.core.rich_text.writing import write

# One blank is enough here, as people type it; a dash before a number is a minus.
_TYPED = re.compile(
    r"\s*(?:(?P<bullet>[•●▪◦‣·§\uf0a7\uf0b7])\s*|[-–](?=\s+[^\d\s])\s+|o(?:\t|\s{2})\s*|\(?(?P<number>\d{1,2})[.)]\s+)"
)
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s*$")


def cell_text(lines: Iterable[Line]) -> str:
    """The text of a cell in the Markdown subset."""
    return write(blocks_of(list(_points(lines)), LeftOut()))


def plain_cell_text(text: str) -> str:
    """The same for a cell that is nothing but characters, line ends included."""
    return cell_text([line_of([Run(text)])])


def line_of(runs: Iterable[Run]) -> Line:
    """A line of runs, whose words may hold line ends."""
    found: list[Run] = []
    for run in runs:
        for place, words in enumerate(run.words.split("\n")):
            if place:
                found.append(Run(LINE_END))
            if words:
                found.append(Run(words, run.is_bold, run.address))
    return Line(runs=found)


def _points(lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        if line.level:
            yield line
        else:
            yield from _split(line)


def _split(line: Line) -> Iterator[Line]:
    """A paragraph by the line ends in it that end one: after a sentence, before a typed mark."""
    current: list[Run] = []
    found: list[list[Run]] = [current]
    for place, run in enumerate(line.runs):
        if run.words == LINE_END and _ends_paragraph(current, line.runs[place + 1 :]):
            current = []
            found.append(current)
        else:
            current.append(run)
    yield from (_read_mark(Line(runs=runs)) for runs in found)


def _ends_paragraph(before: Sequence[Run], after: Sequence[Run]) -> bool:
    """Whether a line end stands between two paragraphs, and not inside one."""
    said = "".join(run.words for run in before)
    rest = "".join(run.words for run in after)
    return bool(_SENTENCE_END.search(said) or _TYPED.match(rest.partition(LINE_END)[0]))


def _read_mark(line: Line) -> Line:
    mark = _TYPED.match(line.words())
    if not mark:
        return line
    number = int(mark["number"]) if mark["number"] else None
    runs, to_drop = [], mark.end()
    for run in line.runs:
        runs.append(Run(run.words[to_drop:], run.is_bold, run.address))
        to_drop = max(to_drop - len(run.words), 0)
    return Line(level=1, number=number, runs=runs)
