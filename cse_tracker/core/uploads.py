"""What kind of file somebody sends: its name and its content must say the same thing."""

import re
from collections.abc import Collection
from enum import StrEnum
from pathlib import PurePath
from typing import Any

import filetype
from django.conf import settings
from django.core.files import File

from cse_tracker.core.archives import open_archive
from cse_tracker.core.errors import RuleBroken

HEAD_BYTES = 8192
# Some programs write a little after the end of a PDF.
TAIL_BYTES = 8192
MAX_UNPACKED_BYTES = 400 * 1024 * 1024
MAX_NAME_CHARACTERS = 200


class UploadedKind(StrEnum):
    """The kinds of file that people may send, named by their usual extension."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"
    PNG = "png"
    JPEG = "jpg"
    GIF = "gif"
    WEBP = "webp"
    CSV = "csv"
    TEXT = "txt"

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self]

    @property
    def is_image(self) -> bool:
        return self.media_type.startswith("image/")

    @property
    def is_text(self) -> bool:
        return self.media_type.startswith("text/")


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
MEDIA_TYPES = {
    UploadedKind.PDF: "application/pdf",
    UploadedKind.DOCX: f"{_OFFICE}.wordprocessingml.document",
    UploadedKind.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    UploadedKind.PPTX: f"{_OFFICE}.presentationml.presentation",
    UploadedKind.ODT: f"{_OPEN}.text",
    UploadedKind.ODS: f"{_OPEN}.spreadsheet",
    UploadedKind.ODP: f"{_OPEN}.presentation",
    UploadedKind.PNG: "image/png",
    UploadedKind.JPEG: "image/jpeg",
    UploadedKind.GIF: "image/gif",
    UploadedKind.WEBP: "image/webp",
    UploadedKind.CSV: "text/csv",
    UploadedKind.TEXT: "text/plain",
}
KINDS_BY_SUFFIX = {f".{kind}": kind for kind in UploadedKind} | {
    ".jpeg": UploadedKind.JPEG,
    ".tsv": UploadedKind.CSV,
}
# Kinds that people have and we don't take: what to do instead.
_RESAVE = "Open it in {program} and save it as {suffix}, then upload that."
RESAVED = {
    ".xls": "This file is an old Excel workbook (.xls). "
    + _RESAVE.format(program="Excel", suffix=".xlsx"),
    ".xlsb": "This file is a binary Excel workbook (.xlsb). "
    + _RESAVE.format(program="Excel", suffix=".xlsx"),
    ".xlsm": "This file is an Excel workbook with macros (.xlsm). "
    + _RESAVE.format(program="Excel", suffix=".xlsx"),
    ".ods": "This file is an OpenDocument spreadsheet (.ods). "
    + _RESAVE.format(program="your spreadsheet program", suffix=".xlsx"),
    ".doc": "This file is an old Word document (.doc). "
    + _RESAVE.format(program="Word", suffix=".docx"),
    ".docm": "This file is a Word document with macros (.docm). "
    + _RESAVE.format(program="Word", suffix=".docx"),
    ".ppt": "This file is an old PowerPoint presentation (.ppt). "
    + _RESAVE.format(program="PowerPoint", suffix=".pptx"),
    ".numbers": "This file is a Numbers spreadsheet. "
    + _RESAVE.format(program="Numbers", suffix=".xlsx"),
}
EMPTY = "This file is empty. Choose a file that has something in it."
UNKNOWN = "This file is not what its name says. Open it in its program, save it again, then upload that."
LOCKED_OFFICE = (
    "This file is protected with a password. Remove the password, then upload it."
)
OLD_OFFICE = (
    "This file is in an old Office format, whatever its name says. "
    "Open it and save it as .xlsx, .docx or .pptx, then upload that."
)
WEB_PAGE = (
    "This file is a web page under another name. "
    "Open it in Excel or Word, save it as .xlsx, .csv or .docx, then upload that."
)

_PDF_INDEX = re.compile(rb"startxref\s+(\d{1,12})\s")
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_MAGIC = b"PK\x03\x04"
# A protected Office file is an OLE container with this stream in it.
_LOCKED_STREAM = "EncryptedPackage".encode("utf-16-le")
_WEB_PAGE_STARTS = (
    b"<!doctype",
    b"<html",
    b"<head",
    b"<table",
    b"<script",
    b"<svg",
    b"<?xml",
)


def check_upload(
    file: "File[Any]",
    *,
    allowed: Collection[UploadedKind],
    max_bytes: int | None = None,
) -> UploadedKind:
    """The kind of ``file`` by its name and its content; it stands at its start again.

    ``max_bytes`` None means the setting UPLOAD_MAX_BYTES. Raises RuleBroken, with words for
    the person, if it is empty, too large, of a kind not in ``allowed``, or if its content is
    not what its name says.
    """
    suffix = PurePath(file.name or "").suffix.lower()
    kind = KINDS_BY_SUFFIX.get(suffix)
    _check_size(
        file.size, settings.UPLOAD_MAX_BYTES if max_bytes is None else max_bytes
    )
    if kind is None or kind not in allowed:
        raise RuleBroken(RESAVED.get(suffix) or _choose_one_of(allowed))
    if not _is(kind, file):
        raise RuleBroken(_explain(file))
    file.seek(0)
    return kind


def safe_name(name: str) -> str:
    """The last part of a file's name, printable and short enough to keep and to show."""
    last = name.replace("\\", "/").rpartition("/")[2]
    printable = "".join(
        character for character in last if character.isprintable()
    ).strip()
    stem, dot, suffix = printable.rpartition(".")
    return f"{stem[: MAX_NAME_CHARACTERS - len(suffix) - 1]}{dot}{suffix}"[
        -MAX_NAME_CHARACTERS:
    ]


def _check_size(size_bytes: int, max_bytes: int) -> None:
    if not size_bytes:
        raise RuleBroken(EMPTY)
    if size_bytes > max_bytes:
        raise RuleBroken(
            f"This file is larger than {max_bytes // 1024**2} MB. Choose a smaller one."
        )


def _choose_one_of(allowed: Collection[UploadedKind]) -> str:
    *others, last = [f".{kind}" for kind in UploadedKind if kind in allowed]
    named = f"{', '.join(others)} or {last}" if others else last
    return f"Choose a file that ends in {named}."


def _is(kind: UploadedKind, file: "File[Any]") -> bool:
    head = _head(file)
    if kind.is_text:
        return _is_text(head) and not _is_web_page(head)
    if kind is UploadedKind.PDF:
        # Some programs write a few lines before it, which readers accept.
        return b"%PDF-" in head[:1024] and _has_pdf_index(file)
    if kind.is_image:
        guess = filetype.guess(head)
        return guess is not None and guess.mime == kind.media_type
    return head.startswith(_ZIP_MAGIC) and _is_archive_of(kind, file)


def _head(file: "File[Any]") -> bytes:
    file.seek(0)
    return bytes(file.read(HEAD_BYTES))


def _has_pdf_index(file: "File[Any]") -> bool:
    """Whether the file ends with the place of its index, where every reader begins."""
    file.seek(max(file.size - TAIL_BYTES, 0))
    place = _PDF_INDEX.search(file.read(TAIL_BYTES))
    return place is not None and 0 < int(place[1]) < file.size


def _is_archive_of(kind: UploadedKind, file: "File[Any]") -> bool:
    """Whether the zip declares itself to be ``kind``: extensions and magic can't tell."""
    file.seek(0)
    archive = open_archive(file, max_total_bytes=MAX_UNPACKED_BYTES)
    names = set(archive.namelist())
    if "mimetype" in names:
        return archive.read("mimetype").strip() == kind.media_type.encode()
    if "[Content_Types].xml" not in names:
        return False
    return f"{kind.media_type}.main+xml".encode() in archive.read("[Content_Types].xml")


def _is_text(head: bytes) -> bool:
    if filetype.guess(head) is not None or head.startswith(_OLE_MAGIC):
        return False
    return b"\0" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff"))


def _is_web_page(head: bytes) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return start.startswith(_WEB_PAGE_STARTS)


def _explain(file: "File[Any]") -> str:
    head = _head(file)
    if head.startswith(_OLE_MAGIC):
        file.seek(0)
        return LOCKED_OFFICE if _LOCKED_STREAM in file.read() else OLD_OFFICE
    return WEB_PAGE if _is_web_page(head) else UNKNOWN
