"""A real Celery worker on the test database, for tests marked ``worker``."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection

from cse_tracker.core.processes import kill_group, start_child, stop_child

READY_SECONDS = 40


@dataclass
class Worker:
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    def kill(self) -> None:
        """End the worker and its children at once, as a power cut would."""
        kill_group(self.process)

    def stop(self) -> None:
        stop_child(self.process)

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and self.is_running:
            if " ready." in self.log.read_text():
                return
            time.sleep(0.1)
        raise AssertionError(f"The worker did not start:\n{self.log.read_text()}")


def start_worker(folder: Path, *arguments: str) -> Worker:
    """Start ``celery worker`` on this process's test database and broker; wait until it is ready.

    ``arguments`` go to the worker as they are: ``"--beat"`` also runs the schedule.
    """
    log = folder / f"worker-{time.monotonic_ns()}.log"
    command = [sys.executable, "-m", "celery", "-A", "cse_tracker", "worker"]
    with log.open("wb") as output:
        process = start_child(
            [*command, "--loglevel=INFO", "--concurrency=1", *arguments],
            env=os.environ | worker_environment(),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    worker = Worker(process, log)
    worker.wait_until_ready()
    return worker


def worker_environment() -> dict[str, str]:
    """What a second process needs to see the same rows, files and queue as this one."""
    url = urlsplit(os.environ["DATABASE_URL"])
    return {
        "DATABASE_URL": url._replace(
            path=f"/{connection.settings_dict['NAME']}"
        ).geturl(),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
