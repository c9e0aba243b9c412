"""HTML to tagged PDF (PDF/UA-1). The only module that knows the print engine, WeasyPrint.

The engine is loaded at first use: web processes never print, and it costs them 45 MB and
half a second at start. Workers load it before they fork (``warm_up``).
"""

import ctypes.util
import gc
import logging
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any

SCHEME = "asset:"
SCRATCH_PREFIX = "cse-paper-"
MEDIA_TYPES = {"svg": "image/svg+xml", "woff2": "font/ttf"}
# No font has them, and they mean nothing in print.
CONTROL_CHARACTERS = dict.fromkeys(
    {*range(0x20), *range(0x7F, 0xA0)} - set(map(ord, "\t\n\r")), " "
)
NO_ASSETS: Mapping[str, bytes] = MappingProxyType({})

# One page at a time: the settings below belong to the process, and memory stays bounded.
_PRINTING = threading.Lock()


@dataclass(frozen=True)
class DocumentInfo:
    """What readers and screen readers are told about a document before its first word."""

    title: str
    author: str
    created: datetime
    language: str = "en-GB"


class MissingAssetError(Exception):
    """The document names an asset that it was not given."""


def html_to_pdf(
    body: str,
    *,
    about: DocumentInfo,
    stylesheet: str,
    assets: Mapping[str, bytes] = NO_ASSETS,
) -> bytes:
    """Print the content of a ``<body>``; nothing is fetched but ``assets``.

    ``url(asset:NAME)`` in the stylesheet or the body finds ``assets[NAME]``; every other
    address is refused and the page is printed without it. A missing asset raises
    MissingAssetError, because that is our mistake and not the document's. A character that
    no font has is printed as a question mark: an empty box would break PDF/UA.
    """
    page = _page(body, about).translate(CONTROL_CHARACTERS)
    with _PRINTING, _private_scratch_folder(), _collector_off():
        try:
            return _print_all_glyphs(page, stylesheet, assets)
        except _engine().urls.FatalURLFetchingError as missing:
            # The engine's own is no Exception, and would pass by every handler of ours.
            raise MissingAssetError(str(missing)) from missing


def warm_up() -> None:
    """Load the engine and move all that lives now out of the collector's way.

    Call in the worker's parent before it forks, so that its children share the memory.
    """
    remove_leftovers(Path(tempfile.gettempdir()), before=time.time() - 3600)
    _engine()
    gc.collect()
    gc.freeze()


def remove_leftovers(scratch: Path, *, before: float) -> None:
    """Delete our folders of killed workers from ``scratch``, last touched before that time."""
    for folder in scratch.glob(f"{SCRATCH_PREFIX}*"):
        found = folder.lstat()
        if found.st_uid == os.getuid() and found.st_mtime < before:
            shutil.rmtree(folder, ignore_errors=True)


def _page(body: str, about: DocumentInfo) -> str:
    created = about.created.isoformat(timespec="seconds")
    return (
        f'<!doctype html><html lang="{escape(about.language)}"><head><meta charset="utf-8">'
        f"<title>{escape(about.title)}</title>"
        f'<meta name="author" content="{escape(about.author)}">'
        f'<meta name="dcterms.created" content="{created}">'
        f"</head><body>{body}</body></html>"
    )


def _print_all_glyphs(page: str, stylesheet: str, assets: Mapping[str, bytes]) -> bytes:
    """Print; once more without the characters that turned out to be in no font."""
    with _missing_characters() as missing:
        pdf = _print(page, stylesheet, assets)
    if missing:
        pdf = _print(page.translate(dict.fromkeys(missing, "?")), stylesheet, assets)
    return pdf


def _print(page: str, stylesheet: str, assets: Mapping[str, bytes]) -> bytes:
    engine = _engine()
    fetcher = _asset_fetcher(assets)
    fonts = engine.text.fonts.FontConfiguration()
    sheet = engine.CSS(string=stylesheet, font_config=fonts, url_fetcher=fetcher)
    document = engine.HTML(string=page, base_url=None, url_fetcher=fetcher)
    # Hints are attributes that show: the number of a list's item must be the one that it says.
    pdf: bytes = document.write_pdf(
        stylesheets=[sheet],
        font_config=fonts,
        pdf_variant="pdf/ua-1",
        presentational_hints=True,
    )
    return pdf


@cache
def _engine() -> Any:
    # They report every step, page and table of a font.
    for chatty in ("weasyprint.progress", "fontTools"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    with _quick_library_lookup():
        import weasyprint
        import weasyprint.text.fonts
    return weasyprint


def _asset_fetcher(assets: Mapping[str, bytes]) -> Any:
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class AssetFetcher(URLFetcher):  # type: ignore[misc]
        """Serves the table and refuses all else: no network, no file, no data address."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if not url.startswith(SCHEME):
                raise ValueError("A paper may only use what it was given.")
            name = url.removeprefix(SCHEME)
            if name not in assets:
                raise FatalURLFetchingError(f"The paper was not given {name!r}.")
            media_type = MEDIA_TYPES[name.rpartition(".")[2]]
            content = assets[name]
            if media_type == "font/ttf":
                content = _unpacked(content)
            return URLFetcherResponse(url, content, {"Content-Type": media_type})

    return AssetFetcher()


@cache
def _unpacked(woff2: bytes) -> bytes:
    """The font as TrueType. Done once per process: it takes longer than printing a page."""
    from fontTools.ttLib import woff2 as packing  # type: ignore[import-untyped]

    unpacked = BytesIO()
    packing.decompress(BytesIO(woff2), unpacked)
    return unpacked.getvalue()


@contextmanager
def _missing_characters() -> Iterator[set[int]]:
    """The code points for which no font had a glyph. Only the engine's log tells."""
    missing: set[int] = set()

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.msg.startswith(".notdef") and isinstance(record.args, tuple):
                missing.add(int(str(record.args[-1])))

    log, collector = logging.getLogger("weasyprint"), Collector()
    log.addHandler(collector)
    try:
        yield missing
    finally:
        log.removeHandler(collector)


@contextmanager
def _quick_library_lookup() -> Iterator[None]:
    """Let the engine find its libraries by their exact names.

    It asks for loose names first, and Python answers each by running ldconfig and a
    compiler (0.2 s). On Linux the exact names that it tries afterwards always work.
    """
    lookup = ctypes.util.find_library
    if sys.platform.startswith("linux"):
        ctypes.util.find_library = _not_found
    try:
        yield
    finally:
        ctypes.util.find_library = lookup


def _not_found(name: str) -> str | None:
    return None


@contextmanager
def _private_scratch_folder() -> Iterator[None]:
    """Keep the engine's font files in a folder of this run, readable by nobody else."""
    before = tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix=SCRATCH_PREFIX) as folder:
        tempfile.tempdir = folder
        try:
            yield
        finally:
            tempfile.tempdir = before


@contextmanager
def _collector_off() -> Iterator[None]:
    """Print without garbage collection, which alone makes long papers slow out of proportion."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
