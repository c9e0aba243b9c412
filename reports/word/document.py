"""The document around the blocks: page, styles, language, header and footer. Pure."""

from datetime import UTC, datetime
from functools import singledispatch
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from reports.blocks import (
    Block,
    BulletList,
    Figure,
    Heading,
    PaperContent,
    Paragraph,
    Side,
    Table,
)
from reports.word.rich import clean
from reports.word.tables import add_table

PAGE_WIDTH, PAGE_HEIGHT, MARGIN = Mm(297), Mm(210), Mm(15)
TEXT_WIDTH = Mm(297 - 2 * 15)
# On every computer that has Word; a font that is missing would be replaced by any other.
FONT = "Arial"
BLUE = RGBColor(0x12, 0x43, 0x6D)
# Size in points and space before, by style.
STYLES = {
    "Heading 1": (22, 0),
    "Heading 2": (15, 16),
    "Heading 3": (12, 10),
    "Caption": (10, 6),
}


def word_document(content: PaperContent, *, created: datetime) -> bytes:
    """The paper as .docx: A4 landscape, real headings and lists, tables with repeated heads.

    Drawings are left out; the table beside each has its numbers.
    """
    document = Document()
    _set_up(document, content)
    _describe(document, content, created)
    document.add_paragraph(clean(content.organisation)).runs[0].bold = True
    document.add_heading(clean(content.title), level=1)
    document.add_paragraph(clean(content.subtitle))
    if content.edition:
        document.add_paragraph(clean(content.edition))
    for block in content.blocks:
        _add(block, document)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


@singledispatch
def _add(block: Block | Side, document: WordDocument) -> None:
    raise TypeError(f"No Word for {type(block).__name__}.")


@_add.register
def _heading(block: Heading, document: WordDocument) -> None:
    heading = document.add_heading(clean(block.text), level=block.level)
    heading.paragraph_format.page_break_before = block.starts_page


@_add.register
def _paragraph(block: Paragraph, document: WordDocument) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(clean(block.text)).bold = block.kind in {"lead", "count"}
    # It counts what the table below it has.
    paragraph.paragraph_format.keep_with_next = block.kind == "count"


@_add.register
def _bullet_list(block: BulletList, document: WordDocument) -> None:
    for item in block.items:
        document.add_paragraph(clean(item), style="List Bullet")


@_add.register
def _figure(block: Figure, document: WordDocument) -> None:
    words = f"Chart in the PDF and on the web page: {block.caption}."
    document.add_paragraph(clean(words))


@_add.register
def _table(block: Table, document: WordDocument) -> None:
    add_table(document, block, width=TEXT_WIDTH)


@_add.register
def _side(block: Side, document: WordDocument) -> None:
    for column in block.columns:
        for inner in column:
            _add(inner, document)


def _set_up(document: WordDocument, content: PaperContent) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN
    section.header_distance = section.footer_distance = MARGIN // 2
    _set_styles(document, content.language)
    if content.stamp:
        header = section.header.paragraphs[0].add_run(clean(content.stamp))
        header.bold = True
    footer = section.footer.paragraphs[0]
    told = (content.organisation, content.subtitle, content.edition)
    footer.text = clean(f"{', '.join(filter(None, told))}\tPage ")
    # The template's are those of an upright page.
    document.styles["Footer"].paragraph_format.tab_stops.clear_all()
    footer.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    _add_field(footer, "PAGE")
    footer.add_run(" of ")
    _add_field(footer, "NUMPAGES")


def _set_styles(document: WordDocument, language: str) -> None:
    """One font and the paper's language in all styles, whatever the template's theme says."""
    styles = document.styles.element
    for fonts in styles.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), FONT)
    for spoken in styles.iter(qn("w:lang")):
        spoken.set(qn("w:val"), language)
    normal = document.styles["Normal"]
    normal.font.size = Pt(10)
    normal.paragraph_format.space_after = Pt(4)
    normal.paragraph_format.line_spacing = 1.1
    for name, (size, before) in STYLES.items():
        style = document.styles[name]
        style.font.size, style.font.color.rgb = Pt(size), BLUE
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(4)
        style.paragraph_format.keep_with_next = True


def _describe(document: WordDocument, content: PaperContent, created: datetime) -> None:
    about = document.core_properties
    about.title = clean(f"{content.title} - {content.organisation}")[:255]
    about.author = about.last_modified_by = clean(content.organisation)[:255]
    about.language, about.comments = content.language, ""
    # In UTC, as the format wants it.
    about.created = about.modified = created.astimezone(UTC).replace(tzinfo=None)


def _add_field(paragraph: WordParagraph, code: str) -> None:
    """A number that Word counts: ours alone, never one that stands in a text."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = "1"
    run.append(words)
    field.append(run)
