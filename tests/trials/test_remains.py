"""What days of work leave on the disk holds none of the words that were sealed, and the search would see them."""

from __future__ import annotations

import base64
import gzip
import io
import os
import re
import sqlite3
import subprocess
import sys
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.laws.source import ROOT
from trials.remains import Search
from trials.told import Told

WORD = "zq0123456789abcdef"
CLEAR = "zqfedcba9876543210"
NOT_OURS = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "SUTURA_STATIC", "SUTURA_STATIC_FINDERS"}


def packed(name: str, content: bytes) -> bytes:
    """A content in a container of a kind."""
    made = io.BytesIO()
    if name == "zip":
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a/b.xml", content)
    elif name == "tar":
        with tarfile.open(fileobj=made, mode="w") as archive:
            member = tarfile.TarInfo("a")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return made.getvalue() or gzip.compress(content)


def seen(folder: Path) -> dict[str, set[str]]:
    """Where the search finds the word."""
    search = Search({WORD: "a field", "14.4843719527": "a place"}, CLEAR)
    search.folder(folder)
    return search.found


def test_the_search_finds_a_word_however_it_lies(tmp_path: Path) -> None:
    said = f"mot {WORD} ici".encode()
    lies = {
        "plain": said,
        "number": b"at 14.4843719527 degrees",
        "wide": said.decode().encode("utf-16-le"),
        "hex": WORD.encode().hex().encode(),
        "session": b"." + base64.urlsafe_b64encode(zlib.compress(said * 3)).rstrip(b"=") + b":1abc:x-Y_z",
        "nested": packed("gzip", packed("tar", packed("zip", said))),
        "behind.bin": b"\x01 before" + packed("zip", said) + bytes(16),
        **{f"coded-{n}": base64.b64encode(b"a" * n + said) for n in range(3)},
        **{f"url-{n}": base64.urlsafe_b64encode(b"\xff" * n + said) for n in range(3)},
        **{name: packed(name, said) for name in ("zip", "tar", "gzip")},
    }
    for name, content in lies.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "nothing").write_bytes(b"zq012345678 and 14.4843719")
    assert {name.partition(" > ")[0] for name in seen(tmp_path)} == set(lies)


def test_a_word_across_two_pages_of_a_database_is_found_in_its_cell(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "x.sqlite3") as plain:
        plain.execute("CREATE TABLE told (it)")
        plain.execute("INSERT INTO told VALUES (?)", ["-" * 4070 + WORD * 300])
    plain.close()
    assert "x.sqlite3, a cell" in seen(tmp_path)


def test_a_search_that_sees_nothing_says_so(tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"nothing")
    search, told = Search({WORD: "a field"}, CLEAR), Told()
    search.folder(tmp_path)
    search.tell(told)
    assert told.faults == ["a word in clear was not found either: the search sees nothing"]
    (tmp_path / "clear").write_bytes(CLEAR.encode())
    search.folder(tmp_path)
    found = Told()
    search.tell(found)
    assert (found.faults, found.counts["clear word found in"]) == ([], 1)


def tried(*words: str) -> subprocess.CompletedProcess[str]:
    """The trial with the settings of production, in a process and a folder of its own."""
    clean = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    asked = [sys.executable, "-m", "trials", "disk", *words]
    return subprocess.run(asked, capture_output=True, text=True, check=False, cwd=ROOT, env=clean)


def counted(line: str) -> dict[str, int]:
    """`136 words sealed · 56 fields` by what was counted."""
    return {what: int(number) for number, what in re.findall(r"(\d+) ([a-z ]+?)(?= ·| \()", line)}


@pytest.mark.slow
def test_without_the_cipher_the_same_search_finds_what_a_day_has_sealed() -> None:
    told = tried("--weaker")
    counts = counted(told.stdout.splitlines()[0])
    assert told.returncode == 0, told.stdout + told.stderr
    assert counts["fields"] > 50
    # Two are kept nowhere: the name that was looked for, and what a page broke on.
    assert counts["of them found"] == counts["words sealed"] - 2
