"""Child processes that never outlive the program that started them."""

import ctypes
import os
import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

_PR_SET_PDEATHSIG = 1
# Loaded here, because between fork and exec a child must not import or allocate much.
_libc = ctypes.CDLL(None)


def start_child(command: Sequence[str], **options: Any) -> subprocess.Popen[bytes]:
    """Start ``command`` as leader of its own process group; ``options`` are Popen's.

    In a group of its own it does not see Ctrl-C, so the parent decides who stops when. When
    the parent dies, even by ``kill -9``, the kernel asks the child to end.
    """
    return subprocess.Popen(  # noqa: S603 - our own commands, never a person's text
        command, start_new_session=True, preexec_fn=_end_with_parent, **options
    )


def stop_child(
    process: subprocess.Popen[bytes],
    *,
    patience_seconds: float = 15,
    by: signal.Signals = signal.SIGTERM,
) -> None:
    """Ask the child to end, wait, then end by force whatever is left of its group.

    Only the leader is asked: gunicorn, Celery and PostgreSQL end their own children in order.
    """
    if process.poll() is None:
        process.send_signal(by)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=patience_seconds)
    kill_group(process)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """End the child and all of its group at once."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def stop_requested() -> Iterator[threading.Event]:
    """An event that is set, in place of the usual end, by Ctrl-C, SIGTERM or a closed terminal."""
    event = threading.Event()
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {
        number: signal.signal(number, lambda *_: event.set()) for number in signals
    }
    try:
        yield event
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def first_to_end(
    children: Mapping[str, subprocess.Popen[bytes]], *, unless: threading.Event
) -> str | None:
    """Wait until a child has ended and return its name; None when ``unless`` is set before."""
    while not unless.wait(timeout=0.3):
        for name, process in children.items():
            if process.poll() is not None:
                return name
    return None


def _end_with_parent() -> None:
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
