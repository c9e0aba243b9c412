"""bin/_setup on machines where something is missing, played by small stand-in commands."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture.source_files import ROOT

REAL_COMMANDS = "cat dirname env grep head ls mkdir sh sha256sum tail touch tr".split()  # noqa: SIM905
# Answers like Python: version checks pass, "-m venv" makes a copy of itself, "-m pip" is noted.
PYTHON = """#!/bin/sh
case "$*" in
    *--clear*) mkdir -p .venv/bin; cat "$0" >.venv/bin/python; chmod +x .venv/bin/python ;;
    "-m pip"*) echo pip >>pip-calls; exit ${PIP_STATUS:-0} ;;
    --version) echo "Python 3.11.2" ;;
esac
"""
OLD_PYTHON = """#!/bin/sh
[ "$1" = --version ] && echo "Python 3.9.2" && exit 0
exit 1
"""


class Machine:
    """A folder with spaces in its name and a PATH that holds only what a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "a copy of it"
        self.commands = folder / "commands"
        (self.root / "bin").mkdir(parents=True)
        self.commands.mkdir()
        shutil.copy(ROOT / "bin/_setup", self.root / "bin")
        (self.root / "packages.txt").write_text("one==1\n")
        for name in [*REAL_COMMANDS, "chmod"]:
            (self.commands / name).symlink_to(shutil.which(name) or name)
        self.has("id", "#!/bin/sh\necho 1000\n")

    def has(self, name: str, script: str) -> None:
        path = self.commands / name
        path.write_text(script)
        path.chmod(0o755)

    def run(self, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", "-euc", f"root=$PWD; . bin/_setup; {script}"],
            cwd=self.root,
            env={"PATH": str(self.commands), **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def pip_calls(self) -> int:
        return len((self.root / "pip-calls").read_text().splitlines())


@pytest.fixture
def machine(tmp_path) -> Machine:
    return Machine(tmp_path)


def test_nothing_is_installed_when_nothing_is_missing(machine):
    done = machine.run("need_apt cat:coreutils '/*:base-files'")

    assert (done.returncode, done.stderr) == (0, "")


def test_an_ordinary_user_without_sudo_is_told_what_an_administrator_must_run(machine):
    machine.has("apt-get", "#!/bin/sh\nexit 0\n")

    done = machine.run("need_apt no-such-command:some-package cat:coreutils")

    assert done.returncode == 1
    assert "apt-get install --no-install-recommends some-package\n" in done.stderr
    assert "coreutils" not in done.stderr


def test_an_ordinary_user_with_sudo_gets_exactly_what_is_missing(machine):
    machine.has("apt-get", '#!/bin/sh\necho "$@" >>apt-calls\n')
    machine.has("sudo", '#!/bin/sh\n"$@"\n')

    done = machine.run("need_apt no-such-command:some-package cat:coreutils")

    calls = (machine.root / "apt-calls").read_text().splitlines()
    assert done.returncode == 0
    assert calls[-1].endswith("--no-install-recommends some-package")


def test_a_system_without_apt_is_told_what_to_install(machine):
    done = machine.run("need_apt no-such-command:some-package")

    assert done.returncode == 1
    assert "some-package" in done.stderr
    assert "no apt-get" in done.stderr


def test_without_a_network_the_log_and_the_remedy_are_shown(machine):
    machine.has("apt-get", "#!/bin/sh\necho 'Temporary failure resolving'\nexit 100\n")
    machine.has("id", "#!/bin/sh\necho 0\n")

    done = machine.run("need_apt no-such-command:some-package")

    assert done.returncode == 1
    assert "Temporary failure resolving" in done.stderr
    assert "Check the network connection" in done.stderr


def test_a_python_that_is_too_old_is_named(machine):
    machine.has("python3", OLD_PYTHON)

    done = machine.run("venv packages.txt")

    assert done.returncode == 1
    assert "needs Python 3.11, 3.12 or 3.13. Found: Python 3.9.2" in done.stderr


def test_the_second_start_installs_nothing_and_a_new_list_of_packages_does(machine):
    machine.has("python3.11", PYTHON)

    machine.run("venv packages.txt")
    machine.run("venv packages.txt")
    assert machine.pip_calls() == 1

    (machine.root / "packages.txt").write_text("one==2\n")
    machine.run("venv packages.txt")
    assert machine.pip_calls() == 2


def test_an_environment_that_came_from_another_folder_is_made_anew(machine):
    machine.has("python3.11", PYTHON)
    machine.run("venv packages.txt")
    (machine.root / ".venv/root").write_text("/somewhere/else\n")
    (machine.root / ".venv/leftover").touch()
    (machine.root / "packages.txt").write_text("one==2\n")

    done = machine.run("venv packages.txt")

    assert "Creating .venv" in done.stderr


def test_packages_that_cannot_be_fetched_are_tried_again_next_time(machine):
    machine.has("python3.11", PYTHON)

    failed = machine.run("venv packages.txt", PIP_STATUS="1")
    assert failed.returncode == 1
    assert "Check the network connection" in failed.stderr

    assert machine.run("venv packages.txt").returncode == 0
    assert machine.pip_calls() == 2
