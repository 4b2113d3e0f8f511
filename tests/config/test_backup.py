"""Backups: sealed to two people at least, nothing left of one that failed, no word of a child in clear."""

from __future__ import annotations

import hashlib
import io
import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection

from sutura.audit.models import Entry
from sutura.config.backup import sealing, taking
from sutura.config.backup.contents import PRIVATE, Refused, private_folder
from sutura.config.commands import key as making_keys
from tests.config.conftest import CANARY, Sealed

KEYS = [sealing.new_key()[0] for _ in range(2)]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ([], "at least"),
        (KEYS[:1], "at least"),
        ([KEYS[0], KEYS[0]], "at least"),
        ([*KEYS, "age1nobody"], "age1nobody is no age public key"),
        ([*KEYS, sealing.new_key()[1]], "is no age public key"),
    ],
)
def test_fewer_than_two_who_can_open_it_are_refused(
    typed: list[str], sentence: str, monkeypatch: Any
) -> None:
    monkeypatch.setenv("SUTURA_LANG", "en")
    with pytest.raises(Refused, match=sentence):
        taking.readers(typed)


@pytest.mark.django_db(transaction=True)
def test_a_folder_that_is_not_there_is_refused(tmp_path: Path, elsewhere: Path) -> None:
    with pytest.raises(Refused, match="unmounted"):
        taking.take(tmp_path / "unmounted", taking.readers(KEYS))
    assert not (tmp_path / "unmounted").exists()


@contextmanager
def small_disk(size: int) -> Iterator[None]:
    """No file of this process may grow beyond a size, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", [1_000, 20_000])
def test_nothing_is_left_of_a_backup_on_a_full_disk(size: int, tmp_path: Path, elsewhere: Path) -> None:
    with small_disk(size), pytest.raises(Refused):
        taking.take(tmp_path, taking.readers(KEYS))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_it_holds_all_and_shows_nothing(sealed: Sealed) -> None:
    data = sealed.taken.path.read_bytes()
    assert hashlib.sha256(data).hexdigest() == sealed.taken.sha256
    assert CANARY.encode() not in data
    assert sealed.taken.path.stat().st_mode & 0o077 == 0
    for secret in (sealed.first, sealed.second):
        plain = io.BytesIO()
        sealing.unseal(io.BytesIO(data), plain, [sealing.Identity.from_str(secret)])
        with ZipFile(plain) as archive:
            names = archive.namelist()
            assert archive.read(f"files/{sealed.attachment}") == sealed.content
    database = "sutura.sqlite3" if connection.vendor == "sqlite" else "sutura.dump"
    assert names == [database, "secret_key", f"files/{sealed.attachment}", "manifest.json"]
    assert [path.name for path in sealed.taken.path.parent.rglob(f"{PRIVATE}*")] == []


def test_it_is_in_the_log(sealed: Sealed, db: None) -> None:
    (entry,) = Entry.objects.filter(act="backup.take")
    assert (entry.actor, entry.subject) == ("machine-backup", sealed.taken.path.name)


def test_what_a_killed_backup_left_in_clear_goes_with_the_next(tmp_path: Path) -> None:
    with subprocess.Popen(["true"]) as gone:
        pass
    left = tmp_path / f"{PRIVATE}{gone.pid}-x"
    at_work = tmp_path / f"{PRIVATE}{os.getppid()}-x"
    left.mkdir()
    at_work.mkdir()
    with private_folder(tmp_path) as folder:
        assert folder.stat().st_mode & 0o077 == 0
        assert sorted(tmp_path.iterdir()) == sorted([folder, at_work])
    assert list(tmp_path.iterdir()) == [at_work]


def test_a_key_is_its_owners_alone_and_never_replaced(tmp_path: Path, capsys: Any) -> None:
    from argparse import Namespace

    file = tmp_path / "mine"
    assert making_keys.run(Namespace(file=file)) == 0
    public = capsys.readouterr().out.strip()
    assert [str(one.to_public()) for one in sealing.identities(file)] == [public]
    assert file.stat().st_mode & 0o077 == 0
    before = file.read_bytes()
    assert making_keys.run(Namespace(file=file)) == 1
    assert file.read_bytes() == before
