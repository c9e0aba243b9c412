"""The annex as PDF: sound for assistive technology, complete, the same on every page."""

import logging
import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from reports.about import UNCONFIRMED
from reports.annex.compose import compose_annex
from reports.printing import paper_html, paper_pdf
from tests.reports.annex.samples import many_elements, sample_facts
from tests.reports.printed import NOW, pages_of, rules_broken_by

pytestmark = pytest.mark.slow

EMPTY = {"1.1.1": [""]}


def printed(*args, **changes) -> PdfReader:
    content = compose_annex(sample_facts(*args, **changes))
    return PdfReader(BytesIO(paper_pdf(content, created=NOW)))


def words_of(document: PdfReader) -> str:
    """All words, with line breaks within a sentence taken out."""
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())


def test_annexes_of_every_size_keep_the_rules_of_pdf_ua(tmp_path):
    welsh = {"1.1.1": "Gwasanaeth cŵn a thŷ", "1": "Criterion “quoted” ≥ Łódź"}
    records = [
        sample_facts(EMPTY),
        sample_facts(titles=welsh, is_confirmed=False),
        sample_facts(many_elements(200)),
    ]
    papers = [compose_annex(facts) for facts in records]

    assert rules_broken_by(papers, tmp_path) == []


def test_every_page_is_a4_landscape_and_says_whose_it_is_and_its_number():
    document = printed(many_elements(60))

    assert len(document.pages) > 3
    for number, page in enumerate(document.pages, 1):
        text = page.extract_text()
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 595)
        assert "Ashby Borough Council" in text
        assert "progression annex" in text
        assert f"Page {number} of {len(document.pages)}" in text


def test_a_table_over_several_pages_repeats_its_head_on_each():
    document = printed(many_elements(60))

    with_rows = [
        p.extract_text() for p in document.pages if "We do what" in p.extract_text()
    ]
    assert len(with_rows) > 2
    assert all(
        "Ref" in text and "Element" in text and "2025" in text for text in with_rows
    )


@pytest.mark.parametrize("count", [30, 54])
def test_no_row_stands_alone_with_the_total_of_its_table(count):
    last_page = printed(many_elements(count)).pages[-1].extract_text()

    assert "Elements sampled" in last_page
    assert len(set(re.findall(r"\b1\.\d\.\d+\b", last_page))) == 2


def test_every_rating_is_printed_as_its_code_so_that_grey_is_enough():
    cells = {"1.1.1": ["NC", "X CP", "<CP"], "1.1.2": ["PC", "X NC", "n/a"]}
    words = words_of(printed(cells))

    assert "1.1.1 Title of 1.1.1 We do what 1.1.1 asks. NC X CP CP from 2025" in words
    assert "1.1.2 Title of 1.1.2 We do what 1.1.2 asks. PC X NC n/a" in words
    assert "Elements sampled all 2 0" in words


def test_an_unconfirmed_assessments_annex_says_so_on_each_page():
    document = printed(is_confirmed=False)

    assert all(UNCONFIRMED in page.extract_text() for page in document.pages)


def test_a_confirmed_ones_says_it_nowhere():
    assert "Draft" not in words_of(printed())


def test_bookmarks_lead_to_each_criterion():
    titles = [item["/Title"] for item in flat(printed().outline)]

    assert titles[0] == "Customer Service Excellence: progression annex"
    assert "Criterion 1: Title of 1" in titles
    assert "Criterion 2: Title of 2" in titles


def test_one_shipped_font_family_is_embedded_and_no_other():
    document = printed(titles={"1.1.1": "Gwasanaeth cŵn a thŷ ↑"})

    names = {
        font.get_object()["/BaseFont"].partition("+")[2]
        for page in document.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert names == {"Inter", "Inter-Bold", "Inter-Extended-Bold"}
    assert "cŵn a thŷ ↑" in words_of(document)


def test_the_stylesheets_hold_nothing_that_print_would_ignore(caplog):
    with caplog.at_level(logging.WARNING):
        printed()

    assert caplog.messages == []


def test_charts_have_words_instead_for_those_who_cannot_see_them():
    document = printed()
    objects = (
        document.get_object(number)
        for number in range(1, len(document.xref_objStm) or 2000)
    )
    alternatives = {
        str(one["/Alt"]) for one in objects if isinstance(one, dict) and "/Alt" in one
    }

    assert alternatives == {
        "Elements by rating, 2024 to 2026",
        "Elements with Compliance Plus, 2024 to 2026",
    }


def test_the_twin_holds_the_same_words_as_the_pdf():
    twin = paper_html(compose_annex(sample_facts())).decode()

    for words in (
        "Elements sampled",
        "What changed between 2025 and 2026",
        "Title of 2.1.1",
    ):
        assert words in twin
        assert words in words_of(printed())
    assert "url(" not in twin.replace("url(#ratings-hatched)", "")


def flat(outline) -> list:
    return [
        leaf
        for item in outline
        for leaf in (flat(item) if isinstance(item, list) else [item])
    ]


@pytest.mark.slow
def test_an_annex_begins_its_criteria_after_two_full_pages():
    cells = {ref: ["C"] * 6 for ref in many_elements(57)}

    pages = pages_of(compose_annex(sample_facts(cells)))

    assert "Number of elements with each rating" in pages[0]
    assert "What changed between" in pages[1]
    assert "How to read the tables" in pages[1]
    assert "Criterion 1:" in pages[2]
