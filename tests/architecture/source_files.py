"""The files that the sweeps of this folder look at."""

from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ["cse_tracker", "assessments", "evidence", "actions", "reports"]


def python_files(*, folders: Iterable[str] = APPS) -> list[Path]:
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def templates() -> list[Path]:
    folders = [ROOT / "templates", *(ROOT / app for app in APPS)]
    return [path for folder in folders for path in sorted(folder.rglob("*.html"))]


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def fail_with(offenders: list[str], *, remedy: str) -> None:
    """Fail with every offender at once, so that one run shows all there is to do."""
    if offenders:
        pytest.fail("\n".join([remedy, *offenders]), pytrace=False)
