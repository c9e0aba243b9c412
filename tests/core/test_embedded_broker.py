"""The broker in a folder: nobody reads what somebody else has only begun to write."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from kombu import Connection
from kombu.transport import filesystem

from cse_tracker.core import embedded_broker


@pytest.fixture
def connect(tmp_path: Path) -> Callable[[], Connection]:
    """``connect()`` as another process would, to the same folder."""
    folders = {name: tmp_path / name for name in ("messages", "control")}
    for folder in folders.values():
        folder.mkdir()
    embedded_broker.register()
    options = {
        "data_folder_in": str(folders["messages"]),
        "data_folder_out": str(folders["messages"]),
        "control_folder": str(folders["control"]),
    }
    return lambda: Connection("embedded://localhost", transport_options=options)


@pytest.fixture
def slow_writer(monkeypatch) -> threading.Event:
    """Whoever has opened a file waits before writing; the event says that somebody has."""
    opened = threading.Event()
    at_once = filesystem.lock

    def lock(file, flags):
        if flags == filesystem.LOCK_EX:
            opened.set()
            time.sleep(0.2)
        at_once(file, flags)

    monkeypatch.setattr(filesystem, "lock", lock)
    return opened


def test_a_message_is_read_whole_though_its_writer_is_slow(connect, slow_writer):
    reader, writer = (connect().SimpleQueue("doorbells") for _ in range(2))
    slow_writer.clear()
    thread = threading.Thread(target=writer.put, args=[{"paper": 7}])
    thread.start()
    assert slow_writer.wait(5)

    message = reader.get(timeout=5)
    assert message.payload == {"paper": 7}
    message.ack()
    thread.join()


def test_a_table_of_queues_is_read_whole_though_its_writer_is_slow(
    connect, slow_writer
):
    thread = threading.Thread(target=connect().SimpleQueue, args=["bound"])
    thread.start()
    assert slow_writer.wait(5)

    channel = connect().channel()
    assert [row.queue for row in channel.get_table("bound")] == ["bound"]
    thread.join()
