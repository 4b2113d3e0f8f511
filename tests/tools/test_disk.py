"""What a day leaves on the disk holds none of the words that were sealed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.laws.source import ROOT
from tools import disk


def test_the_scan_finds_a_word_however_it_lies(tmp_path: Path):
    lies = {
        "plain": b"mot zqword ici",
        "wide": "mot zqword ici".encode("utf-16-le"),
        "hex": b"zqword".hex().encode(),
        "coded": disk.base64.b64encode(b"ab zqword et la suite"),
        "coded-1": disk.base64.b64encode(b"abc zqword et la suite"),
        "coded-2": disk.base64.b64encode(b"abcd zqword et la suite"),
        "nothing": b"zqwor",
    }
    for name, content in lies.items():
        (tmp_path / name).write_bytes(content)
    found = disk.found_in(tmp_path, {"zqword": "a field"})
    assert sorted(found) == sorted(set(lies) - {"nothing"})


@pytest.mark.slow
def test_after_a_day_nothing_sealed_lies_on_the_disk():
    """In a process and a folder of its own: the settings are those of life, with SQLite's log."""
    paths = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    clean = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-m", "tools.disk"],
        cwd=ROOT,
        env=clean | paths,
        capture_output=True,
        text=True,
        check=False,
    )
    told = json.loads(done.stdout.splitlines()[-1])
    assert (done.returncode, told["found"]) == (0, {})
    assert told["fields"] > 40
