"""`./sutura test`: style, types, layers, French, then every test on SQLite and on PostgreSQL."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which
from typing import IO

from sutura.config.language import say

NAME = "test"
NEEDS_DATABASE = False
ROOT = Path(__file__).resolve().parents[4]


def summary() -> str:
    """One sentence for the help."""
    return say("check the code and run the tests", "vérifier le code et lancer les tests")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be typed."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help=say(
            "run only these tests, on DATABASE_URL or SQLite",
            "seulement ces tests, sur DATABASE_URL ou SQLite",
        ),
    )
    parser.add_argument(
        "--require-all",
        action="store_true",
        help=say("fail when anything is skipped", "échouer si quoi que ce soit est sauté"),
    )


@dataclass
class Tally:
    """What was tried: counts, and every skip with its reason."""

    passed: int = 0
    failed: int = 0
    skipped: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def note(self, name: str, good: bool) -> None:
        """One check that is not a test of pytest."""
        if good:
            self.passed += 1
        else:
            self.failed += 1
            self.faults.append(name)

    def join(self, other: Tally) -> None:
        """Add what another run counted."""
        self.passed += other.passed
        self.failed += other.failed
        self.skipped |= other.skipped
        self.faults += other.faults

    def add(self, name: str, report: Path, code: int) -> None:
        """What one run of pytest wrote; a run that died counts as a failure."""
        told = json.loads(report.read_text()) if report.exists() else {}
        self.passed += told.get("passed", 0)
        self.failed += told.get("failed", 0)
        for test, reason in told.get("skipped", {}).items():
            self.skipped[f"{name}: {test}"] = reason
        if code and not told.get("failed"):
            self.failed += 1
        if code:
            self.faults.append(name)


def call(
    title: str,
    command: Sequence[str],
    environment: dict[str, str] | None = None,
    output: IO[str] | None = None,
) -> int:
    """Run one check from the root of the project, its output shown as it comes, or kept in a file."""
    print(f"── {title}", file=output, flush=True)
    told = subprocess.STDOUT if output else None
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **(environment or {})}, stdout=output, stderr=told, check=False
    ).returncode


def checks(tally: Tally) -> None:
    """Everything that reads the code without running it."""
    tool = Path(sys.executable).parent
    tally.note(
        "ruff check",
        call("ruff check", [str(tool / "ruff"), "check", "--output-format", "concise", "."]) == 0,
    )
    tally.note(
        "ruff format",
        call("ruff format", [str(tool / "ruff"), "format", "--check", "--output-format", "concise", "."])
        == 0,
    )
    tally.note("mypy", call("mypy", [str(tool / "mypy")]) == 0)
    tally.note(
        "import-linter", call("import-linter", [str(tool / "lint-imports"), "--no-cache", "--no-logo"]) == 0
    )
    if which("xgettext"):
        french = [sys.executable, "-m", "tools.messages", "--check"]
        title = say("French labels", "libellés français")
        tally.note(title, call(title, french) == 0)
    else:
        tally.skipped["tools.messages"] = "gettext is not installed (xgettext)"


def pytest(
    tally: Tally,
    title: str,
    arguments: Sequence[str],
    before: Sequence[str] = (),
    output: IO[str] | None = None,
    **environment: str,
) -> None:
    """One run of pytest, its counts added to the tally."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [
            *before,
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "--continue-on-collection-errors",
            *arguments,
        ]
        code = call(title, command, {**environment, "SUTURA_TEST_REPORT": str(report)}, output)
        tally.add(title, report, code)


def everything(tally: Tally) -> None:
    """The whole round: checks, then SQLite with browser and, at the same time, PostgreSQL without."""
    checks(tally)
    server = [sys.executable, "-m", "tools.postgres"]
    found = subprocess.run([*server, "--where"], cwd=ROOT, capture_output=True, check=False)
    if found.returncode:
        pytest(tally, "pytest, SQLite", ["tests"], DATABASE_URL="")
        tally.skipped["PostgreSQL"] = "no server programs (Debian: apt-get install postgresql)"
        return
    other = Tally()
    with tempfile.TemporaryFile("w+") as told, ThreadPoolExecutor(1) as beside:
        # A page in the browser does not depend on the database: its stories are told once.
        wanted = ["tests", "-m", "not browser and not office"]
        # The stories are the same ones: a third of them tells whether the database matters.
        fewer = {"SUTURA_STORY_EXAMPLES": "20"}
        second = beside.submit(pytest, other, "pytest, PostgreSQL", wanted, server, told, **fewer)
        pytest(tally, "pytest, SQLite", ["tests"], DATABASE_URL="")
        second.result()
        told.seek(0)
        print(told.read(), flush=True)
    tally.join(other)


def absolute(path: str) -> str:
    """A path of the person's folder, with its `::test` kept, as pytest in the root of the project reads it."""
    file, colons, test = path.partition("::")
    return f"{Path(file).resolve()}{colons}{test}"


def run(options: argparse.Namespace) -> int:
    """Tally everything, name what was skipped and why; the last line counts."""
    tally = Tally()
    if options.paths:
        pytest(tally, "pytest", [absolute(path) for path in options.paths])
    else:
        everything(tally)
    if tally.skipped:
        print(say("\nSkipped:", "\nSauté :"))
        for name, reason in tally.skipped.items():
            print(f"  {name} — {reason}")
    for fault in tally.faults:
        print(say(f"Failed: {fault}", f"Échec : {fault}"))
    refused = options.require_all and bool(tally.skipped)
    if refused:
        print(
            say(
                "Refused: --require-all lets nothing be skipped.",
                "Refusé : --require-all ne laisse rien sauter.",
            )
        )
    print(f"{tally.passed} passed, {tally.failed} failed, {len(tally.skipped)} skipped", flush=True)
    return 1 if tally.failed or tally.faults or refused else 0
