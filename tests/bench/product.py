"""The product as it is deployed, on a database of its own, beside the floor."""

import os
import secrets
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg2

from cse_tracker.core.processes import start_child, stop_child
from tests.servers import start_postgresql

SERVER = "--worker-class gthread --workers 1 --threads 4 --no-control-socket"
MANNERS = "--log-level warning --keep-alive 60"
READY_SECONDS = 30
AtEnd = Callable[[Callable[[], Any]], None]


def use_own_database(folder: Path, at_end: AtEnd) -> None:
    """Point the settings of this process and its children at a throw-away PostgreSQL."""
    url = start_postgresql(folder, at_end)
    _create_database(url)
    os.environ |= {
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": url,
        "DATA_DIR": str(folder),
        "DEBUG": "False",
        "DJANGO_SETTINGS_MODULE": "cse_tracker.settings",
        "EMAIL_URL": "",
        "HTTPS": "False",
        "LOG_LEVEL": "WARNING",
        "MEDIA_ROOT": "",
        "REDIS_URL": "",
        "SECRET_KEY": secrets.token_urlsafe(64),
    }


def serve(application: str, port: int, at_end: AtEnd, **environment: str) -> None:
    """Serve a WSGI application until ``at_end``, in one process as in production."""
    command = [sys.executable, "-m", "gunicorn", application, *SERVER.split()]
    process = start_child(
        [*command, *MANNERS.split(), "--bind", f"127.0.0.1:{port}"],
        env=os.environ | environment,
    )
    at_end(lambda: stop_child(process))
    wait_until_open(port)


def wait_until_open(port: int) -> None:
    """Wait until something listens there. Raises OSError if nothing does in time."""
    deadline = time.monotonic() + READY_SECONDS
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def _create_database(url: str) -> None:
    """The cluster is new: it has no database but its own."""
    server, _, name = url.replace("postgres://", "postgresql://").rpartition("/")
    connection = psycopg2.connect(f"{server}/postgres")
    connection.autocommit = True
    connection.cursor().execute(f"CREATE DATABASE {name}")
    connection.close()
