"""HTML to PDF: tagged, with nothing fetched and nothing left behind."""

import gc
import logging
import os
import tempfile
import time
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from cse_tracker.core import pdf
from cse_tracker.core.pdf import DocumentInfo, MissingAssetError, html_to_pdf
from tests.judges.pdf_ua import broken_rules

pytestmark = pytest.mark.slow

ABOUT = DocumentInfo(
    title='Annex "One" & more',
    author="Ashby <Borough> Council",
    created=datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
)
PIXEL = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>'


def printed(body: str, stylesheet: str = "", **assets: bytes) -> PdfReader:
    files = {name.replace("_", "."): content for name, content in assets.items()}
    return PdfReader(
        BytesIO(html_to_pdf(body, about=ABOUT, stylesheet=stylesheet, assets=files))
    )


def test_the_document_says_what_it_is_in_which_language():
    document = printed("<h1>Title</h1>")

    assert document.metadata.title == 'Annex "One" & more'
    assert document.metadata.author == "Ashby <Borough> Council"
    assert document.metadata.creation_date == ABOUT.created
    assert document.trailer["/Root"]["/Lang"] == "en-GB"


def test_a_plain_page_keeps_the_rules_of_pdf_ua(tmp_path):
    path = tmp_path / "plain.pdf"
    path.write_bytes(
        html_to_pdf("<h1>Title</h1><p>Words</p>", about=ABOUT, stylesheet="")
    )

    assert broken_rules(path) == []


def test_characters_that_no_font_has_become_question_marks_and_break_nothing(tmp_path):
    path = tmp_path / "strange.pdf"
    body = "<h1>Title</h1><p>a\ue000b\x01c\x85d ŵ e\U000f0000f</p>"
    path.write_bytes(html_to_pdf(body, about=ABOUT, stylesheet=""))

    assert "a?b c d ŵ e?f" in PdfReader(path).pages[0].extract_text()
    assert broken_rules(path) == []


def test_the_judge_finds_a_heading_that_was_skipped_and_a_picture_without_words(
    tmp_path,
):
    path = tmp_path / "faulty.pdf"
    body = '<h1>Title</h1><h4>Deep</h4><img src="asset:p.svg" alt="">'
    path.write_bytes(
        html_to_pdf(body, about=ABOUT, stylesheet="", assets={"p.svg": PIXEL})
    )

    assert broken_rules(path)


ELSEWHERE = [
    "http://127.0.0.1:9/",
    "https://example.org/",
    "file:///etc/passwd",
    "data:,x",
    "x.png",
]
REFERENCES = {
    "picture": '<img src="{}" alt="picture">',
    "stylesheet": '<link rel="stylesheet" href="{}">',
    "import": '<style>@import "{}";</style>',
    "background": '<p style="background: url({})">Words</p>',
    "font": "<style>@font-face {{ font-family: F; src: url({}) }} p {{ font-family: F }}</style>",
    "attachment": '<a rel="attachment" href="{}">Words</a>',
    "attachment of the page": '<link rel="attachment" href="{}">',
    "object": '<object data="{}">Words</object>',
    "embedded": '<embed src="{}">',
    "drawing": '<svg width="9" height="9"><image href="{}" width="9" height="9"/></svg>',
    "base": '<base href="{}"><img src="p.svg" alt="picture">',
}


@pytest.mark.parametrize("address", ELSEWHERE)
@pytest.mark.parametrize("reference", REFERENCES.values(), ids=REFERENCES.keys())
def test_nothing_is_fetched_from_elsewhere_and_the_page_is_printed_all_the_same(
    reference, address, monkeypatch
):
    opened: list[str] = []
    monkeypatch.setattr(
        "urllib.request.OpenerDirector.open", lambda *a, **k: opened.append(a)
    )

    document = printed(reference.format(address) + "<p>Still here</p>")

    assert "Still here" in document.pages[0].extract_text()
    assert opened == []
    assert not document.attachments


def test_what_a_paper_was_given_is_used(caplog):
    with caplog.at_level(logging.WARNING):
        printed('<img src="asset:p.svg" alt="A dot">', p_svg=PIXEL)

    assert caplog.messages == []


def test_an_asset_that_is_missing_is_our_mistake_and_stops_the_printing():
    with pytest.raises(MissingAssetError, match=r"absent\.svg"):
        printed('<img src="asset:absent.svg" alt="Absent">')


def test_no_temporary_file_stays(tmp_path, monkeypatch, settings):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folder = settings.BASE_DIR / "static/vendor/inter"
    font = (folder / "inter-latin-400-normal.woff2").read_bytes()
    face = "@font-face { font-family: Inter; src: url(asset:i.woff2) } p { font-family: Inter }"

    document = printed("<p>Words</p>", face, i_woff2=font)

    [used] = document.pages[0]["/Resources"]["/Font"].values()
    assert "Inter" in used.get_object()["/BaseFont"]
    assert list(tmp_path.iterdir()) == []
    assert tempfile.tempdir == str(tmp_path)


def test_what_a_killed_worker_left_is_removed_and_nothing_else(tmp_path):
    day_before = time.time() - 86_400
    for name in ("cse-paper-old", "cse-paper-new", "other-old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "font").touch()
    for name in ("cse-paper-old", "other-old"):
        os.utime(tmp_path / name, (day_before, day_before))

    pdf.remove_leftovers(Path(tmp_path), before=day_before + 60)

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "cse-paper-new",
        "other-old",
    ]


def test_the_collector_runs_again_after_a_page_that_could_not_be_printed():
    with pytest.raises(MissingAssetError):
        printed('<img src="asset:absent.svg" alt="Absent">')

    assert gc.isenabled()
