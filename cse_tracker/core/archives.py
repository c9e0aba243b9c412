"""Zip files that somebody sends: opened only if they unpack to something of a sane size."""

import zlib
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from cse_tracker.core.errors import RuleBroken

MAX_MEMBERS = 5_000
# A sound office file packs its text to about a tenth; a bomb to a thousandth.
MAX_RATIO = 150
# Below this size a high ratio is harmless: blank sheets pack very well.
RATIO_MATTERS_FROM_BYTES = 4 * 1024 * 1024
CHUNK_BYTES = 64 * 1024

DAMAGED = (
    "This file is damaged. Open it, save it again under a new name, then upload that."
)
TOO_LARGE_UNPACKED = (
    "This file unpacks to far more than it should hold. "
    "Copy the part you need into a new file and upload that."
)
LOCKED = "This file is protected with a password. Remove the password, then upload it."

# What reading a damaged zip raises, according to where the damage is.
ZIP_ERRORS = (
    BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
)


def open_archive(file: IO[bytes], *, max_total_bytes: int) -> ZipFile:
    """The archive, once every member was unpacked and thrown away in small pieces.

    Declared sizes may lie, so the real ones are counted too. Raises RuleBroken if the file
    is damaged, has a password or unpacks to more than ``max_total_bytes``.
    """
    try:
        archive = ZipFile(file)
        members = archive.infolist()
        _check_declared(members, max_total_bytes)
        _check_actual(archive, members, max_total_bytes)
    except ZIP_ERRORS as problem:
        raise RuleBroken(DAMAGED) from problem
    return archive


def _check_declared(members: list[ZipInfo], max_total_bytes: int) -> None:
    if any(member.flag_bits & 0x1 for member in members):
        raise RuleBroken(LOCKED)
    packed = sum(member.compress_size for member in members)
    unpacked = sum(member.file_size for member in members)
    is_bomb = unpacked > RATIO_MATTERS_FROM_BYTES and unpacked > MAX_RATIO * packed
    if len(members) > MAX_MEMBERS or unpacked > max_total_bytes or is_bomb:
        raise RuleBroken(TOO_LARGE_UNPACKED)


def _check_actual(
    archive: ZipFile, members: list[ZipInfo], max_total_bytes: int
) -> None:
    total = 0
    for member in members:
        with archive.open(member) as stream:
            while chunk := stream.read(CHUNK_BYTES):
                total += len(chunk)
                if total > max_total_bytes:
                    raise RuleBroken(TOO_LARGE_UNPACKED)
