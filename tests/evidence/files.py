"""Small files to upload, sound ones and hostile ones."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n42\n%%EOF\n"
GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00/\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 56 + b"PE\x00\x00"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><script>alert(document.cookie)</script></html>"
SHELL = b"#!/bin/sh\nrm -rf /\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600

OFFICE = {
    "docx": "word/document.xml wordprocessingml.document",
    "xlsx": "xl/workbook.xml spreadsheetml.sheet",
    "pptx": "ppt/presentation.xml presentationml.presentation",
}
OPEN = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}


def png() -> bytes:
    """One black pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\x00\x00")
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", pixels)
        + chunk(b"IEND", b"")
    )


def zipped(**members: bytes | str) -> bytes:
    """A zip with these members; ``__`` in a name is a dot, ``_S_`` a slash."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_S_", "/").replace("__", "."), content)
    return packed.getvalue()


def office(kind: str, **more: bytes) -> bytes:
    """A document as Word, Excel or PowerPoint declares it."""
    part, name = OFFICE[kind].split()
    declared = f"application/vnd.openxmlformats-officedocument.{name}.main+xml"
    types = f'<Types><Override PartName="/{part}" ContentType="{declared}"/></Types>'
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr(part, "<document/>")
        for member, content in more.items():
            archive.writestr(member, content)
    return packed.getvalue()


def open_document(kind: str) -> bytes:
    """A document as LibreOffice declares it."""
    return zipped(
        mimetype=f"application/vnd.oasis.opendocument.{OPEN[kind]}",
        content__xml="<office/>",
    )


SOUND = {
    "report.pdf": PDF,
    "letter.docx": office("docx"),
    "figures.xlsx": office("xlsx"),
    "slides.pptx": office("pptx"),
    "letter.odt": open_document("odt"),
    "figures.ods": open_document("ods"),
    "slides.odp": open_document("odp"),
    "photo.png": png(),
    "photo.jpg": JPEG,
    "PHOTO.JPEG": JPEG,
    "photo.gif": GIF,
    "photo.webp": WEBP,
    "notes.txt": "Café, 5 £\n".encode(),
    "answers.csv": b"Question,Answer\r\nHappy?,yes\r\n",
}


def upload(name: str = "report.pdf", content: bytes | None = None):
    """A file as a browser sends it; a sound one of that name if no content is given."""
    return SimpleUploadedFile(name, SOUND[name] if content is None else content)
