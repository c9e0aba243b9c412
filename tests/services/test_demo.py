"""What bin/run ends in, as a real program: it serves, works, and leaves nothing running."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from cse_tracker.core.processes import kill_group, start_child
from tests.architecture.source_files import ROOT

pytestmark = [pytest.mark.worker, pytest.mark.slow, pytest.mark.long]
SECONDS = 90


@dataclass
class Demo:
    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def text(self) -> str:
        return self.log.read_text()

    def read(self, path: str) -> bytes:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}") as page:
            return page.read()

    def wait_for(self, words: str) -> None:
        wait_until(lambda: words in self.text() or self.process.poll() is not None)
        assert words in self.text()

    def children(self) -> list[int]:
        """Every process below the command, its children's children too."""
        return descendants(self.process.pid)


def descendants(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [one for child in map(int, listed) for one in (child, *descendants(child))]


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.1)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory) -> Path:
    """Shared, as one installation is started many times; only the first start fills it."""
    return tmp_path_factory.mktemp("a demo")


@pytest.fixture
def demo(data_dir, tmp_path):
    """Starts the command on SQLite and the embedded broker, as bin/run does."""
    environment = os.environ | {
        "DATA_DIR": str(data_dir),
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "DEBUG": "False",
        "HTTPS": "False",
        "SECRET_KEY": "a-key-for-this-one-test-of-the-demonstration-command",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DJANGO_SETTINGS_MODULE": "cse_tracker.settings",
        "SITE_URL": "",
    }
    started = []

    def start(*, port: int | None = None) -> Demo:
        port = port or free_port()
        log = tmp_path / f"{port}.log"
        command = [sys.executable, "manage.py", "demo", "--port", str(port)]
        with log.open("wb") as output:
            process = start_child(
                command, cwd=ROOT, env=environment, stdout=output, stderr=output
            )
        started.append(process)
        return Demo(process, port, log)

    yield start
    for process in started:
        kill_group(process)


def test_it_serves_works_and_ends_without_a_trace_on_ctrl_c(demo):
    running = demo()
    running.wait_for("CSE Tracker is at")
    children = running.children()

    assert b"Sign in" in running.read("/account/login/")
    assert "Mail is not sent but written to" in running.text()
    address = f"SITE_URL=http://127.0.0.1:{running.port}".encode()
    assert any(address in Path(f"/proc/{pid}/environ").read_bytes() for pid in children)
    wait_until(lambda: json.loads(running.read("/readyz"))["schedule"] == "running")

    running.process.send_signal(signal.SIGINT)

    assert running.process.wait(timeout=SECONDS) == 0
    assert len(children) >= 4
    wait_until(lambda: not any(is_running(pid) for pid in children))


def test_when_the_worker_dies_everything_stops_and_says_why(demo):
    running = demo()
    running.wait_for("CSE Tracker is at")
    worker = next(
        pid
        for pid in running.children()
        if b"celery" in Path(f"/proc/{pid}/cmdline").read_bytes()
    )

    os.kill(worker, signal.SIGKILL)

    assert running.process.wait(timeout=SECONDS) == 1
    assert "The worker ended" in running.text()


def test_its_children_end_even_when_it_is_killed(demo):
    running = demo()
    running.wait_for("CSE Tracker is at")
    children = running.children()

    running.process.kill()
    running.process.wait()

    wait_until(lambda: not any(is_running(pid) for pid in children))


def test_a_busy_port_is_named_with_what_to_do(demo):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        refused = demo(port=port)

        assert refused.process.wait(timeout=SECONDS) == 1

    assert f"Port {port} is in use." in refused.text()
    assert "PORT=8001 bin/run" in refused.text()
