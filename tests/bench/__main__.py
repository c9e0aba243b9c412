"""Measure, and print one line for each ratio. Ends with status 1 if one is over its limit."""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command

from tests.bench.product import use_own_database
from tests.bench.timing import Line

FLOOR = """
Floor: the same rows by one bare query, then as many bytes ready made, through a Django view
without middleware on the same kind of server. Counted is processor time, of web server and
database together.
"""

# Of this bench itself: one request at a time.
QUIET_LOAD = 1.5
BUSY = """
This machine is busy with something else. That costs a long request more than a short one,
so the ratios are too high: repeat when it is quiet.
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument(
        "--organisations",
        type=int,
        default=0,
        help="also measure among so many other organisations with ten years each",
    )
    lines = measure_all(organisations=parser.parse_args().organisations)
    report(lines)
    return int(any(line.is_over for line in lines))


def measure_all(*, organisations: int) -> list[Line]:
    """Every ratio, measured on a database and servers that end with it."""
    with tempfile.TemporaryDirectory(prefix="cse-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        # PostgreSQL runs under another account, which must get to its own folder.
        folder.chmod(0o711)

        def at_end(stop: Callable[[], Any]) -> None:
            stack.callback(stop)

        use_own_database(folder, at_end)
        django.setup()
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        # Only now can anything be imported that needs models or settings.
        from tests.bench import progression

        return list(progression.measure(at_end, organisations))


def report(lines: Sequence[Line]) -> None:
    width = max(len(line.what) for line in lines)
    for line in lines:
        limit = f"(at most {line.limit})" + ("  OVER" if line.is_over else "")
        sys.stdout.write(f"{line.what:<{width}}  {line.ratio:5.2f}  {limit}\n")
    sys.stdout.write(FLOOR)
    if os.getloadavg()[0] > QUIET_LOAD:
        sys.stdout.write(BUSY)


if __name__ == "__main__":
    sys.exit(main())
