"""Opening a backup: in clear in a private folder, and believed only when every byte is as its manifest says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from sutura.config.backup import sealing
from sutura.config.backup.contents import (
    MANIFEST,
    Manifest,
    Refused,
    Schema,
    copy,
    damaged,
    private_folder,
    read_manifest,
)  # fmt: skip
from sutura.config.language import say

ZIP = "backup.zip"


def keys(path: Path) -> Sequence[Any]:
    """The secret keys of a file."""
    try:
        return sealing.identities(path)
    except sealing.BadKey as refusal:
        raise Refused(
            say(
                f"no age secret key in {path} (AGE-SECRET-KEY-…)",
                f"pas de clé secrète age dans {path} (AGE-SECRET-KEY-…)",
            )
        ) from refusal


@contextmanager
def opened(file: Path, identities: Sequence[Any], *, upgrade: bool) -> Iterator[tuple[Path, Manifest]]:
    """The folder that holds the backup in clear, and its manifest; of a kind and a schema that fit here."""
    with private_folder(settings.DATA) as private:
        unseal(file, private / ZIP, identities)
        try:
            with ZipFile(private / ZIP) as archive:
                manifest = read_manifest(archive)
                if sorted(archive.namelist()) != sorted([MANIFEST, *manifest.members]):
                    raise damaged()
                fits(manifest, upgrade=upgrade)
                for name in manifest.members:
                    unpack(archive, name, private, manifest)
        except BadZipFile as error:
            raise damaged() from error
        (private / ZIP).unlink()
        yield private, manifest


def unseal(file: Path, plain: Path, identities: Sequence[Any]) -> None:
    """Open the seal, or say which of key and file is wrong."""
    try:
        with file.open("rb") as sealed, plain.open("wb") as opened:
            sealing.unseal(sealed, opened, identities)
    except sealing.WrongKey as refusal:
        raise Refused(
            say("this key does not open this backup", "cette clé n’ouvre pas cette sauvegarde")
        ) from refusal
    except sealing.Damaged as refusal:
        raise damaged() from refusal
    except OSError as error:
        raise Refused(
            say(
                f"the backup cannot be opened: {error.strerror}",
                f"impossible d’ouvrir la sauvegarde : {error.strerror}",
            )
        ) from error


def unpack(archive: ZipFile, name: str, private: Path, manifest: Manifest) -> None:
    """One file out of the zip, compared with the manifest."""
    path = private / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as packed, path.open("xb") as file:
        if copy(packed, file) != manifest.members[name]:  # type: ignore[arg-type]
            raise damaged()


def fits(manifest: Manifest, *, upgrade: bool) -> None:
    """Refuse another kind of database, a schema that this Sutura lacks, and an older one unless it may be upgraded."""
    if manifest.engine != connection.vendor:
        raise Refused(
            say(
                f"this is a backup of {manifest.engine}, and DATABASE_URL names another kind of database",
                f"sauvegarde de {manifest.engine}, alors que DATABASE_URL désigne une autre sorte de base",
            )
        )
    here, there = set(MigrationLoader(None).disk_migrations), applied(manifest.schema)
    if there - here:
        raise Refused(
            say(
                "this backup was made by a newer Sutura: restore it with that one",
                "sauvegarde faite par une version plus récente de Sutura : restaurez-la avec celle-ci",
            )
        )
    if here - there and not upgrade:
        raise Refused(
            say(
                "this backup was made by an older Sutura: restore it with that one, or add --upgrade",
                "sauvegarde faite par une version plus ancienne : restaurez-la avec celle-ci, ou ajoutez --upgrade",
            )
        )


def applied(schema: Schema) -> set[tuple[str, str]]:
    """The migrations of a schema, as Django names them."""
    return {(app, name) for app, names in schema.items() for name in names}
