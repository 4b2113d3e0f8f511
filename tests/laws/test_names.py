"""Law: no drawer for homeless code, no word of a workplace, no note to self."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from shutil import which

import pytest

from tests.laws.source import PACKAGE, ROOT, python_files

pytestmark = pytest.mark.once

DRAWERS = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "core",
    "base",
    "managers",
    "signals",
    "mixins",
    "misc",
}
# Written in two halves, so that this file does not break its own law.
WORKPLACE = re.compile(
    "|".join(["/wo" + "rk/", r"(?<!\w)\.lib" + r"rary\b", "/tm" + "p/plan", "/ro" + "ot/"])
)
UNFINISHED = re.compile(r"\b(?:TO" + "DO|FIX" + "ME|XX" + r"X)\b|raise NotImplemented")
TEXT = {".py", ".md", ".html", ".css", ".js", ".toml", ".txt", ".sh", ".json", ".csv", ".po", ".yml", ""}


def files() -> list[Path]:
    """Every text file that git would keep; without git, everything in the folders that are ours."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    told = (
        subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if which("git")
        else None
    )
    if told is not None and told.returncode == 0:
        found = [ROOT / name for name in told.stdout.splitlines()]
    else:
        ours = [ROOT / name for name in ("src", "tests", "tools", "docs", "bench", "trials")]
        found = [path for folder in ours for path in folder.rglob("*") if "__pycache__" not in path.parts]
    return [
        path for path in found if path.is_file() and path.suffix in TEXT and path.stat().st_size < 2_000_000
    ]


def read(path: Path) -> str:
    """The text of a file, whatever its bytes."""
    return path.read_text(encoding="utf-8", errors="replace")


# Django looks for a database backend under this name.
NAMED_BY_DJANGO = {PACKAGE / "config" / backend / "base.py" for backend in ("sqlite3", "postgresql")}


def test_no_drawer():
    modules = [path for path in python_files(ROOT / "src", ROOT / "tools") if path.stem != "__init__"]
    assert modules
    wrong = [
        str(path)
        for path in set(modules) - NAMED_BY_DJANGO
        if {path.stem, *path.relative_to(ROOT).parts[:-1]} & DRAWERS
    ]
    assert wrong == []


def test_no_word_of_a_workplace():
    assert len(files()) > 50
    assert [str(path.relative_to(ROOT)) for path in files() if WORKPLACE.search(read(path))] == []


def test_nothing_is_left_for_later():
    code = python_files(PACKAGE)
    assert code
    assert [str(path.relative_to(ROOT)) for path in code if UNFINISHED.search(read(path))] == []
