"""One cell of a table, put together from the rows that it was cut into. Pure.

Every piece is taken apart once and the whole is written once: a table out of a PDF may have
thousands of lines of print.
"""

from assessments.importing.findings.sentences import (
    begins_in_mid_sentence,
    begins_with_a_point,
    breaks_off,
)
from cse_tracker.core.rich_text.tree import Block, Part, Points, Text, words_of
from cse_tracker.core.rich_text.units import (
    parts_of,
    text_of,
    units_of,
    with_words,
    words_of_unit,
)

# Enough to see whether the last sentence ends.
ENDING_CHARACTERS = 1_000
BLANK_LINE = 2


class GrowingText:
    """A text that goes on with each piece added to it."""

    def __init__(self, text: str) -> None:
        # With the gaps between the pieces.
        self.length = 0
        self._pieces: list[str] = []
        self._units: list[Block] = []
        # Words that go on in the last unit.
        self._rest: list[Part] = []
        self._ending = ""
        self.add(text)

    def add(self, piece: str) -> None:
        """Go on with the piece: in the same sentence where the text breaks off, or below."""
        if not piece:
            return
        units = units_of(piece)
        is_rest = bool(units and self._units) and self._is_cut_before(piece)
        gap = 1 if is_rest else BLANK_LINE
        self.length += len(piece) + (gap if self._pieces else 0)
        self._pieces.append(piece)
        if is_rest:
            self._run_on(units)
        else:
            self._go_on_below(units)

    @property
    def breaks_off(self) -> bool:
        """Whether the last sentence has no end."""
        return breaks_off(self._ending)

    @property
    def last_number(self) -> int | None:
        """The number of the point that it ends with."""
        last = self._units[-1] if self._units else None
        return last.items[-1].number if isinstance(last, Points) else None

    @property
    def has_units(self) -> bool:
        """Whether it says anything, marks apart."""
        return bool(self._units)

    def written(self) -> str:
        """The whole text; a single piece stays as it was."""
        if len(self._pieces) < 2:
            return "".join(self._pieces)
        self._settle()
        return text_of(self._units)

    def _is_cut_before(self, piece: str) -> bool:
        if begins_in_mid_sentence(piece):
            return True
        return self.breaks_off and not begins_with_a_point(piece)

    def _run_on(self, units: list[Block]) -> None:
        first, *more = units
        last, added = self._units[-1], parts_of(first)
        self._rest += [Text(" "), *added]
        # The words go before the inner points of the last one, which then still end the text.
        if not (isinstance(last, Points) and last.items[-1].nested):
            self._ending = _end_of(f"{self._ending} {words_of(added)}")
        if more:
            self._go_on_below(more)

    def _go_on_below(self, units: list[Block]) -> None:
        self._settle()
        self._units += units
        if units:
            self._ending = _end_of(words_of_unit(units[-1]))

    def _settle(self) -> None:
        """Give the last unit the words that go on in it, all at once."""
        if self._rest:
            self._units[-1] = with_words(self._units[-1], tuple(self._rest))
            self._rest = []


def _end_of(words: str) -> str:
    return words[-ENDING_CHARACTERS:]
