"""Whatever somebody sends in place of a report is refused with words."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document

from assessments.services.findings_staging import pasted_source, word_source
from cse_tracker.core.errors import RuleBroken
from tests.assessments.findings_import.documents import (
    appendix,
    saved,
    upload,
    word_file,
)


def tampered(part, change):
    """The appendix with one part of its archive changed."""
    out = BytesIO()
    with ZipFile(BytesIO(appendix())) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            data = change(data) if name == part else data
            if data is not None:
                new.writestr(name, data)
    return out.getvalue()


DOCUMENT = "word/document.xml"
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;&a;">'
    b'<!ENTITY x SYSTEM "file:///etc/hostname">]><d>&b;&x;</d>'
)


def with_rows(rows):
    """The appendix with these rows in its first table too, as XML."""
    return tampered(
        DOCUMENT, lambda data: data.replace(b"</w:tbl>", rows + b"</w:tbl>", 1)
    )


def row(properties):
    return b"<w:tr><w:tc><w:tcPr>%b</w:tcPr><w:p/></w:tc></w:tr>" % properties


HOSTILE = {
    "a cell over 2e9 columns": with_rows(row(b'<w:gridSpan w:val="2000000000"/>')),
    "2,000 merged rows": with_rows(row(b"<w:vMerge/>") * 2_000),
    "no archive": b"PK\x03\x04" + b"\0" * 500,
    "cut off": appendix()[:4000],
    "no document": tampered(DOCUMENT, lambda data: None),
    "broken XML": tampered(DOCUMENT, lambda data: data[:-40]),
    "entities": tampered(DOCUMENT, lambda data: ENTITIES),
    "bomb": tampered(DOCUMENT, lambda data: data + b" " * 30_000_000),
    "no relations": tampered("_rels/.rels", lambda data: b"<Relationships/>"),
    "other XML": tampered(DOCUMENT, lambda data: b"<html/>"),
    "no tables": saved(Document()),
    "long cell": word_file(
        [("Partial", [("Ref", "Comments"), ("1.1.1", "x" * 20_001)])]
    ),
    "a web page": b"<html><table><tr><td>Ref</td></tr></table></html>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_wrong_file_is_refused_with_words(name):
    with pytest.raises(RuleBroken):
        word_source(upload(HOSTILE[name]))


@pytest.mark.parametrize(
    "html",
    ["<div>" * 5_000, "<table>" + "<tr><td>x" * 40_000, "<table>" + "x" * 3_000_001],
    ids=["deep", "many cells", "long"],
)
def test_a_paste_made_to_keep_the_server_busy_is_refused(html):
    with pytest.raises(RuleBroken):
        pasted_source(html=html, text="")


def test_no_entity_of_a_document_is_fetched_or_unfolded():
    words = b"<w:t>1.3.4</w:t>"
    secret = tampered(
        DOCUMENT,
        lambda data: data.replace(
            b"<w:document",
            b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:document',
            1,
        ).replace(words, b"<w:t>1.3.4&x;</w:t>", 1),
    )

    tables = word_source(upload(secret)).tables

    assert tables[0].rows[1][0].text == "1.3.4"
