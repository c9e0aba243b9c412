"""`.env.example` is the list of what an installation can set, whole and no longer than that."""

import os
import re
import subprocess
import sys

import pytest

from tests.architecture.source_files import ROOT
from tests.servers import SETTINGS_FROM_THE_ENVIRONMENT

SETTINGS = (ROOT / "cse_tracker/settings.py").read_text(encoding="utf-8")
COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")


def read_by_settings() -> set[str]:
    return set(re.findall(r'env_\w+\(\s*"([A-Z_]+)"', SETTINGS))


def read_by_compose() -> set[str]:
    return set(re.findall(r"\$\{([A-Z_]+)", COMPOSE))


def test_the_example_names_every_variable_and_no_other():
    named = re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE)

    assert len(named) == len(set(named))
    assert set(named) == read_by_settings() | read_by_compose()


def test_the_example_holds_no_secret():
    assert (
        re.findall(r"^(?:\w*(?:KEY|PASSWORD|_URL))=(.+)$", EXAMPLE, re.MULTILINE) == []
    )


def test_the_tests_are_shielded_from_each_variable():
    assert set(SETTINGS_FROM_THE_ENVIRONMENT) == read_by_settings() - {"DATA_DIR"}


@pytest.mark.slow
def test_a_fresh_folder_gets_what_the_embedded_broker_needs(tmp_path):
    surroundings = {
        name: value
        for name, value in os.environ.items()
        if name not in SETTINGS_FROM_THE_ENVIRONMENT
    }
    subprocess.run(
        [sys.executable, "-c", "import cse_tracker.settings"],
        cwd=ROOT,
        env={**surroundings, "DATA_DIR": str(tmp_path / "new"), "DEBUG": "True"},
        check=True,
    )

    made = {each.name for each in (tmp_path / "new/broker").iterdir()}
    assert made == {"messages", "control"}
