"""`./sutura trial disk --cells 20`: after days of work, every byte on the disk is searched for what was sealed.

A cell is a day (`trials.day`): files with a word of their own in every sealed field, an import, an export, mail, a page
that breaks, a backup. Read then: all that lies in the folder of the product and of its temporary files, what was thrown
away meanwhile, every cell of the database, and whatever is packed inside; keys stay in the browsers, as in life.
`--weaker` takes the cipher away: the same search then finds the words.
"""

from __future__ import annotations

import base64
import gzip
import io
import os
import re
import sqlite3
import sys
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

from trials.told import Told

SMALL, GOAL = 1, 20
DEEPEST = 5
WORD = rb"zq[0-9a-f]{16}"
HEX = re.compile(rb"(?:[0-9a-fA-F]{2}){10,}")
BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}")
DJANGO = re.compile(rb"\.([A-Za-z0-9_-]+):[A-Za-z0-9]+:[A-Za-z0-9_-]+")
"""A session as it is kept: packed, in base64, with its time and signature."""


def run(folder: Path, cells: int, seed: int, weaker: bool) -> Told:
    """Days of work, then the search; `seed` is of no use here: keys and words are never drawn twice."""
    from django.db import connection

    from trials import day as days

    told, thrown = Told(), Thrown(folder)
    with ExitStack() as work:
        work.enter_context(without_cipher(weaker))
        work.enter_context(temporary(folder))
        work.enter_context(days.logged(folder))
        work.enter_context(thrown.kept())
        day = days.Day(folder)
        for _cell in range(cells):
            day.passes()
        # While the connection is open the log of SQLite lies beside it; after, it has gone into the file.
        search = Search(day.words, day.open)
        search.folder(folder)
        connection.close()
        search.folder(folder)
        for name, content in thrown.files:
            search.content(f"thrown away: {name}", content)
    search.tell(told)
    return told


class Search:
    """Looks for words however they lie, and remembers where."""

    def __init__(self, words: dict[str, str], control: str) -> None:
        self.words = words
        self.control = control
        fixed = [re.escape(word).encode() for word in words if not re.fullmatch(WORD.decode(), word)]
        self.pattern = re.compile(b"|".join([WORD, *fixed]))
        self.found: dict[str, set[str]] = {}
        self.read = self.inside = 0

    def folder(self, folder: Path) -> None:
        """Every file below a folder, and every cell of a database there."""
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            name = str(path.relative_to(folder))
            self.content(name, path.read_bytes())
            if path.suffix == ".sqlite3":
                for cell in cells_of(path):
                    self.content(f"{name}, a cell", cell)

    def content(self, name: str, content: bytes, depth: int = 0) -> None:
        """One content, and what is packed in it."""
        self.read += not depth
        self.inside += bool(depth)
        for view in views(content):
            for word in self.pattern.findall(view):
                self.found.setdefault(name, set()).add(word.decode())
        if depth < DEEPEST:
            for inner, more in unpacked(content):
                self.content(f"{name} > {inner}" if inner else name, more, depth + 1)

    def tell(self, told: Told) -> None:
        """Counts, and a fault for each field found in each place."""
        seen = set().union(*self.found.values()) if self.found else set()
        told.counts["words sealed"] = len(self.words)
        told.counts["fields"] = len(set(self.words.values()))
        told.counts["contents read"] = self.read
        told.counts["packed inside"] = self.inside
        told.counts["of them found"] = len(seen & set(self.words))
        told.counts["clear word found in"] = sum(self.control in words for words in self.found.values())
        if self.control not in seen:
            told.faults.append("a word in clear was not found either: the search sees nothing")
        for name, words in self.found.items():
            told.faults += sorted({f"{name}: {self.words[word]}" for word in words if word in self.words})


def views(content: bytes) -> Iterator[bytes]:
    """A content as it may be read: as it is, two bytes a letter, out of hexadecimal, out of base64 begun anywhere."""
    yield content
    if b"\0" in content:
        yield content.replace(b"\0", b"")
    yield b"\n".join(bytes.fromhex(run.decode()[: len(run) // 2 * 2]) for run in HEX.findall(content))
    runs = [run.translate(bytes.maketrans(b"-_", b"+/")) for run in BASE64.findall(content)]
    for begun in range(4):
        yield b"\n".join(base64.b64decode(whole_of(run[begun:])) for run in runs)


def whole_of(run: bytes) -> bytes:
    """As much of base64 as can be read."""
    return run[: len(run) // 4 * 4]


def unpacked(content: bytes) -> Iterator[tuple[str, bytes]]:
    """What is packed in a content: names and contents."""
    with suppress(
        zipfile.BadZipFile, EOFError, OSError, zlib.error, tarfile.TarError, RuntimeError, ValueError
    ):
        if zipfile.is_zipfile(io.BytesIO(content)):  # also behind something else
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                yield from ((name, archive.read(name)) for name in archive.namelist())
        elif content[:2] == b"\x1f\x8b":
            yield "gzip", gzip.decompress(content)
        elif content[257:262] == b"ustar":
            with tarfile.open(fileobj=io.BytesIO(content)) as archive:
                for member in archive:
                    if file := archive.extractfile(member):
                        yield member.name, file.read()
        elif session := DJANGO.fullmatch(content):
            packed = session[1] + b"=" * (-len(session[1]) % 4)
            yield "session", zlib.decompress(base64.urlsafe_b64decode(packed))


def cells_of(database: Path) -> Iterator[bytes]:
    """Every text and every blob of a database: a page of the file may end in the middle of a word."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as plain:
        tables = plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            for row in plain.execute(f'SELECT * FROM "{table}"'):
                for cell in row:
                    if isinstance(cell, str | bytes):
                        yield cell.encode() if isinstance(cell, str) else cell


class Thrown:
    """What is thrown away is read as it goes: as long as it was there, it lay on the disk."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.files, self.on = str(folder), [], False

    @contextmanager
    def kept(self) -> Iterator[None]:
        """From here on."""
        sys.addaudithook(self.heard)
        self.on = True
        try:
            yield
        finally:
            self.on = False

    def heard(self, event: str, given: tuple[Any, ...]) -> None:
        """Python tells before it removes a file."""
        if self.on and event == "os.remove" and isinstance(given[0], str | os.PathLike):
            path = Path(given[0])
            if path.is_file():
                self.files.append((path.name, path.read_bytes()))


@contextmanager
def temporary(folder: Path) -> Iterator[None]:
    """Temporary files lie where they are searched."""
    (folder / "tmp").mkdir(exist_ok=True)
    with patch.object(tempfile, "tempdir", str(folder / "tmp")):
        yield


class Clear:
    """In the place of the cipher: what it is given, with room for a tag."""

    def __init__(self, _key: bytes) -> None:
        pass

    def encrypt(self, _nonce: bytes, plain: bytes, _where: bytes) -> bytes:
        """As it is."""
        return plain + bytes(16)

    def decrypt(self, _nonce: bytes, sealed: bytes, _where: bytes) -> bytes:
        """As it was."""
        return sealed[:-16]


@contextmanager
def without_cipher(weaker: bool) -> Iterator[None]:
    """With `weaker`, what is sealed lies open."""
    from sutura.security import crypto

    with patch.object(crypto, "AESGCM", Clear) if weaker else ExitStack():
        yield
