"""Papers as Word documents: real structure, all words, nothing live."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from reports.annex.compose import compose_annex
from reports.appendix.compose import compose_appendix
from reports.html import content_html
from reports.printing import paper_word
from reports.word.tables import column_widths
from tests.reports.annex.samples import sample_facts as annex_facts
from tests.reports.appendix.samples import (
    RICH,
    many_points,
    point,
    sample_facts,
    subject,
)

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def word_of(content):
    return Document(BytesIO(paper_word(content, created=NOW)))


def appendix(*partials, **values):
    return word_of(compose_appendix(sample_facts(*partials, **values)))


def numbers_of(cell) -> list[int]:
    """Where each numbered point starts or goes on: the id of its numbering."""
    found = (p._p.pPr.numPr for p in cell.paragraphs if p._p.pPr is not None)
    return [each.numId.val for each in found if each is not None]


def test_headings_lists_and_bold_words_are_real_ones():
    document = appendix(subject("1.3.4", point(RICH)))
    cell = document.tables[1].rows[1].cells[2]

    assert [p.style.name for p in document.paragraphs if "Heading" in p.style.name] == [
        "Heading 1",
        "Heading 2",
        "Heading 2",
    ]
    assert [p.style.name for p in cell.paragraphs] == [
        "Normal",
        "List Bullet",
        "List Bullet",
        "List Number",
        "List Number",
        "Normal",
    ]
    assert [run.text for run in cell.paragraphs[0].runs if run.bold] == ["three"]


def test_each_numbered_list_counts_from_its_own_number():
    document = appendix(subject("1.3.4", point("1. a\n2. b", "3. c\n5. e")))
    said, answered = document.tables[1].rows[1].cells[2:]
    starts = {
        num.numId: [start.val for start in num.iter(qn("w:startOverride"))]
        for num in document.part.numbering_part.element.num_lst
    }

    first, second = numbers_of(said)
    third, fifth = numbers_of(answered)
    assert first == second
    assert [starts[first], starts[third], starts[fifth]] == [[1], [3], [5]]


def test_the_head_repeats_on_each_page_and_every_row_of_texts_may_break():
    long = "\n".join(f"Line {number}" for number in range(40))
    table = appendix(subject("1.3.4", point(), point(long))).tables[1]._tbl

    head, *texts = table.tr_lst
    assert [each.tag for each in head.trPr] == [qn("w:tblHeader")]
    assert [row.trPr for row in texts] == [None, None]
    assert table.tblPr.find(qn("w:tblCaption")).get(qn("w:val")).startswith("Partial")


def test_links_lead_to_their_addresses_and_nothing_else_leads_anywhere():
    document = appendix(
        subject("1.3.4", point(RICH, '=cmd|A0 { INCLUDETEXT "c:" } <w:fldSimple/>'))
    )
    outside = {
        each.target_ref for each in document.part.rels.values() if each.is_external
    }

    assert outside == {
        "https://ashby.example/a?b=1&c=2",
        "https://ashby.example/plain",
    }
    fields = document.element.body.iter(qn("w:fldSimple"), qn("w:instrText"))
    assert not list(fields)


def test_characters_that_xml_cannot_hold_do_not_stop_the_paper():
    document = appendix(subject("1.3.4", point("a\x01b\x0bc\ufffe", "d"), title="\x02"))

    assert "a b c" in document.tables[1].rows[1].cells[2].text.replace("\n", " ")


def test_the_document_says_whose_it_is_in_which_language_and_on_which_page():
    content = compose_appendix(sample_facts(is_confirmed=False))
    document = word_of(replace(content, edition="Paper 3, built on 22 November 2026"))
    section = document.sections[0]

    assert document.core_properties.title.endswith("- Ashby Borough Council")
    assert document.core_properties.author == "Ashby Borough Council"
    assert document.core_properties.comments == ""
    languages = {
        each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))
    }
    assert languages == {"en-GB"}
    assert section.page_width > section.page_height
    assert section.header.paragraphs[0].text == "Draft: assessment not confirmed"
    told = "Ashby Borough Council, 2026 review, Paper 3, built on 22 November 2026"
    assert section.footer.paragraphs[0].text.startswith(told)
    fields = section.footer.paragraphs[0]._p.iter(qn("w:fldSimple"))
    assert [field.get(qn("w:instr")) for field in fields] == ["PAGE", "NUMPAGES"]


@pytest.mark.slow
def test_word_says_all_that_the_twin_says():
    content = compose_appendix(many_points(40, RICH))
    twin = unescape(re.sub(r"<[^>]+>", " ", content_html(content)))
    xml = ZipFile(BytesIO(paper_word(content, created=NOW))).read("word/document.xml")
    said = re.sub(r"</w:p>|<w:br/>", " ", xml.decode())
    said = unescape(re.sub(r"<[^>]+>", "", said))

    assert "Comment 19" in twin
    assert set(twin.split()) <= set(said.split())


def test_an_annex_has_its_spanning_rows_and_shaded_ratings():
    document = word_of(compose_annex(annex_facts()))
    [criterion] = [
        table
        for table in document.tables
        if "1.1 Title of 1.1" in table.rows[1].cells[0].text
    ]

    assert len({cell._tc for cell in criterion.rows[1].cells}) == 1
    shades = {each.get(qn("w:fill")) for each in criterion._tbl.iter(qn("w:shd"))}
    assert {"12436D", "93D0CB", "FBC6A3", "D6E0EA"} <= shades
    assert all(
        [each.tag for each in row.trPr] == [qn("w:cantSplit")]
        for row in criterion._tbl.tr_lst[1:]
    )


def test_columns_without_a_share_divide_what_is_left():
    assert list(column_widths((20, 0, 0), 1000)) == [200, 400, 400]
    assert list(column_widths((7, 20, 0, 0), 1000)) == [70, 200, 365, 365]
