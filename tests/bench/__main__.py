"""Measure, and print one line for each ratio. Ends with status 1 if one is over its limit."""

import argparse
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command

from tests.bench.product import use_own_database

FLOOR = """
Floor: the same rows by one bare query, then as many bytes ready made, through a Django view
without middleware on the same kind of server. The fastest twentieth of requests made in turn.
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument(
        "--organisations",
        type=int,
        default=0,
        help="also measure among so many other organisations with ten years each",
    )
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="cse-bench-") as name,
        ExitStack() as at_end,
    ):
        folder = Path(name)
        # PostgreSQL runs under another account, which must get to its own folder.
        folder.chmod(0o711)
        use_own_database(folder, at_end)
        django.setup()
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        # Only now do models and settings exist to be imported.
        from tests.bench.progression import measure

        lines = list(measure(at_end, asked.organisations))
    width = max(len(line.what) for line in lines)
    for line in lines:
        verdict = "" if line.ratio <= line.limit else "  OVER"
        sys.stdout.write(
            f"progression: {line.what:<{width}}  {line.ratio:5.2f}"
            f"  (at most {line.limit}){verdict}\n"
        )
    sys.stdout.write(FLOOR)
    return int(any(line.ratio > line.limit for line in lines))


if __name__ == "__main__":
    sys.exit(main())
