"""Files that are whole or not there: what a killed process leaves is never half a file."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

UNFINISHED = ".part"


@dataclass(frozen=True)
class WrittenFile:
    """Where a file stands in the default storage, and what it is."""

    name: str
    sha256: str
    size_bytes: int


def write_whole(name: str, content: bytes) -> WrittenFile:
    """Put ``content`` into the default storage under ``name``, in one step.

    Give each attempt a name of its own: an existing file is replaced.
    """
    if isinstance(default_storage, FileSystemStorage):
        _write_to_disk(Path(default_storage.path(name)), content)
    else:
        # Object stores take a file whole or not at all.
        default_storage.delete(name)
        default_storage.save(name, ContentFile(content))
    return WrittenFile(name, hashlib.sha256(content).hexdigest(), len(content))


def read_unchanged(name: str, sha256: str) -> bytes | None:
    """The file's content, or None if it is gone or no longer what was written."""
    if not default_storage.exists(name):
        return None
    with default_storage.open(name, "rb") as file:
        content: bytes = file.read()
    return content if hashlib.sha256(content).hexdigest() == sha256 else None


def remove(name: str) -> None:
    """Delete a file and what an interrupted write of it left; nothing if there is none."""
    default_storage.delete(name)
    default_storage.delete(name + UNFINISHED)


def _write_to_disk(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + UNFINISHED)
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    with os.fdopen(os.open(unfinished, flags, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        # The new name, too, must survive a power cut.
        os.fsync(folder)
    finally:
        os.close(folder)
