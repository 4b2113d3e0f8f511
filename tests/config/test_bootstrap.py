"""`./sutura` on machines that lack something: each time one clear sentence, and never the same work twice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


class Machine:
    """A machine whose pip is the few lines given, and whose environment is a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.venv = folder / "venv"
        self.calls = folder / "calls"

    def pip(self, program: str) -> None:
        """What this machine's pip does; every call is counted."""
        module = self.folder / "site" / "pip"
        module.mkdir(parents=True, exist_ok=True)
        (module / "__init__.py").write_text("")
        count = f"open({str(self.calls)!r}, 'a').write(' '.join(sys.argv[1:]) + '\\n')"
        (module / "__main__.py").write_text(f"import sys\n{count}\n{program}\n")

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run ./sutura there."""
        environment = {
            "PATH": "/usr/bin:/bin",
            "HOME": str(self.folder),
            "PYTHONPATH": str(self.folder / "site"),
            "SUTURA_VENV": str(self.venv),
            "SUTURA_NO_UV": "1",
            **more,
        }
        command = [sys.executable, str(ROOT / "sutura"), *arguments]
        return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)

    def installs(self) -> int:
        """How often something was installed."""
        said = self.calls.read_text().splitlines() if self.calls.exists() else []
        return sum(" install " in f" {line} " for line in said)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine with a recent pip that installs whatever it is told."""
    made = Machine(tmp_path)
    made.pip("print('pip 23.0.1 from nowhere')")
    return made


def test_it_installs_once_then_hands_over(machine: Machine):
    first = machine.run("--help", "--lang", "en")
    assert (first.returncode, machine.installs()) == (0, 1)
    assert "packages to install, once" in first.stderr
    assert first.stdout.startswith("usage: ./sutura")
    again = machine.run("--help")
    assert (again.returncode, again.stderr, machine.installs()) == (0, "", 1)


def test_it_installs_by_hash_wheels_only_and_resolves_nothing(machine: Machine):
    machine.run("--help")
    asked = machine.calls.read_text().splitlines()[-1]
    for word in ("--require-hashes", "--no-deps", "--only-binary :all:", f"-r {ROOT / 'requirements.txt'}"):
        assert word in asked


def test_the_test_tools_come_only_with_the_command_that_needs_them(machine: Machine):
    machine.run("test", "--help")
    assert str(ROOT / "requirements-dev.txt") in machine.calls.read_text()
    # What holds the test tools holds everything.
    machine.run("--help")
    assert machine.installs() == 1


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        ("sys.exit('No module named pip')", "sutura: pip est absent"),
        ("print('pip 20.3.4 from nowhere')", "sutura: pip 20.3 est trop ancien"),
        (
            "print('pip 23.0.1 from nowhere')\n"
            "if 'install' in sys.argv: sys.exit('NewConnectionError: Temporary failure in name resolution')",
            "sutura: Paquets inaccessibles",
        ),
        (
            "print('pip 23.0.1 from nowhere')\n"
            "if 'install' in sys.argv: sys.exit('THESE PACKAGES DO NOT MATCH THE HASHES')",
            "sutura: L’installation a échoué",
        ),
    ],
)
def test_what_is_missing_is_said_in_one_sentence(machine: Machine, program: str, sentence: str):
    machine.pip(program)
    told = machine.run("--help")
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.splitlines()[-1].startswith(sentence)
    assert "Traceback" not in told.stderr


def test_a_failed_installation_is_tried_again(machine: Machine):
    machine.pip("print('pip 23.0.1')\nif 'install' in sys.argv: sys.exit(1)")
    assert machine.run("--help").returncode == 1
    machine.pip("print('pip 23.0.1')")
    assert machine.run("--help").returncode == 0


def test_a_stray_folder_of_the_same_name_is_not_run(machine: Machine):
    stray = machine.folder / "stray" / "sutura"
    stray.mkdir(parents=True)
    (stray / "__main__.py").write_text("print('stray')")
    before = Path.cwd()
    os.chdir(stray.parent)
    try:
        assert "stray" not in machine.run("--help").stdout
    finally:
        os.chdir(before)
