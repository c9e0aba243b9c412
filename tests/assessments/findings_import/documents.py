"""Reports with tables of findings and planted faults: made as Word files, HTML and plain text."""

from collections.abc import Sequence
from functools import cache
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from assessments.importing.findings.reading import FindingsReading, read_findings
from assessments.standard_file import STANDARDS_DIR, read_standard
from assessments.tree import Node, Tree
from cse_tracker.core.text_tables.tables import TextCell, TextTable
from cse_tracker.core.text_tables.word import read_word

Lines = Sequence[Sequence[str]]

HEADING = ("Ref", "Element", "Assessor Comments", "Recommended responses")
PARTIALS = (
    HEADING,
    (
        "1.3.4",
        "Targets for satisfaction take effort to reach",
        "• The ferry desk has no target.\n• The harbour tour has one for show.",
        "Both desks will have a target by spring.",
    ),
    (
        "",
        "",
        "• Nobody asks anglers whether they are content.",
        "Anglers are asked in June. The queue at the slipway fell, on a typical Sunday, to",
    ),
    (
        "",
        "Policies for recruiting, training and developing staff show a commitment",
        "New wardens wait a year for their course.",
        "• between four and six boats.\n• A course runs every quarter.",
    ),
    ("3.3.2", "", "The tide-table page collects remarks nobody reads.", "Read daily."),
    ("5.1.1", "", "Letters have no time limit (see 3.3.2).", "Response as above."),
)
IMPROVEMENTS = (
    ("Ref", "Assessor Comments", "Response/Recommendation"),
    ("1.2.1", "You may wish to ask the rowing club.", "We will write to them."),
    ("3.4.2", "", "The pilots and the coastguard share a rota."),
)
APPENDIX = (
    ("Partial Compliance", PARTIALS),
    ("Areas for improvement", IMPROVEMENTS),
)

# A table out of a PDF: a row for each line of print, the heading over again on each page.
CUT_UP = """## Partial Compliance

Ref\tElement\tAssessor Comments\tRecommended responses
1.3.4\tTargets for satisfaction\t<ul> <li>The ferry desk has no target.</li> </ul>\tIt will have one.
\t\t• The harbour tour was timed once, and nobody\tWe time it each month now. In May it took

Ref\tElement\tAssessor Comments\tRecommended responses
\t\tknows what became of it. Some say that the\ttwenty minutes, in June
\t\tboat was late.\tfifteen.
\t\t\tThe skipper keeps a log.

Ref\tElement\tAssessor Comments\tRecommended responses
Ref\tElement  Policies for recruiting, training\tNew wardens wait a year. Their worries are\t- half of what it was.
\tand developing staff show commitment\t\tSince spring a course runs every

Ref\tElement\tAssessor Comments\tRecommended responses
\t\t1. The night watch.\tquarter, as wardens asked.
\t\t2. The far pier in\t
\t\twinter.\t
\t\tOn the last day you showed us a new rota.\t
3.3.2\tHow customers deal with us\tThe tide-table page collects remarks that\tRead daily.
\tthrough each channel\tnobody reads.\t
5.1.1\tHow soon we respond\tLetters have no time limit.\tResponse as above.
\tby letter or by phone\t\t•

## Areas for improvement

Ref\tAssessor Comments\tResponse/Recommendation
1.2.1\tYou may wish to ask\tWe will write to
\tthe rowing club.\tthem, and to the divers
Ref\tAssessor Comments\tResponse/Recommendation (if they have an address).
3.4.2\t\tThe pilots share a rota.
"""


def own_tree() -> Tree:
    """The standard in our own words, without a database."""
    file = read_standard(next(STANDARDS_DIR.glob("*.yaml")))
    return Tree(
        Node(number, node.ref, node.kind, node.title, node.statement)
        for number, node in enumerate(file.nodes, 1)
    )


def word_file(parts: Sequence[tuple[str, Lines]]) -> bytes:
    """A Word document of titles and tables; a line end in a cell is a line break."""
    document = Document()
    for title, lines in parts:
        document.add_heading(title, level=2)
        table = document.add_table(rows=len(lines), cols=len(lines[0]))
        for row, texts in zip(table.rows, lines, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    return saved(document)


def saved(document) -> bytes:
    content = BytesIO()
    document.save(content)
    return content.getvalue()


@cache
def appendix() -> bytes:
    """The same bytes each time, which the clock in an archive would change."""
    return word_file(APPENDIX)


def upload(data: bytes | None = None, name: str = "appendix.docx"):
    return SimpleUploadedFile(name, appendix() if data is None else data)


def table(lines: Lines, title: str = "Partial Compliance") -> TextTable:
    """The table as reading a document gives it."""
    rows = tuple(tuple(TextCell(text) for text in line) for line in lines)
    return TextTable(1, rows, (title,))


def reading_of(*lines: Sequence[str], title: str = "Partial Compliance"):
    return read_findings([table(lines, title)], own_tree())


def reading_of_word(data: bytes) -> FindingsReading:
    return read_findings(read_word(data), own_tree())
