"""Taking a backup: read once, sealed as it flows, under its name only when it is whole."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.db import DatabaseError

from sutura.audit.services import record
from sutura.config import schema
from sutura.config.backup import sealing
from sutura.config.backup.contents import (
    DATABASE,
    KEYS,
    MANIFEST,
    Manifest,
    Member,
    Refused,
    attachments,
    copy,
    private_folder,
)  # fmt: skip
from sutura.config.backup.snapshot import Snapshot, snapshot
from sutura.config.language import say
from sutura.people.services import machine
from sutura.security.storage import settle

FEWEST = 2


@dataclass(frozen=True)
class Taken:
    """A finished backup, and what a copy of it must equal."""

    path: Path
    size: int
    sha256: str
    rows: int
    files: int


class Witness:
    """A file that remembers the fingerprint of what went through it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        return self.file.write(data)

    def flush(self) -> None:
        self.file.flush()


def readers(texts: Sequence[str]) -> list[Any]:
    """The recipients, at least two different ones: with one, a lost key is a lost backup."""
    try:
        found = sealing.recipients(texts)
    except sealing.BadKey as refusal:
        raise Refused(
            say(
                f"{refusal} is no age public key (age1…)", f"{refusal} n’est pas une clé publique age (age1…)"
            )
        ) from refusal
    if len(found) < FEWEST:
        raise Refused(
            say(
                "a backup needs two recipients at least (--recipient twice): one lost key must not lose it",
                "il faut au moins deux destinataires (--recipient deux fois) : une clé perdue ne doit pas tout perdre",
            )
        )
    return found


def take(folder: Path, to: Sequence[Any]) -> Taken:
    """Write one sealed backup into a folder that is there; nothing is left of one that failed."""
    if not folder.is_dir():
        raise Refused(
            say(
                f"there is no folder {folder}: is the disk mounted?",
                f"pas de dossier {folder} : le disque est-il monté ?",
            )
        )
    if schema.empty():
        raise Refused(say("there is nothing in this database yet", "il n’y a encore rien dans cette base"))
    moment = datetime.now(UTC)
    path = folder / f"sutura-{moment:%Y%m%dT%H%M%SZ}.age"
    unfinished = path.with_suffix(".unfinished")
    try:
        manifest, sha256 = write(unfinished, to, moment)
        size = unfinished.stat().st_size
        unfinished.rename(path)
        settle(folder)
    except (OSError, DatabaseError) as error:
        raise Refused(
            say(
                "the backup could not be written, is the disk full? Nothing is left of it",
                "la sauvegarde n’a pas pu être écrite, le disque est-il plein ? Il n’en reste rien",
            )
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
    taken = Taken(path, size, sha256, sum(manifest.rows.values()), len(manifest.members))
    if not schema.pending():  # the log of an older schema is not ours to write
        record(machine("backup"), "backup.take", of=path.name, fields=f"{len(to)} recipients")
    return taken


def write(path: Path, to: Sequence[Any], moment: datetime) -> tuple[Manifest, str]:
    """Fill a pipe with the zip while a thread seals what comes out of it."""
    reading, writing = os.pipe()
    with ThreadPoolExecutor(1) as beside, path.open("xb") as file:
        path.chmod(0o600)
        witness = Witness(file)
        sealing = beside.submit(seal, reading, witness, to)
        try:
            with os.fdopen(writing, "wb") as pipe:
                manifest = fill(pipe, moment)
        except BrokenPipeError:
            sealing.result()  # its own error is the cause
            raise
        sealing.result()
        os.fsync(file.fileno())
    return manifest, witness.digest.hexdigest()


def seal(reading: int, witness: Witness, to: Sequence[Any]) -> None:
    """Seal what comes out of the pipe; closing it tells the other end when we cannot go on."""
    with os.fdopen(reading, "rb") as pipe:
        sealing.seal(pipe, witness, to)  # type: ignore[arg-type]  # it only writes
    witness.flush()


def fill(pipe: BinaryIO, moment: datetime) -> Manifest:
    """The database first, then the attachments: one that was added meanwhile is too many, never too few."""
    members: dict[str, Member] = {}
    with ExitStack() as stack:
        private = stack.enter_context(private_folder(settings.DATA))
        archive = stack.enter_context(ZipFile(pipe, "w", ZIP_DEFLATED))

        def put(name: str, source: BinaryIO) -> None:
            with archive.open(name, "w", force_zip64=True) as member:
                members[name] = copy(source, member)  # type: ignore[arg-type]

        with snapshot(private) as taken:
            put(DATABASE[taken.engine], taken.stream)
        for name, path in own_files().items():
            with path.open("rb") as source:
                put(name, source)
        manifest = described(taken, members, moment)
        archive.writestr(MANIFEST, manifest.as_json())
    return manifest


def own_files() -> dict[str, Path]:
    """Attachments, and the signing keys that are files of ours."""
    keys = {name: settings.DATA / name for name in KEYS}
    return {**{name: path for name, path in keys.items() if path.is_file()}, **attachments()}


def described(taken: Snapshot, members: dict[str, Member], moment: datetime) -> Manifest:
    """The manifest of what was put in."""
    return Manifest(
        made_at=moment.isoformat(timespec="seconds"),
        engine=taken.engine,
        schema=taken.schema,
        rows=taken.rows,
        members=members,
    )
