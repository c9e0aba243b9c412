"""Uploads: name and content must agree, and a refusal says what to do."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files import File

from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.uploads import UploadedKind, check_upload, safe_name
from tests.core.tables.workbooks import workbook_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 50
WORD = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
)
SAMPLES = {
    "a.pdf": b"%PDF-1.7\n...\nstartxref\n9\n%%EOF\n",
    "later.pdf": b"\n\n%PDF-1.4\n...\nstartxref\n11\n%%EOF\n",
    "a.xlsx": workbook_of(["a"]),
    "a.png": PNG,
    "a.jpeg": b"\xff\xd8\xff\xe0" + b"\0" * 50,
    "a.gif": b"GIF89a" + b"\0" * 50,
    "a.csv": b"a,b\n1,2\n",
    "a.txt": "Grüße".encode(),
    "utf16.csv": "a,b\n".encode("utf-16"),
}


def zip_of(**members):
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr({"types": "[Content_Types].xml"}.get(name, name), content)
    return stream.getvalue()


def office(main_type):
    return zip_of(types=f'<Types><Override ContentType="{main_type}"/></Types>')


def check(name, content, allowed=frozenset(UploadedKind), **limits):
    file = File(BytesIO(content), name=name)
    return check_upload(file, allowed=allowed, **limits)


def refusal(name, content, **arguments):
    with pytest.raises(RuleBroken) as refused:
        check(name, content, **arguments)
    return str(refused.value)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sound_file_is_known_by_its_content(name):
    suffix = name.rpartition(".")[2].replace("jpeg", "jpg")

    assert check(name, SAMPLES[name]) == suffix


def test_a_word_document_is_known_by_what_its_zip_declares():
    assert check("a.docx", office(WORD)) is UploadedKind.DOCX


def test_an_open_document_is_known_by_its_first_member():
    text = zip_of(mimetype="application/vnd.oasis.opendocument.text")

    assert check("a.odt", text) is UploadedKind.ODT


def test_the_file_stands_at_its_start_afterwards():
    file = File(BytesIO(b"a,b\n"), name="a.csv")

    check_upload(file, allowed={UploadedKind.CSV})

    assert file.read() == b"a,b\n"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        (
            "a.xls",
            OLE,
            "old Excel workbook (.xls). Open it in Excel and save it as .xlsx",
        ),
        ("a.xlsx", OLE, "old Office format"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("a.xlsm", SAMPLES["a.xlsx"], "macros"),
        ("a.xlsb", SAMPLES["a.xlsx"], "binary Excel"),
        ("a.doc", OLE, "old Word document"),
        ("a.xlsx", b"<html><table><tr><td>1.1</td></tr></table></html>", "web page"),
        ("a.csv", b"\xef\xbb\xbf <!DOCTYPE html><script>", "web page"),
        ("a.xlsx", office(WORD), "not what its name says"),
        ("a.docx", SAMPLES["a.xlsx"], "not what its name says"),
        ("a.pdf", b"MZ" + b"\0" * 200, "not what its name says"),
        ("a.pdf", b"%PDF-1.4\nA letter in a text file.\n", "not what its name says"),
        ("a.pdf", SAMPLES["a.pdf"][:20], "not what its name says"),
        ("a.pdf", b"%PDF-1.4\nstartxref\n999999\n%%EOF", "not what its name says"),
        ("a.png", b"GIF89a" + b"\0" * 50, "not what its name says"),
        ("a.csv", PNG, "not what its name says"),
        ("a.csv", b"a,\0b", "not what its name says"),
        ("a.xlsx", b"PK\x03\x04 and nothing more", "damaged"),
        ("a.svg", b"<svg onload='x()'/>", "Choose a file that ends in"),
        ("noname", b"a,b", "Choose a file that ends in"),
        ("a.csv", b"", "empty"),
    ],
)
def test_anything_else_is_refused_with_words(name, content, words):
    assert words in refusal(name, content)


def test_a_kind_that_is_not_allowed_here_names_those_that_are():
    allowed = {UploadedKind.XLSX, UploadedKind.CSV}

    assert refusal("a.pdf", SAMPLES["a.pdf"], allowed=allowed) == (
        "Choose a file that ends in .xlsx or .csv."
    )
    assert refusal("a.pdf", SAMPLES["a.pdf"], allowed={UploadedKind.DOCX}) == (
        "Choose a file that ends in .docx."
    )


def test_a_spreadsheet_in_open_document_format_is_told_how_to_save():
    words = refusal("a.ods", b"PK\x03\x04", allowed={UploadedKind.XLSX})

    assert "save it as .xlsx" in words


def test_a_file_that_is_too_large_is_not_read():
    assert refusal("a.csv", b"a" * 2_000_000, max_bytes=1024**2) == (
        "This file is larger than 1 MB. Choose a smaller one."
    )


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/annex.xlsx", "annex.xlsx"),
        ("C:\\Papers\\annex.xlsx", "annex.xlsx"),
        ("an\x00nex\n.csv", "annex.csv"),
        ("a" * 300 + ".xlsx", "a" * 195 + ".xlsx"),
    ],
)
def test_only_the_printable_last_part_of_a_name_is_kept(name, kept):
    assert safe_name(name) == kept
