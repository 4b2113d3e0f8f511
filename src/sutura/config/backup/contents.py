"""What a backup holds, and where it is put while it is in clear."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from zipfile import ZipFile

from django.conf import settings

from sutura.access.errors import DomainError
from sutura.config.language import say

FORMAT = 1
MANIFEST, FILES = "manifest.json", "files"
KEYS = ("secret_key", "anchor_key")  # of the signatures in pages, and in anchors of the log
DATABASE = {"sqlite": "sutura.sqlite3", "postgresql": "sutura.dump"}
CHUNK = 1 << 16
PRIVATE = ".in-clear-"
Schema = dict[str, list[str]]


class Refused(DomainError):
    """A backup or a restore that cannot be done; nothing was changed."""


@dataclass(frozen=True)
class Member:
    """One file of the backup, as it must come back."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What was copied, when, and how one knows that it came back whole."""

    made_at: str
    engine: str
    schema: Schema
    rows: dict[str, int]
    members: dict[str, Member]
    format: int = FORMAT

    def as_json(self) -> str:
        return json.dumps(asdict(self), sort_keys=True, indent=1)


def read_manifest(archive: ZipFile) -> Manifest:
    """The manifest of an opened backup, refused when it is of a kind that this Sutura does not know."""
    try:
        told = json.loads(archive.read(MANIFEST))
        if told["format"] != FORMAT:
            raise Refused(
                say(
                    "this backup was written by a newer Sutura: restore it with that one",
                    "sauvegarde écrite par une version plus récente de Sutura : restaurez-la avec celle-ci",
                )
            )
        told["members"] = {name: Member(**facts) for name, facts in told["members"].items()}
        found = Manifest(**told)
    except (KeyError, TypeError, ValueError) as error:
        raise damaged() from error
    if not all(expected(name, found.engine) for name in found.members):
        raise damaged()
    return found


def expected(name: str, engine: str) -> bool:
    """Whether a backup has a place for this file: a crafted one must not write anywhere else."""
    parts = PurePosixPath(name).parts
    attached = len(parts) > 1 and parts[0] == FILES and ".." not in parts and "\\" not in name
    return attached or name in {*KEYS, DATABASE.get(engine)}


def damaged() -> Refused:
    """The sentence for whatever is not a whole backup."""
    return Refused(
        say(
            "this backup is cut or changed: nothing was restored, take another copy",
            "sauvegarde tronquée ou altérée : rien n’a été restauré, prenez une autre copie",
        )
    )


def copy(source: BinaryIO, into: BinaryIO) -> Member:
    """Copy a stream, bounded in memory, and tell its size and fingerprint."""
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        into.write(chunk)
        digest.update(chunk)
        size += len(chunk)
    return Member(size, digest.hexdigest())


def attachments() -> Mapping[str, Path]:
    """The name in the backup and the place on the disk of every attachment."""
    root = Path(settings.MEDIA_ROOT)
    return {
        f"{FILES}/{path.relative_to(root).as_posix()}": path
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


@contextmanager
def private_folder(near: Path) -> Iterator[Path]:
    """A folder for its owner alone, on the disk that holds the data anyway; gone afterwards, whatever happens.

    One that a killed process left behind goes with the next; being asked to end is not being killed.
    """
    near.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in near.glob(f"{PRIVATE}*"):
        if not alive(int(left.name.split("-")[2])):
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{PRIVATE}{os.getpid()}-", dir=near))
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        signal.signal(signal.SIGTERM, before)


def alive(process: int) -> bool:
    """Whether a process with this number runs."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
