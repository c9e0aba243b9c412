"""Tables of a paper in Word: a caption, heads that repeat, texts that may break. Pure."""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import cast

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Length, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.table import _Row as WordRow
from docx.text.paragraph import Paragraph as WordParagraph

from reports.blocks import Cell, Row, Table
from reports.word.rich import add_rich, clean

HEAD_FILL, GROUP_FILL = "DCE4EC", "EEF2F6"
WHITE = RGBColor(0xFF, 0xFF, 0xFF)
# As on paper: the code in words, the fill beside it. By rating, examined and carried.
FILLS = {
    "plus": ("12436D", "D6E0EA"),
    "compliant": ("93D0CB", "EAF5F4"),
    "partial": ("FBC6A3", "FDEBDF"),
    "non": ("801650", "EEDDE6"),
}
DARK = {"12436D", "801650"}


def add_table(document: WordDocument, table: Table, *, width: Length) -> None:
    """Write the table with its caption above it."""
    document.add_paragraph(clean(table.caption), style="Caption")
    columns = list(column_widths(table.widths, width))
    written = document.add_table(0, len(columns), style="Table Grid")
    written.autofit = False
    _describe(written, table)
    for column, column_width in zip(written.columns, columns, strict=True):
        column.width = column_width
    for row in table.head:
        _say_of(_add_row(written, row, columns, fill=HEAD_FILL), "w:tblHeader")
    for row in table.body:
        fill = GROUP_FILL if row.kind in {"group", "total"} else ""
        added = _add_row(written, row, columns, fill=fill)
        # Where rows that stay whole stand among texts, LibreOffice leaves out whole rows.
        if table.kind != "findings":
            _say_of(added, "w:cantSplit")
    # A table that follows at once would become part of this one.
    document.add_paragraph()


def column_widths(shares: Sequence[int], width: Length) -> Iterator[Length]:
    """Each column's width: its percentage, 0 being an equal share of what is left."""
    free = (100 - sum(shares)) / (shares.count(0) or 1)
    for share in shares:
        yield Length(int(width * (share or free) / 100))


def _describe(written: WordTable, table: Table) -> None:
    """What screen readers are told: its name, and where its headings stand."""
    properties = written._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    first_column = any(cell.heads == "row" for row in table.body for cell in row.cells)
    if look is not None:
        look.attrib.clear()
        look.set(qn("w:firstRow"), "1" if table.head else "0")
        look.set(qn("w:firstColumn"), "1" if first_column else "0")
        look.set(qn("w:noHBand"), "1")
        look.set(qn("w:noVBand"), "1")
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), clean(table.caption))
    properties.append(caption)


def _say_of(row: WordRow, name: str) -> None:
    """Give a row one of the properties that need no value."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _add_row(
    written: WordTable, row: Row, columns: Sequence[Length], *, fill: str
) -> WordRow:
    added = written.add_row()  # type: ignore[no-untyped-call]
    places = list(added.cells)
    start = 0
    for cell in row.cells:
        place = places[start]
        if cell.span > 1:
            place = place.merge(places[start + cell.span - 1])
        place.width = Length(sum(columns[start : start + cell.span]))
        _fill(place, cell, fill)
        start += cell.span
    return cast("WordRow", added)


def _fill(place: WordCell, cell: Cell, fill: str) -> None:
    shade, is_dark = _shade(cell.kind)
    if shade or fill:
        _set_shade(place, shade or fill)
    if cell.rich:
        _write_rich(place, cell)
        return
    is_head = bool(cell.heads)
    parts = [
        (cell.mark, True),
        (cell.code, True),
        (cell.text, is_head),
        (cell.note, is_head),
    ]
    paragraph = place.paragraphs[0]
    for words, is_bold in parts:
        if words:
            run = paragraph.add_run(clean(f" {words}" if paragraph.runs else words))
            run.bold = is_bold or None
            if is_dark:
                run.font.color.rgb = WHITE


def _write_rich(place: WordCell, cell: Cell) -> None:
    numbers = count()

    def new_paragraph(style: str) -> WordParagraph:
        # A cell always has a first paragraph.
        is_first = not next(numbers)
        paragraph: WordParagraph = (
            place.paragraphs[0] if is_first else place.add_paragraph()
        )
        if style:
            # By id: looking a style up by its name takes ten times as long as the rest.
            paragraph._p.style = style
        return paragraph

    add_rich(cell.rich, new_paragraph)


def _shade(kind: str) -> tuple[str, bool]:
    """The fill of a rating's cell, and whether its words are white."""
    kinds = kind.split()
    for name, (examined, carried) in FILLS.items():
        if name in kinds and "recorded" not in kinds:
            shade = carried if "carried" in kinds else examined
            return shade, shade in DARK
    return "", False


def _set_shade(place: WordCell, fill: str) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:color"), "auto")
    shade.set(qn("w:fill"), fill)
    place._tc.get_or_add_tcPr().append(shade)
