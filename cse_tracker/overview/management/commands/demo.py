"""What bin/run ends in: prepare everything on this machine, then serve until stopped."""

import http.client
import io
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cse_tracker.accounts.models import Organisation
from cse_tracker.core.processes import (
    first_to_end,
    start_child,
    stop_child,
    stop_requested,
)
from cse_tracker.overview.sample_data import PASSWORD, SIGN_INS

READY_SECONDS = 60
FOLDERS = ["mail", "media"]
WEB = "gunicorn cse_tracker.wsgi --worker-class gthread --workers 2 --threads 4"
WEB_MANNERS = "--no-control-socket --graceful-timeout 5 --log-level warning"
WORKER = (
    "celery --quiet -A cse_tracker worker --beat --concurrency 2 --loglevel WARNING"
)
# Celery warns against root; here it takes JSON from this machine only.
QUIET_ABOUT_ROOT = ["-W", "ignore::Warning:celery.platforms"]
Children = dict[str, subprocess.Popen[bytes]]


class Command(BaseCommand):
    help = "Prepare database, sample data and static files; serve with a worker until Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, port: int, **options: Any) -> None:
        check_port_is_free(port)
        with stop_requested() as stop:
            prepare(self)
            children = {} if stop.is_set() else start_children(port)
            try:
                self.serve(children, port=port, stop=stop)
            finally:
                for process in children.values():
                    stop_child(process)

    def serve(self, children: Children, *, port: int, stop: threading.Event) -> None:
        """Say where the product is, then wait. Raises CommandError when a child ends by itself."""
        if wait_until_it_answers(port, children=children, stop=stop):
            self.say(welcome(port))
        ended = first_to_end(children, unless=stop)
        if ended:
            code = children[ended].returncode
            raise CommandError(
                f"The {ended} ended (status {code}), so everything was stopped."
                " What it said stands above. Start again with bin/run."
            )
        self.say("Stopping…")

    def say(self, text: str) -> None:
        """Write at once, also into a pipe, so that it stands before what the children write."""
        self.stdout.write(text)
        self.stdout.flush()


def check_port_is_free(port: int) -> None:
    """Raise CommandError, with what to do, when nothing can listen there."""
    remedy = "pick another port: PORT=8001 bin/run"
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except PermissionError as error:
        raise CommandError(
            f"Port {port} is not open to ordinary users: {remedy}"
        ) from error
    except OSError as error:
        raise CommandError(
            f"Port {port} is in use. Stop the program that uses it, or {remedy}"
        ) from error
    except OverflowError as error:
        raise CommandError(f"Port {port} does not exist: {remedy}") from error


def prepare(command: Command) -> None:
    """Bring folders, tables, static files and, in an empty database, the sample data."""
    for folder in FOLDERS:
        (Path(settings.DATA_DIR) / folder).mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("load_standard", stdout=io.StringIO())
    call_command("collectstatic", interactive=False, verbosity=0)
    if not Organisation.objects.exists():
        command.say("Loading the sample data")
        call_command("sample_data", verbosity=0)


def start_children(port: int) -> Children:
    web = [*WEB.split(), *WEB_MANNERS.split(), "--bind", f"127.0.0.1:{port}"]
    # Mail that no request asked for leads here, whatever the port.
    site_url = os.environ.get("SITE_URL") or address(port)
    environment = os.environ | {"SITE_URL": site_url}
    return {
        "web server": start_child([sys.executable, "-m", *web], env=environment),
        "worker": start_child(
            [sys.executable, *QUIET_ABOUT_ROOT, "-m", *WORKER.split()],
            env=environment,
        ),
    }


def wait_until_it_answers(
    port: int, *, children: Children, stop: threading.Event
) -> bool:
    """True once the web server answers; False when told to stop or a child ended first."""
    for _ in range(READY_SECONDS * 5):
        if answers(port):
            return True
        if stop.wait(timeout=0.2) or any(
            p.poll() is not None for p in children.values()
        ):
            return False
    raise CommandError(f"The web server did not answer within {READY_SECONDS} seconds.")


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def address(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def where_mail_goes() -> str:
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    if folder:
        return f"is not sent but written to {folder}"
    return f"goes to {settings.EMAIL_HOST}, port {settings.EMAIL_PORT}"


def welcome(port: int) -> str:
    """The address, and somebody to sign in as for each role."""
    width = max(len(one.email) for one in SIGN_INS)
    people = [f"  {one.email:<{width}}  {one.role} ({one.name})" for one in SIGN_INS]
    return "\n".join(
        [
            "",
            f"CSE Tracker is at {address(port)}  (Ctrl-C stops it)",
            "",
            f"Sign in as, each with the password {PASSWORD}",
            *people,
            "",
            f"Mail {where_mail_goes()}",
            "",
        ]
    )
