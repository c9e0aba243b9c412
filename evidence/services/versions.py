"""What a version holds: a file that was checked and stored, or an address that was checked."""

from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.files import File

from cse_tracker.accounts.models import Organisation
from cse_tracker.core.errors import RuleBroken
from cse_tracker.core.stored_files import store_file
from cse_tracker.core.uploads import UploadedKind, check_upload, safe_name

WEB_SCHEMES = {"http", "https"}


@dataclass(frozen=True, kw_only=True)
class Content:
    """A file or an address, as the columns of a version."""

    url: str = ""
    file: str = ""
    file_name: str = ""
    content_type: str = ""
    sha256: str = ""
    size_bytes: int | None = None

    def as_columns(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class CheckedFile:
    """A file whose content is what its name says, of a kind that we take."""

    file: "File[Any]"
    kind: UploadedKind


def checked_file(file: "File[Any]") -> CheckedFile:
    """Look at the file's name, size and content. Raises RuleBroken if we don't take it.

    Unpacks office files to the end, so do it before a transaction and not in it.
    """
    return CheckedFile(file, check_upload(file, allowed=list(UploadedKind)))


def stored_content(organisation: Organisation, upload: CheckedFile) -> Content:
    """Store the file. Call inside ``no_orphans``, around the transaction."""
    stored = store_file(organisation.uuid, upload.file)
    return Content(
        file=stored.name,
        file_name=safe_name(upload.file.name or ""),
        content_type=upload.kind.media_type,
        sha256=stored.sha256,
        size_bytes=stored.size_bytes,
    )


def link_content(url: str) -> Content:
    """Check the address. Raises RuleBroken unless it is one of the web's."""
    parts = urlsplit(url)
    if parts.scheme not in WEB_SCHEMES or not parts.hostname:
        raise RuleBroken("Enter a web address that begins with https:// or http://.")
    return Content(url=url)
