"""Files that people send: kept under random names, and never without the row that names them."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage


@dataclass(frozen=True)
class StoredFile:
    """Where a file lies, and what shows that it is still the same."""

    name: str
    sha256: str
    size_bytes: int


_stored: ContextVar[list[str] | None] = ContextVar("stored", default=None)


@contextmanager
def no_orphans() -> Iterator[None]:
    """Delete the files that were stored inside the block if it ends in an exception.

    Put it around the transaction, outside: what is rolled back must not leave its file. Where
    blocks lie inside each other, the outer one also answers for the inner one's files.
    """
    outer = _stored.get()
    names: list[str] = []
    token = _stored.set(names)
    try:
        yield
    except BaseException:
        for name in names:
            default_storage.delete(name)
        raise
    finally:
        _stored.reset(token)
    if outer is not None:
        outer.extend(names)


def store_file(folder: UUID, file: "File[Any]") -> StoredFile:
    """Keep ``file`` as ``<folder>/<random>``: neither its name nor its kind shows in the path.

    Call inside ``no_orphans``; anywhere else it raises RuntimeError.
    """
    names = _stored.get()
    if names is None:
        raise RuntimeError("Store files inside no_orphans(), around the transaction")
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    name = default_storage.save(f"{folder}/{secrets.token_hex(16)}", file)
    names.append(name)
    return StoredFile(name, digest.hexdigest(), file.size)
