"""The pinned requirements agree with each other and carry hashes."""

import re
from collections import defaultdict

import pytest

from tests.architecture.source_files import ROOT, fail_with

FILES = sorted((ROOT / "requirements").glob("*.txt"))
PIN = re.compile(r"^([a-z0-9_.-]+)==([^\s;]+)", re.MULTILINE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_requirement_has_hashes_and_no_address(path):
    text = path.read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())

    assert all(PIN.match(block) and "--hash=sha256:" in block for block in blocks)
    assert "://" not in text


def test_one_environment_can_hold_all_of_them():
    versions = defaultdict(set)
    for path in FILES:
        for name, version in PIN.findall(path.read_text(encoding="utf-8")):
            versions[name].add(version)
    clashes = [f"{name}: {found}" for name, found in versions.items() if len(found) > 1]
    fail_with(clashes, remedy="Lock these together; .venv holds one version:")
