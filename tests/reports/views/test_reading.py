"""Reading and downloading: exactly what was built, and nothing that could run."""

import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.reports.views.pages import words


def test_the_governing_body_downloads_the_very_file_that_was_issued(vik, issued):
    answer = vik.get(issued.url("download", file_format="pdf"))

    file = issued.files.get(format="pdf")
    assert hashlib.sha256(answer.content).hexdigest() == file.sha256
    text = PdfReader(BytesIO(answer.content)).pages[0].extract_text()
    assert (
        "2026: 57 elements: 2 Compliance Plus, 54 Compliant, 1 Partial compliance."
        in text
    )


def test_an_issued_paper_says_on_each_page_which_it_is_and_its_frame_when_it_was_issued(
    vik, issued
):
    answer = vik.get(issued.url("download", file_format="pdf"))

    for page in PdfReader(BytesIO(answer.content)).pages:
        assert "Paper 1, built on 22 November 2026" in page.extract_text()
    twin = words(vik.get(issued.url("read")))
    assert "Paper 1, issued on 22 November 2026. " in twin
    assert "Paper 1, built on 22 November 2026 " in twin


@pytest.mark.parametrize(
    ("file_format", "media_type"),
    [("pdf", "application/pdf"), ("html", "text/html; charset=utf-8")],
)
def test_a_file_is_kept_and_never_run(vik, issued, file_format, media_type):
    answer = vik.get(issued.url("download", file_format=file_format))

    assert answer["Content-Type"] == media_type
    assert answer["Content-Disposition"] == (
        'attachment; filename="ashby-borough-council-paper-1-progression-annex-2026-review'
        f'.{file_format}"'
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")


def test_the_twin_shows_the_paper_inside_the_site_under_its_strict_policy(vik, issued):
    page = vik.get(issued.url("read"))

    assert "54 Compliant" in words(page)
    assert page.content.decode().count("<h1") == 1
    assert "style=" not in page.content.decode()
    assert "unsafe-inline" not in page["Content-Security-Policy"]


def test_the_twin_of_an_issued_paper_stays_when_its_data_changes(vik, issued):
    before = words(vik.get(issued.url("read")))
    issued.assessment.results.update(rating="NC")

    assert words(vik.get(issued.url("read"))) == before


@pytest.mark.parametrize("name", ["read", "download"])
def test_a_damaged_file_is_told_and_not_given_out(vik, issued, settings, name):
    for file in issued.files.all():
        Path(settings.MEDIA_ROOT, file.name).write_bytes(b"<script>alert(1)</script>")
    arguments = {"file_format": "html"} if name == "download" else {}

    page = vik.get(issued.url(name, **arguments), follow=True)

    assert "This file is missing or is not what was built" in words(page)
    assert "alert(1)" not in page.content.decode()


def test_a_format_that_does_not_exist_is_not_found(vik, issued):
    assert vik.get(issued.url("download", file_format="exe")).status_code == 404


def test_what_is_not_built_yet_leads_back_to_its_progress(signed_in, cast, paper):
    lena = signed_in(cast.lena)

    assert lena.get(paper.url("read"))["Location"] == paper.get_absolute_url()
