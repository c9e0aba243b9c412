"""A paper as files: the tagged PDF, the HTML document, the Word document. Needs no database."""

from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings

from cse_tracker.core.pdf import DocumentInfo, html_to_pdf
from reports.blocks import PaperContent
from reports.html import content_html, standalone_html
from reports.word import word_document

FONT_FILES = "inter-latin*-?00-normal.woff2"


def paper_pdf(content: PaperContent, *, created: datetime) -> bytes:
    """The paper for the meeting: A4 landscape, tagged, with everything embedded."""
    about = DocumentInfo(
        title=f"{content.title} - {content.organisation}",
        author=content.organisation,
        created=created,
        language=content.language,
    )
    return html_to_pdf(
        content_html(content),
        about=about,
        stylesheet=_stylesheet(
            "static/css/paper.css", "templates/reports/print/print.css"
        ),
        assets=_fonts(),
    )


def paper_html(content: PaperContent) -> bytes:
    """The twin for the web: the same blocks, with its stylesheet inside."""
    return standalone_html(content, _stylesheet("static/css/paper.css")).encode()


def paper_word(content: PaperContent, *, created: datetime) -> bytes:
    """The same blocks to work on in Word. Charts are left to the others: see ``word``."""
    return word_document(content, created=created)


@cache
def _stylesheet(*names: str) -> str:
    return "\n".join(
        Path(settings.BASE_DIR, name).read_text(encoding="utf-8") for name in names
    )


@cache
def _fonts() -> dict[str, bytes]:
    folder = Path(settings.BASE_DIR, "static/vendor/inter")
    return {path.name: path.read_bytes() for path in folder.glob(FONT_FILES)}
