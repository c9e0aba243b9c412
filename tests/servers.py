"""PostgreSQL and Redis of the tests: started once, on free ports, ended with the run.

A plugin of its own (``-p tests.servers``) because pytest-django reads the settings before any
conftest.py, and the settings read these addresses from the environment. With xdist the
controller starts the servers and each worker process takes its own databases on them.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest
import redis

from cse_tracker.core.processes import start_child, stop_child

# Each process of a run has two of Redis's numbered databases, so 64 are enough for -n 32.
REDIS_DATABASES = 64
START_SECONDS = 30
# Emptied for every run, so that a developer's .env or shell cannot change a test.
SETTINGS_FROM_THE_ENVIRONMENT = [
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "DATABASE_URL",
    "DEBUG",
    "DEFAULT_FROM_EMAIL",
    "EMAIL_URL",
    "HTTPS",
    "LOG_LEVEL",
    "MEDIA_ROOT",
    "REDIS_URL",
    "SECRET_KEY",
    "SITE_URL",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--db",
        choices=["sqlite", "postgresql"],
        default="sqlite",
        help="sqlite needs no server; postgresql also runs the tests that need Redis, a worker or a browser",
    )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Set the environment before pytest-django's own hook reads the settings."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is None:
        _start_run(early_config)
    _take_own_share(worker or "gw0")
    return (yield)


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("db") == "postgresql":
        # The whole server goes at the end; dropping its databases first would only cost time,
        # and fail where a thread of a test still holds a connection.
        config.option.reuse_db = True


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    database = config.getoption("db")
    terminalreporter.write_line(f"database: {database}")
    if database == "sqlite":
        terminalreporter.write_line(
            "tests marked postgresql, worker or browser were left out"
            " (--db=postgresql runs them)"
        )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    if config.getoption("db") == "postgresql":
        return
    needs_servers = [i for i in items if _needs_servers(i)]
    items[:] = [i for i in items if not _needs_servers(i)]
    config.hook.pytest_deselected(items=needs_servers)


def _needs_servers(item: pytest.Item) -> bool:
    return any(item.get_closest_marker(m) for m in ("postgresql", "worker", "browser"))


def _start_run(config: pytest.Config) -> None:
    run_dir = Path(tempfile.mkdtemp(prefix="cse-tests-"))
    # The servers of a root run belong to another account, which must get to its own folder.
    run_dir.chmod(0o711)
    config.add_cleanup(lambda: shutil.rmtree(run_dir, ignore_errors=True))
    for name in SETTINGS_FROM_THE_ENVIRONMENT:
        os.environ[name] = ""
    os.environ["CSE_TEST_RUN_DIR"] = str(run_dir)
    if config.known_args_namespace.db == "postgresql":
        os.environ["DATABASE_URL"] = start_postgresql(run_dir, config.add_cleanup)
        os.environ["CSE_TEST_REDIS"] = start_redis(run_dir, config.add_cleanup)


def _take_own_share(worker: str) -> None:
    data_dir = Path(os.environ["CSE_TEST_RUN_DIR"]) / worker
    for folder in ("broker/messages", "broker/control", "media"):
        (data_dir / folder).mkdir(parents=True, exist_ok=True)
    os.environ["DATA_DIR"] = str(data_dir)
    if "CSE_TEST_REDIS" in os.environ:
        number = 2 * int(worker.removeprefix("gw"))
        os.environ["REDIS_URL"] = f"{os.environ['CSE_TEST_REDIS']}/{number}"


Cleanup = Callable[[Callable[[], Any]], None]


def start_postgresql(run_dir: Path, at_end: Cleanup) -> str:
    """A throw-away PostgreSQL, safe from other people of the machine by a password: its URL."""
    folder, account = _folder_and_account(run_dir / "postgresql")
    initdb, postgres = (_postgresql_command(name) for name in ("initdb", "postgres"))
    password = secrets.token_hex()
    password_file = folder / "password"
    password_file.write_text(password)
    _give(password_file, account)
    data, port = str(folder / "data"), free_port()
    initialise = (
        f"{initdb} -U cse --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8"
    )
    subprocess.run(
        [*initialise.split(), "--no-sync", "--pwfile", str(password_file), "-D", data],
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
        **account,
    )
    options = {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "max_connections": "100",
        # Nothing of this outlives the run, so nothing needs to reach the disk.
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
    }
    flags = [
        part for name, value in options.items() for part in ("-c", f"{name}={value}")
    ]
    url = f"postgres://cse:{password}@127.0.0.1:{port}/cse"
    server_url = url.replace("postgres://", "postgresql://").removesuffix("/cse")
    _start(
        [postgres, "-D", data, "-p", str(port), *flags],
        folder=folder,
        account=account,
        at_end=at_end,
        stop_by=signal.SIGINT,
        probe=lambda: psycopg2.connect(f"{server_url}/postgres").close(),
    )
    return url


def start_redis(run_dir: Path, at_end: Cleanup) -> str:
    """A throw-away Redis with a password: its URL, without a database number."""
    folder, account = _folder_and_account(run_dir / "redis")
    port, password = free_port(), secrets.token_hex()
    config = folder / "redis.conf"
    config.write_text(
        f"bind 127.0.0.1\nport {port}\nrequirepass {password}\n"
        f"databases {REDIS_DATABASES}\nsave ''\nappendonly no\n"
    )
    _give(config, account)
    url = f"redis://:{password}@127.0.0.1:{port}"
    _start(
        [_command("redis-server"), str(config)],
        folder=folder,
        account=account,
        at_end=at_end,
        stop_by=signal.SIGTERM,
        probe=lambda: _ping_redis(url),
    )
    return url


def _ping_redis(url: str) -> None:
    with redis.Redis.from_url(url) as client:
        client.ping()


def _start(
    command: list[str],
    *,
    folder: Path,
    account: dict[str, Any],
    at_end: Cleanup,
    stop_by: signal.Signals,
    probe: Callable[[], None],
) -> None:
    """Start a server and wait until ``probe`` no longer raises."""
    log = folder / "log"
    with log.open("wb") as output:
        process = start_child(
            command, cwd=folder, stdout=output, stderr=subprocess.STDOUT, **account
        )
    at_end(lambda: stop_child(process, by=stop_by))
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            return probe()
        except (psycopg2.OperationalError, redis.ConnectionError):
            time.sleep(0.05)
    raise pytest.UsageError(f"{command[0]} did not start:\n{log.read_text()[-2000:]}")


def _folder_and_account(folder: Path) -> tuple[Path, dict[str, Any]]:
    """A private folder, and Popen's options to run as its owner: PostgreSQL refuses root."""
    account: dict[str, Any] = {}
    if os.geteuid() == 0:
        names = {entry.pw_name for entry in pwd.getpwall()}
        entry = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
        account = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    folder.mkdir(mode=0o700)
    _give(folder, account)
    return folder, account


def _give(path: Path, account: dict[str, Any]) -> None:
    if account:
        os.chown(path, account["user"], account["group"])
    path.chmod(0o700 if path.is_dir() else 0o600)


def _postgresql_command(name: str) -> str:
    """Debian keeps its servers out of PATH, one folder for each version: the newest wins."""
    versions = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest_last = sorted(versions, key=lambda path: float(path.parts[-3]))
    return str(newest_last[-1]) if newest_last else _command(name)


def _command(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise pytest.UsageError(
            f"{name} is not installed: run bin/test once, which installs it"
        )
    return path


def free_port() -> int:
    """A port of this machine that nothing listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
