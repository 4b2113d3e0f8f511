"""What a browser leaves on the disk of a device: its files read as somebody would who took the device, and its end.

Chromium keeps what pages store in LevelDB: a log of records cut in pieces, and tables of blocks, each compressed with
Snappy; a long value is compressed once more before it goes there. Formats: google/leveldb `doc/log_format.md` and
`doc/table_format.md`, google/snappy `format_description.txt`, Chromium's `idb_value_wrapping.cc`.
"""

from __future__ import annotations

import os
import re
import resource
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

CODES = ("utf-8", "latin-1", "utf-16-le")
"""A text that a script stores is written in Latin 1 when that holds it, else in UTF-16."""
TABLE = bytes.fromhex("57fb808b247547db")
PIECE, HEAD, FOOT = 32_768, 7, 48
LONG = re.compile(re.escape(b"\xff\x11\x02"))
"""Begins a long value of IndexedDB that was compressed."""


def found(home: Path, words: Iterable[str]) -> list[str]:
    """`file: word` for each of the words that stands in clear in a file of a profile, however it is written there."""
    marks = {word.encode(code): word for word in words for code in CODES}
    files = (path for path in home.rglob("*") if path.is_file() and not path.is_symlink())
    return sorted(
        {
            f"{path.relative_to(home)}: {word}"
            for path in files
            for text in readable(path)
            for mark, word in marks.items()
            if mark in text
        }
    )


def readable(path: Path) -> Iterator[bytes]:
    """A file as it lies there, and all that its records and blocks hold once joined and opened."""
    raw = path.read_bytes()
    for text in (raw, joined(raw) if path.suffix == ".log" else b"", *blocks(raw)):
        yield text
        for value in LONG.finditer(text):
            yield opened(text[value.end() :][:4_000_000])


def joined(raw: bytes) -> bytes:
    """The records of a log without the heads of its pieces, which may stand in the middle of a word."""
    told = bytearray()
    for start in range(0, len(raw), PIECE):
        piece = raw[start : start + PIECE]
        at = 0
        while at + HEAD <= len(piece):
            size = int.from_bytes(piece[at + 4 : at + 6], "little")
            told += piece[at + HEAD : at + HEAD + size]
            at += HEAD + size
    return bytes(told)


def blocks(raw: bytes) -> Iterator[bytes]:
    """The blocks of a table, opened; nothing when the file is no table."""
    if not raw.endswith(TABLE):
        return
    at = len(raw) - FOOT
    for _part in range(2):  # where the list of lists stands
        _size, at = number(raw, at)
    listed = block(raw, at)
    at, end = 0, len(listed) - 4 - 4 * int.from_bytes(listed[-4:], "little")
    while at < end:
        _shared, at = number(listed, at)
        key, at = number(listed, at)
        size, at = number(listed, at)
        yield block(raw, 0, listed[at + key : at + key + size])
        at += key + size


def block(raw: bytes, at: int, handle: bytes = b"") -> bytes:
    """One block, from where its place and size are written."""
    start, at = number(handle or raw, at)
    size, _at = number(handle or raw, at)
    kept = raw[start : start + size]
    return opened(kept) if raw[start + size : start + size + 1] == b"\1" else kept


def number(raw: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits to the byte, and where it ends."""
    found = shift = 0
    while at < len(raw):
        found |= (raw[at] & 127) << shift
        shift += 7
        at += 1
        if raw[at - 1] < 128:
            break
    return found, at


def opened(raw: bytes) -> bytes:
    """What Snappy compressed; as far as it goes when it was something else."""
    size, at = number(raw, 0)
    told = bytearray()
    while len(told) < size and at < len(raw):
        tag = raw[at]
        at += 1
        if tag & 3 == 0:
            more = max(0, (tag >> 2) - 59)
            length = 1 + (int.from_bytes(raw[at : at + more], "little") if more else tag >> 2)
            told += raw[at + more : at + more + length]
            at += more + length
            continue
        more = (0, 1, 2, 4)[tag & 3]
        back = int.from_bytes(raw[at : at + more], "little") + ((tag >> 5 << 8) if more == 1 else 0)
        at += more
        if not 0 < back <= len(told):
            break
        for _sign in range((tag >> 2 & 7) + 4 if more == 1 else (tag >> 2) + 1):
            told.append(told[-back])
    return bytes(told)


def processes(home: Path) -> Iterator[int]:
    """The processes of the browser which keeps this profile."""
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if str(home).encode() in (place / "cmdline").read_bytes():
                yield int(place.name)


def killed(home: Path) -> None:
    """Kill all of them at once."""
    for process in processes(home):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def told_of_a_full_disk(program: str, folder: Path) -> Path:
    """The browser: beyond its limit a process would be ended by the system; ignored, it is told of a full disk."""
    made = folder / "browser"
    made.write_text(f'#!/bin/sh\nexec env --ignore-signal=XFSZ {program} "$@"\n')
    made.chmod(0o700)
    return made


@contextmanager
def no_room(home: Path) -> Iterator[None]:
    """The disk of the device is full."""
    for process in processes(home):
        resource.prlimit(process, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    yield
    for process in processes(home):
        resource.prlimit(process, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
