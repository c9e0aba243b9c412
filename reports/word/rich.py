"""A text's tree as paragraphs of Word: real lists, bold words, links. Pure."""

import re
from collections.abc import Callable, Iterable

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.parts.document import DocumentPart
from docx.shared import RGBColor
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from cse_tracker.core.rich_text.tree import (
    Blocks,
    Bold,
    Break,
    Item,
    Link,
    Paragraph,
    Part,
    Points,
    Text,
)

LINK_BLUE = RGBColor(0x1A, 0x65, 0xA6)
# XML has no way to write them, and they mean nothing.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# Gives the next paragraph to write into, in the style with that id ("" is the usual one).
NewParagraph = Callable[[str], WordParagraph]


def clean(words: str) -> str:
    """The words without characters that no Word document can hold."""
    return _UNWRITABLE.sub(" ", words)


def add_rich(blocks: Blocks, new_paragraph: NewParagraph) -> None:
    """Write the text, each paragraph and point into a paragraph of its own."""
    for block in blocks:
        match block:
            case Paragraph(parts):
                _add_parts(parts, new_paragraph(""))
            case Points():
                _add_points(block, new_paragraph, level=1)


def _add_points(points: Points, new_paragraph: NewParagraph, level: int) -> None:
    name = "ListNumber" if points.is_numbered else "ListBullet"
    style = name if level == 1 else f"{name}{level}"
    numbering, follows = 0, 0
    for item in points.items:
        paragraph = new_paragraph(style)
        if item.number is not None:
            if item.number != follows:
                numbering = _numbering_from(item.number, paragraph)
            _number(paragraph, numbering)
            follows = item.number + 1
        _add_item(item, paragraph, new_paragraph, level)


def _add_item(
    item: Item, paragraph: WordParagraph, new_paragraph: NewParagraph, level: int
) -> None:
    _add_parts(item.parts, paragraph)
    for nested in item.nested:
        _add_points(nested, new_paragraph, level + 1)


def _numbering_from(start: int, paragraph: WordParagraph) -> int:
    """A numbering of its own for this list, or Word would count on from the list before."""
    style = paragraph.style
    assert style is not None  # noqa: S101  # given by its name just before
    of_style = style.element.pPr.numPr.numId.val
    part = paragraph.part
    assert isinstance(part, DocumentPart)  # noqa: S101  # we write no lists into a footer
    numbers = part.numbering_part.element
    abstract = numbers.num_having_numId(of_style).abstractNumId.val
    numbering = numbers.add_num(abstract)
    numbering.add_lvlOverride(ilvl=0).add_startOverride(start)
    return int(numbering.numId)


def _number(paragraph: WordParagraph, numbering: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = numbering


def _add_parts(
    parts: Iterable[Part], paragraph: WordParagraph, *, is_bold: bool = False
) -> None:
    for part in parts:
        match part:
            case Text(words):
                # None takes over what the style says.
                paragraph.add_run(clean(words)).bold = is_bold or None
            case Break():
                paragraph.add_run().add_break()
            case Bold(inner):
                _add_parts(inner, paragraph, is_bold=True)
            case Link(address, inner):
                _add_link(address, inner, paragraph, is_bold=is_bold)


def _add_link(
    address: str, parts: Iterable[Part], paragraph: WordParagraph, *, is_bold: bool
) -> None:
    """Words that lead to a web or mail address; the text's reader lets no other pass."""
    before = len(paragraph._p)
    _add_parts(parts, paragraph, is_bold=is_bold)
    link = OxmlElement("w:hyperlink")
    target = paragraph.part.relate_to(
        clean(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True
    )
    link.set(qn("r:id"), target)
    for element in list(paragraph._p)[before:]:
        link.append(element)
        run = Run(element, paragraph)
        run.font.color.rgb, run.font.underline = LINK_BLUE, True
    paragraph._p.append(link)
