"""Uploading and handing out: hostile files, names and addresses; strangers; double clicks."""

from io import BytesIO
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.db import DatabaseError

from cse_tracker.core.models import Submission
from evidence.models import EvidenceItem, EvidenceVersion
from evidence.services.details import ItemDetails
from evidence.services.items import add_document, add_version
from evidence.services.versions import checked_file
from tests.evidence import files
from tests.evidence.conftest import DATES
from tests.evidence.files import SOUND, office, upload, zipped
from tests.pages import form_of, text_of

NEW = "/o/ashby/evidence/new/"


def bomb() -> bytes:
    """A small .docx that unpacks to 200 MB of zeros."""
    return office("docx", **{"word/media/image1.png": b"\0" * 200 * 1024 * 1024})


def lying_bomb() -> bytes:
    """A .docx whose directory says that a member is small, while 80 MB come out of it."""
    content = bytearray(office("docx", **{"word/big": b"\0" * 80 * 1024 * 1024}))
    size = (80 * 1024 * 1024).to_bytes(4, "little")
    while (at := content.find(size)) >= 0:
        content[at : at + 4] = (10).to_bytes(4, "little")
    return bytes(content)


def locked() -> bytes:
    """A .docx with the mark of a member that has a password."""
    content = bytearray(office("docx"))
    content[content.find(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def many_members() -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for number in range(6000):
            archive.writestr(f"word/{number}", "")
    return packed.getvalue()


HOSTILE = {
    "empty": ("report.pdf", b""),
    "a web page as .pdf": ("report.pdf", files.HTML),
    "a web page as .txt": ("notes.txt", files.HTML),
    "a web page as .csv": ("answers.csv", b"\xef\xbb\xbf  \n<html>"),
    "a web page as .docx": ("letter.docx", files.HTML),
    "an SVG drawing": ("logo.svg", files.SVG),
    "an SVG drawing as .png": ("logo.png", files.SVG),
    "an SVG drawing as .txt": ("logo.txt", files.SVG),
    "a program": ("setup.exe", files.EXE),
    "a program as .docx": ("letter.docx", files.EXE),
    "a program as .pdf": ("report.pdf", files.EXE),
    "a program as .txt": ("notes.txt", files.EXE),
    "a program behind two endings": ("report.pdf.exe", files.PDF),
    "a shell script": ("run.sh", files.SHELL),
    "a web page": ("page.html", files.HTML),
    "JavaScript": ("code.js", b"alert(1)"),
    "a zip": ("all.zip", zipped(a__txt="a")),
    "a zip as .docx": ("letter.docx", zipped(a__txt="a")),
    "a spreadsheet as .docx": ("letter.docx", office("xlsx")),
    "a document with macros": ("letter.docm", office("docx")),
    "an old Word document": ("letter.doc", files.OLE),
    "an old Word document as .docx": ("letter.docx", files.OLE),
    "a picture as .pdf": ("report.pdf", files.png()),
    "a picture of another kind": ("photo.png", files.JPEG),
    "half a document": ("letter.docx", office("docx")[:150]),
    "a document with damage": (
        "letter.docx",
        office("docx").replace(b"PK\x01\x02", b"PK\x09\x09"),
    ),
    "a bomb": ("letter.docx", bomb),
    "a bomb that lies": ("letter.docx", lying_bomb),
    "six thousand members": ("letter.docx", many_members),
    "a document with a password": ("letter.docx", locked),
    "no ending": ("report", files.PDF),
    "nothing but an ending": (".pdf", files.PDF),
    "bytes of nothing as text": ("notes.txt", b"\0" * 100),
    "an address as a name": ("javascript:alert(1)", files.PDF),
}
NAMES = {
    "../../../etc/passwd.pdf": "passwd.pdf",
    "..\\..\\windows\\system32\\report.pdf": "report.pdf",
    "/etc/report.pdf": "report.pdf",
    "C:\\Users\\lena\\report.pdf": "report.pdf",
    "Café £ 客户 отчёт.pdf": "Café £ 客户 отчёт.pdf",
    # The right-to-left mark would make "gpj.pdf" look like "fdp.jpg".
    "photo\u202egpj.pdf": "photogpj.pdf",
    "null\u200bwidth.pdf": "nullwidth.pdf",
    "line\u2028end.pdf": "lineend.pdf",
    "semi;colon, comma.pdf": "semi;colon, comma.pdf",
    f"{'long ' * 100}.pdf": None,
    "<img src=x onerror=alert(1)>.pdf": "<img src=x onerror=alert(1)>.pdf",
    "=HYPERLINK(1).pdf": "=HYPERLINK(1).pdf",
}


@pytest.fixture
def mo(signed_in, cast):
    return signed_in(cast.mo)


@pytest.fixture
def send(mo):
    """``send("name.pdf", content)`` posts the form with that file."""

    def send(name="report.pdf", content=None, **changes):
        form = form_of(mo.get(NEW))
        data = form.sending(title="Survey", file=upload(name, content), **changes)
        return mo.post(NEW, data)

    return send


def downloaded(client, address):
    """The answer and the file's bytes; read to the end, so that the file is closed."""
    answer = client.get(address)
    return answer, b"".join(answer.streaming_content)


def added(cast, **changes) -> EvidenceItem:
    arguments = {
        "organisation": cast.ashby,
        "details": ItemDetails(title="Survey"),
        "upload": checked_file(upload()),
        "dates": DATES,
        "by": cast.lena,
    }
    return add_document(**arguments | changes)


@pytest.mark.parametrize(
    "what",
    [
        pytest.param(what, marks=pytest.mark.slow if "bomb" in what else [])
        for what in HOSTILE
    ],
)
def test_what_we_do_not_take_is_refused_in_words_and_not_kept(send, stored_files, what):
    name, content = HOSTILE[what]

    page = send(name, content() if callable(content) else content)

    assert page.status_code == 200
    assert "There is a problem" in text_of(page)
    assert "id_file_error" in page.content.decode()
    assert stored_files() == []
    assert not EvidenceItem.objects.exists()


def test_a_file_that_is_too_large_is_refused(send, stored_files, settings):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024

    page = send(content=files.PDF + b"\0" * 1024 * 1024)

    assert "larger than 1 MB" in text_of(page)
    assert stored_files() == []


@pytest.mark.parametrize("name", SOUND)
def test_every_kind_that_we_name_is_taken(send, mo, name):
    page = send(name)

    assert page.status_code == 302
    assert name in text_of(mo.get(page.url))


@pytest.mark.parametrize("name", NAMES)
def test_a_files_name_is_kept_as_text_and_never_as_a_path(
    send, mo, stored_files, cast, name
):
    assert send(name, files.PDF).status_code == 302

    version = EvidenceVersion.objects.get()
    if NAMES[name] is not None:
        assert version.file_name == NAMES[name]
    assert len(version.file_name) <= 200
    assert version.file_name.endswith(".pdf")
    [path] = stored_files()
    assert path.startswith(f"{cast.ashby.uuid}/")
    item_page = mo.get("/o/ashby/evidence/1/").content.decode()
    assert "<img src=x" not in item_page


@pytest.mark.parametrize("name", [name for name in NAMES if NAMES[name]])
def test_a_download_says_the_name_and_nothing_else(mo, send, name):
    send(name, files.PDF)

    answer, _ = downloaded(mo, "/o/ashby/evidence/1/1/file/")

    header = answer.headers["Content-Disposition"]
    assert header.startswith("attachment; filename")
    assert "\n" not in header
    assert header.isascii()
    if not NAMES[name].isascii():
        assert header.endswith(f"filename*=utf-8''{quote(NAMES[name])}")


def test_a_quotation_mark_does_not_end_the_name_of_a_download(mo, cast):
    name = 'a";filename="evil.html.pdf'
    added(cast, upload=checked_file(upload(name, files.PDF)))

    answer, _ = downloaded(mo, "/o/ashby/evidence/1/1/file/")

    assert answer.headers["Content-Disposition"] == (
        r'attachment; filename="a\";filename=\"evil.html.pdf"'
    )


def test_a_download_can_do_nothing_in_a_browser(mo, send):
    send("answers.csv")

    answer, content = downloaded(mo, "/o/ashby/evidence/1/1/file/")

    assert content == SOUND["answers.csv"]
    assert answer.headers["Content-Type"] == "text/csv"
    assert answer.headers["Content-Length"] == str(len(SOUND["answers.csv"]))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_each_version_hands_out_its_own_file(mo, cast, document):
    source = checked_file(upload("letter.docx"))
    add_version(item=document, source=source, dates=DATES, by=cast.lena)

    for number, name in (1, "report.pdf"), (2, "letter.docx"):
        _, content = downloaded(mo, f"/o/ashby/evidence/1/{number}/file/")
        assert content == SOUND[name]


@pytest.mark.parametrize("path", ["1/2/file/", "2/1/file/", "1/0/file/"])
def test_a_version_that_does_not_exist_is_not_found(mo, document, path):
    assert mo.get(f"/o/ashby/evidence/{path}").status_code == 404


def test_a_link_has_no_file_to_hand_out(mo, link_item):
    assert mo.get("/o/ashby/evidence/1/1/file/").status_code == 404


def test_a_file_that_went_missing_is_not_an_error_page(mo, document, caplog):
    document.versions.get().file.delete(save=False)

    assert mo.get("/o/ashby/evidence/1/1/file/").status_code == 404
    assert "is missing" in caplog.text


def test_only_who_may_read_gets_the_file(signed_in, cast, document):
    address = "/o/ashby/evidence/1/1/file/"

    assert downloaded(signed_in(cast.cass), address)[1] == files.PDF
    assert signed_in(cast.vik).get(address).status_code == 403
    assert signed_in(cast.sam).get(address).status_code == 404


def test_another_organisations_file_is_not_reached_through_ones_own(
    signed_in, cast, document
):
    added(
        cast,
        organisation=cast.elsewhere,
        by=cast.sam,
        upload=checked_file(upload("notes.txt")),
    )

    _, content = downloaded(signed_in(cast.sam), "/o/elsewhere/evidence/1/1/file/")

    assert content == SOUND["notes.txt"]


def test_nobody_signed_in_gets_the_sign_in_page(client, document):
    answer = client.get("/o/ashby/evidence/1/1/file/")

    assert answer.status_code == 302
    assert "/account/login/" in answer.url


def test_stored_files_have_no_address_of_their_own(mo, document, stored_files):
    [path] = stored_files()

    for address in (f"/media/{path}", f"/{path}", f"/static/{path}"):
        assert mo.get(address).status_code == 404


def test_a_form_that_is_sent_twice_makes_one_item_and_one_file(mo, stored_files):
    form = form_of(mo.get(NEW))

    first, second = (
        mo.post(NEW, form.sending(title="Survey", file=upload())) for _ in range(2)
    )

    assert first.url == second.url
    assert EvidenceItem.objects.count() == 1
    assert len(stored_files()) == 1


def test_a_failure_after_the_item_was_written_leaves_no_file(
    mo, stored_files, monkeypatch
):
    save = Submission.save

    def fail_at_last(submission, **kwargs):
        if "update_fields" in kwargs:
            assert len(stored_files()) == 1
            raise DatabaseError("the disk is full")
        save(submission, **kwargs)

    form = form_of(mo.get(NEW))
    monkeypatch.setattr(Submission, "save", fail_at_last)

    with pytest.raises(DatabaseError):
        mo.post(NEW, form.sending(title="Survey", file=upload()))

    assert not EvidenceItem.objects.exists()
    assert stored_files() == []


def test_a_mistake_elsewhere_asks_for_the_file_again(mo, stored_files):
    form = form_of(mo.get(NEW))

    page = mo.post(NEW, form.sending(title="", file=upload(), description="Good"))

    assert "Enter the title" in text_of(page)
    assert "Select the document again" in text_of(page)
    assert form_of(page).values["description"] == ["Good"]
    assert stored_files() == []
