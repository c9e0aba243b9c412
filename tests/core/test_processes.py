import signal
import subprocess
import sys
import threading

import pytest

from cse_tracker.core.processes import (
    first_to_end,
    start_child,
    stop_child,
    stop_requested,
)

DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"


@pytest.fixture
def child():
    """A program that would run for a minute."""
    process = start_child(["sleep", "60"])
    yield process
    stop_child(process)


def test_a_child_that_listens_ends_when_asked(child):
    stop_child(child)

    assert child.returncode == -signal.SIGTERM


def test_a_child_that_does_not_listen_is_ended_by_force():
    child = start_child([sys.executable, "-c", DEAF], stdout=subprocess.PIPE)
    child.stdout.readline()
    child.stdout.close()

    stop_child(child, patience_seconds=0.2)

    assert child.returncode == -signal.SIGKILL


def test_stopping_a_child_that_has_ended_is_no_error():
    child = start_child(["true"])
    child.wait()

    stop_child(child)

    assert child.returncode == 0


def test_the_first_child_to_end_is_named(child):
    short = start_child(["true"])

    assert first_to_end({"long": child, "short": short}, unless=threading.Event()) == (
        "short"
    )


def test_a_request_to_stop_ends_the_wait_and_not_the_program(child):
    with stop_requested() as stop:
        signal.raise_signal(signal.SIGTERM)

        assert first_to_end({"long": child}, unless=stop) is None
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
