"""The broker in a folder, for a machine without Redis: kombu's, with one lock around each step.

By itself kombu opens a message or a table of queues before it locks it, so a reader that
comes between finds it empty, and the worker ends.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem

SCHEME = "embedded"


class Channel(filesystem.Channel):
    """Reads and writes its files while no other process does."""

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.control_folder / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def get_table(self, *args: Any) -> Any:
        with self._alone():
            return super().get_table(*args)  # type: ignore[no-untyped-call]

    def _queue_bind(self, *args: Any) -> None:
        with self._alone():
            super()._queue_bind(*args)  # type: ignore[no-untyped-call]

    def _delete(self, *args: Any, **options: Any) -> None:
        with self._alone():
            super()._delete(*args, **options)  # type: ignore[no-untyped-call]

    def _put(self, *args: Any, **options: Any) -> None:
        with self._alone():
            super()._put(*args, **options)  # type: ignore[no-untyped-call]

    def _get(self, *args: Any) -> Any:
        with self._alone():
            return super()._get(*args)  # type: ignore[no-untyped-call]


class Transport(filesystem.Transport):
    Channel = Channel


def register() -> None:
    """Let ``embedded://`` addresses lead here."""
    TRANSPORT_ALIASES[SCHEME] = f"{__name__}:{Transport.__name__}"
