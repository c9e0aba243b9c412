"""Reading the tables of a Word document (.docx). Nothing in the file is run or fetched."""

import struct
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.oxml.exceptions import InvalidXmlError
from docx.oxml.ns import qn
from docx.oxml.simpletypes import ST_Merge
from docx.table import Table, _Cell, _Row
from docx.text.hyperlink import Hyperlink
from docx.text.paragraph import Paragraph

from cse_tracker.core.archives import DAMAGED, ZIP_ERRORS, open_archive
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.rich_text.addresses import is_safe
from cse_tracker.core.rich_text.pasting.lines import Line, Run
from cse_tracker.core.text_tables import limits
from cse_tracker.core.text_tables.cells import cell_text, line_of
from cse_tracker.core.text_tables.tables import BLANK, Cells, TextCell, TextTable

# python-docx trusts a file's structure, so damage surfaces as whatever its code stumbles over.
READ_ERRORS = (
    *ZIP_ERRORS,
    OpcError,
    InvalidXmlError,
    SyntaxError,  # what lxml's XMLSyntaxError is
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    AssertionError,
    struct.error,
)
PICTURES = "word/media/"
# What wraps words that count: insertions that wait for approval, content controls, tags.
_WRAPPERS = [qn(name) for name in ("w:ins", "w:moveTo", "w:smartTag", "w:sdtContent")]
# Word itself knows no wider table.
MAX_SPAN = 63
_NUMBERED = {"decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman"}


def read_word(data: bytes) -> Sequence[TextTable]:
    """The tables of the body in order. Raises RuleBroken with words for the person."""
    try:
        _check_parts(data)
        document = Document(BytesIO(data))
        _check_size(document)
        tables = list(_tables(document))
    except READ_ERRORS as problem:
        raise RuleBroken(DAMAGED) from problem
    return limits.check_amount(tables)


def _check_parts(data: bytes) -> None:
    archive = open_archive(BytesIO(data), max_total_bytes=limits.MAX_UNPACKED_BYTES)
    parsed = (
        each.file_size
        for each in archive.infolist()
        if not each.filename.startswith(PICTURES)
    )
    if sum(parsed) > limits.MAX_PARSED_BYTES:
        raise RuleBroken(limits.TOO_MUCH)


def _check_size(document: WordDocument) -> None:
    """Raise RuleBroken for more than is worth reading: python-docx would read all of it."""
    body: Any = document.element.body
    rows, tables = (sum(1 for _ in body.iter(qn(name))) for name in ("w:tr", "w:tbl"))
    spans = (int(each.get(qn("w:val"), "1")) for each in body.iter(qn("w:gridSpan")))
    if (
        rows > limits.MAX_ROWS
        or tables > limits.MAX_TABLES
        or max(spans, default=1) > MAX_SPAN
    ):
        raise RuleBroken(limits.TOO_MUCH)


def _tables(document: WordDocument) -> Iterator[TextTable]:
    _unwrap(document)
    lists = ListMarks(document)
    titles: list[str] = []
    number = 0
    for part in document.iter_inner_content():
        if isinstance(part, Paragraph):
            titles += filter(None, [" ".join(part.text.split())])
            continue
        number += 1
        yield TextTable(number, tuple(_rows(part, lists)), tuple(titles))
        titles = []


def _unwrap(document: WordDocument) -> None:
    """Put what is wrapped where python-docx looks for it; deleted passages stay unseen."""
    body: Any = document.element.body
    for wrapper in list(body.iter(*_WRAPPERS)):
        outer = wrapper.getparent() if wrapper.tag == qn("w:sdtContent") else wrapper
        parent = outer.getparent()
        if parent is not None:
            place = parent.index(outer)
            parent[place : place + 1] = list(wrapper)


def _rows(table: Table, lists: "ListMarks") -> Iterator[Cells]:
    above: dict[int, Any] = {}
    for row in table.rows:
        grid = _grid(row, above)
        cells = [*grid.values()][: limits.MAX_COLUMNS]
        yield tuple(
            _cell(_Cell(cell, table), cells[:place], [*above.values()], lists)
            for place, cell in enumerate(cells)
        )
        above = grid


def _grid(row: _Row, above: dict[int, Any]) -> dict[int, Any]:
    """The cell in each column; one that goes on from the row above is the cell up there.

    The library's own ``cells`` climb up from every row again, one call inside the other.
    """
    grid: dict[int, Any] = {}
    column = row.grid_cols_before
    for own in row._tr.tc_lst:
        cell = above.get(column, own) if own.vMerge == ST_Merge.CONTINUE else own
        grid |= dict.fromkeys(range(column, column + own.grid_span), cell)
        column += own.grid_span
        if len(grid) >= limits.MAX_COLUMNS:
            break
    return grid


def _cell(
    cell: _Cell, before: Sequence[Any], above: Sequence[Any], lists: "ListMarks"
) -> TextCell:
    if any(cell._tc is other for other in before):
        return BLANK
    if any(cell._tc is other for other in above):
        return TextCell(continues=True)
    return TextCell(cell_text(_lines(cell, lists)))


def _lines(cell: _Cell, lists: "ListMarks") -> Iterator[Line]:
    """The paragraphs of a cell, those of tables inside it too."""
    for part in cell.iter_inner_content():
        if isinstance(part, Table):
            table: Any = part._tbl
            for inner in table.iter_tcs():
                yield from _lines(_Cell(inner, part), lists)
            continue
        line = line_of(_runs(part))
        line.level, line.number = lists.mark_of(part)
        yield line


def _runs(paragraph: Paragraph) -> Iterable[Run]:
    for part in paragraph.iter_inner_content():
        if isinstance(part, Hyperlink):
            address = part.address if is_safe(part.address) else ""
            yield from (Run(run.text, bool(run.bold), address) for run in part.runs)
        else:
            yield Run(part.text, bool(part.bold))


class ListMarks:
    """Which paragraphs are points of a list, and the numbers that Word gives them."""

    def __init__(self, document: WordDocument) -> None:
        self.formats: dict[tuple[int, int], str] = {}
        self.counts: Counter[tuple[int, int]] = Counter()
        self._read_formats(document)

    def mark_of(self, paragraph: Paragraph) -> tuple[int, int | None]:
        """The level, 0 for no point, and the number, None for a bullet."""
        found = self._numbering_of(paragraph)
        if found is None:
            name = (paragraph.style.name or "") if paragraph.style else ""
            return (1, None) if name.startswith("List Bullet") else (0, None)
        list_id, level = found
        if self.formats.get(found) not in _NUMBERED:
            return level + 1, None
        self.counts[found] += 1
        for deeper in [each for each in self.counts if each[0] == list_id]:
            if deeper[1] > level:
                del self.counts[deeper]
        return level + 1, self.counts[found]

    def _numbering_of(self, paragraph: Paragraph) -> tuple[int, int] | None:
        """The list and the level, from 0, that the paragraph or its style names."""
        style: Any = paragraph.style
        for holder in (paragraph._p, style.element if style is not None else None):
            properties = holder.pPr if holder is not None else None
            numbering: Any = properties.numPr if properties is not None else None
            if numbering is None or numbering.numId is None:
                continue
            level = numbering.ilvl.val if numbering.ilvl is not None else 0
            # 0 takes a paragraph out of the list of its style.
            return (numbering.numId.val, level) if numbering.numId.val else None
        return None

    def _read_formats(self, document: WordDocument) -> None:
        parts = document.part.package.iter_parts()
        part: Any = next(
            (each for each in parts if str(each.partname) == "/word/numbering.xml"),
            None,
        )
        root = getattr(part, "element", None)
        if root is None:
            return
        value = qn("w:val")
        abstract = {
            each.get(qn("w:abstractNumId")): {
                int(level.get(qn("w:ilvl"), "0")): level.find(qn("w:numFmt"))
                for level in each.findall(qn("w:lvl"))
            }
            for each in root.findall(qn("w:abstractNum"))
        }
        for each in root.findall(qn("w:num")):
            named = each.find(qn("w:abstractNumId"))
            levels = abstract.get(named.get(value), {}) if named is not None else {}
            for level, kind in levels.items():
                if kind is not None:
                    list_id = int(each.get(qn("w:numId")))
                    self.formats[list_id, level] = kind.get(value)
