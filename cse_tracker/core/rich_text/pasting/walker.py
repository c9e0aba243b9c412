"""Walks through sound HTML and writes down lines. Pure."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from cse_tracker.core.rich_text.addresses import is_safe
from cse_tracker.core.rich_text.pasting import styles
from cse_tracker.core.rich_text.pasting.left_out import Change, Kind, LeftOut, Style
from cse_tracker.core.rich_text.pasting.lines import LINE_END, Line, Run
from cse_tracker.core.rich_text.pasting.tables import Table

VOID = {"br", "img"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
LISTS = {"ul", "ol"}
BLOCKS = HEADINGS | {
    *("p", "div", "blockquote", "pre", "dl", "dt", "dd", "caption", "section"),
    "article",
}
Attributes = dict[str, str]


@dataclass(frozen=True)
class Look:
    """How words look inside the elements that are open."""

    is_bold: bool = False
    address: str = ""
    is_preformatted: bool = False
    is_mark: bool = False
    is_skipped: bool = False


@dataclass
class OpenList:
    """A list that is open; ``next_number`` None for bullets."""

    next_number: int | None


class Walker(HTMLParser):
    """Feed it what nh3 made sound: every element that opens also closes."""

    def __init__(self, left_out: LeftOut) -> None:
        super().__init__(convert_charrefs=True)
        self.left_out = left_out
        self.lines: list[Line] = []
        self.line = Line()
        self.mark = ""
        self.looks: list[tuple[str, Look]] = [("", Look())]
        self.lists: list[OpenList] = []
        self.tables: list[Table] = []

    @property
    def look(self) -> Look:
        return self.looks[-1][1]

    def finished(self) -> list[Line]:
        """All lines; call it once everything was fed."""
        self._end_line()
        return self.lines

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if self.look.is_skipped:
            if tag not in VOID:
                self.looks.append((tag, self.look))
            return
        if tag in VOID:
            self._void(tag)
            return
        self._note(tag, attributes)
        self._begin(tag, attributes)
        self.looks.append((tag, self._look(tag, attributes)))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or len(self.looks) == 1:
            return
        was_skipped = self.look.is_skipped
        self.looks.pop()
        if not (was_skipped and self.look.is_skipped):
            self._end(tag)

    def handle_data(self, data: str) -> None:
        look = self.look
        if look.is_skipped:
            return
        if look.is_mark:
            self.mark += data
            return
        lines = data.split("\n") if look.is_preformatted else [data]
        for place, words in enumerate(lines):
            if place:
                self._add(Run(LINE_END))
            self._add(Run(words, look.is_bold, look.address))

    def _void(self, tag: str) -> None:
        if tag == "img":
            self.left_out.note(Kind.PICTURE)
        else:
            self._add(Run(LINE_END))

    def _add(self, run: Run) -> None:
        self.line.runs.append(run)

    def _note(self, tag: str, attributes: Attributes) -> None:
        """Count what the element says and the text can't."""
        style = attributes.get("style", "")
        if tag in {"i", "em"} or styles.is_italic(style):
            self.left_out.note(Style.ITALICS)
        if tag == "u" or (styles.is_underlined(style) and not self.look.address):
            self.left_out.note(Style.UNDERLINING)
        if tag == "del":
            self.left_out.note(Kind.DELETED)
        if tag in HEADINGS and not self.tables:
            self.left_out.note(Change.HEADING)
        if _is_margin_comment(attributes):
            self.left_out.note(Kind.MARGIN_COMMENT)
        if tag == "a" and _is_lost(attributes):
            self.left_out.note(Kind.LINK)

    def _look(self, tag: str, attributes: Attributes) -> Look:
        style = attributes.get("style", "")
        bold = styles.weight(style)
        if bold is None:
            bold = self.look.is_bold or tag in {"b", "strong"} or tag in HEADINGS
        address = attributes.get("href", "") if tag == "a" else ""
        return Look(
            is_bold=bold,
            address=address if is_safe(address) else self.look.address,
            is_preformatted=self.look.is_preformatted or tag == "pre",
            is_mark=self.look.is_mark or styles.is_word_mark(style),
            is_skipped=tag == "del"
            or styles.is_hidden(style)
            or _is_margin_comment(attributes),
        )

    def _begin(self, tag: str, attributes: Attributes) -> None:
        if tag in BLOCKS:
            self._begin_block(attributes)
        elif tag in LISTS:
            self._end_line()
            start = attributes.get("start", "")
            first = int(start) if re.fullmatch(r"\d{1,3}", start) else 1
            self.lists.append(OpenList(first if tag == "ol" else None))
        elif tag == "li":
            self._begin_point(attributes)
        elif tag == "table":
            self._end_line()
            self.tables.append(Table())
        elif self.tables:
            self._begin_in_table(tag)

    def _end(self, tag: str) -> None:
        if tag in BLOCKS:
            self._end_block()
        elif tag in LISTS or tag == "li":
            self._end_line()
            if tag in LISTS and self.lists:
                self.lists.pop()
        elif tag == "table" and self.tables:
            self._end_table()
        elif tag in {"td", "th"} and self.tables:
            self._end_cell()

    def _begin_block(self, attributes: Attributes) -> None:
        level = styles.word_level(attributes.get("style", ""))
        is_point = level or attributes.get("class", "").startswith("MsoListParagraph")
        # Paragraphs inside a point of a list are lines of that point.
        if self.line.level and not is_point:
            if self.line.words().strip():
                self._add(Run(LINE_END))
            return
        self._end_line()
        self.mark = ""
        if is_point:
            self.line = Line(level=level or -1)

    def _end_block(self) -> None:
        if not self.lists:
            self._end_line()

    def _begin_point(self, attributes: Attributes) -> None:
        self._end_line()
        # Word on the web puts each point into a list of its own and says its level here.
        said = attributes.get("data-aria-level", "")
        level = int(said) if re.fullmatch(r"[1-9]", said) else max(len(self.lists), 1)
        number = None
        if self.lists and self.lists[-1].next_number is not None:
            number = self.lists[-1].next_number
            value = attributes.get("value", "")
            number = int(value) if re.fullmatch(r"\d{1,3}", value) else number
            self.lists[-1].next_number = number + 1
        self.line = Line(level=level, number=number)

    def _begin_in_table(self, tag: str) -> None:
        if tag == "tr":
            self._end_line()
            self.tables[-1].begin_row()
        elif tag in {"td", "th"}:
            self._end_line()
            self.tables[-1].begin_cell(is_header=tag == "th")

    def _end_line(self) -> None:
        """Put the line away, where it belongs: on the page or into the cell that is open."""
        line, self.line = self.line, Line()
        if line.level == -1:
            _read_typed_mark(line)
        elif line.level and self.mark:
            line.number = styles.number_of(self.mark)
        self.mark = ""
        if self.tables and self.tables[-1].is_in_cell:
            self.tables[-1].add(line)
        elif line.words().strip():
            self.lines.append(line)

    def _end_cell(self) -> None:
        self._end_line()
        self.tables[-1].end_cell()

    def _end_table(self) -> None:
        self._end_line()
        table = self.tables.pop()
        lines = table.lines()
        if table.is_list:
            self.left_out.note(Change.TABLE)
        if self.tables and self.tables[-1].is_in_cell:
            for line in lines:
                self.tables[-1].add(line)
        else:
            self.lines += lines


def _is_margin_comment(attributes: Attributes) -> bool:
    classes = attributes.get("class", "")
    return (
        styles.is_word_comment(attributes.get("style", ""))
        or "msocomanchor" in classes
        or "MsoCommentReference" in classes
    )


def _is_lost(attributes: Attributes) -> bool:
    """Whether a link's address can't be kept; a place in the same document was none."""
    address = attributes.get("href", "")
    if not address:
        return "name" not in attributes
    return not (is_safe(address) or address.startswith("#"))


def _read_typed_mark(line: Line) -> None:
    """Take the typed bullet or number off a point whose Word version copies it as words."""
    line.level = 1
    found = styles.TYPED_MARK.match(line.words())
    if not found:
        return
    line.number = styles.number_of(found.group(1))
    to_drop = found.end()
    for place, run in enumerate(line.runs):
        line.runs[place] = Run(run.words[to_drop:], run.is_bold, run.address)
        to_drop = max(to_drop - len(run.words), 0)
