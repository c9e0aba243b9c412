"""Papers as they leave the printer, in a form that tests can look at."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO

from pypdf import PdfReader

from reports.blocks import PaperContent
from reports.printing import paper_html, paper_pdf
from tests.judges.pdf_ua import broken_rules

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
WORDS_A_LINE = 50


def pages_of(content: PaperContent) -> list[str]:
    """The words of each page, a blank between them."""
    pages = PdfReader(BytesIO(paper_pdf(content, created=NOW))).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def html_of(content: PaperContent) -> str:
    return paper_html(content).decode()


def rules_broken_by(papers: Sequence[PaperContent], folder) -> list[str]:
    """What a judge of PDF/UA says against any of them."""
    paths = [folder / f"{number}.pdf" for number, _ in enumerate(papers)]
    for path, content in zip(paths, papers, strict=True):
        path.write_bytes(paper_pdf(content, created=NOW))
    return broken_rules(*paths)


def lines_of_words(name: str, count: int) -> list[str]:
    """As many different words, by their number."""
    return [
        " ".join(f"{name}{number}" for number in range(start, start + WORDS_A_LINE))
        for start in range(0, count, WORDS_A_LINE)
    ]


def words_printed(name: str, pages: Sequence[str]) -> list[str]:
    """The words of ``lines_of_words`` that stand on the pages, in their order."""
    return re.findall(rf"\b{name}\d+", " ".join(pages))
