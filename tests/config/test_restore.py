"""Restoring: what is not whole, not ours, or would write over records is refused in one sentence, nothing touched."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection

from sutura.config.backup import opening, restoring, sealing
from sutura.config.backup.contents import DATABASE, Refused
from sutura.config.backup.programs import start
from sutura.config.backup.proving import beside, url
from sutura.config.backup.snapshot import asking, facts
from tests.config.conftest import Sealed

Key = Callable[[str], Path]
NOT_OURS = {"LANG", "LC_ALL", "DJANGO_SETTINGS_MODULE", "DATABASE_URL", "SUTURA_STATIC"}
CUT = "cut or changed"

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("as_owner")]


@pytest.fixture(autouse=True)
def english(monkeypatch: Any) -> None:
    monkeypatch.setenv("SUTURA_LANG", "en")


def contents(data: bytes, secret: str) -> dict[str, bytes]:
    """The files of a backup, in clear."""
    plain = io.BytesIO()
    sealing.unseal(io.BytesIO(data), plain, [sealing.Identity.from_str(secret)])
    with ZipFile(plain) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def crafted(files: dict[str, bytes], secret: str) -> bytes:
    """A backup made by hand, as anyone could who knows a public key."""
    plain, sealed = io.BytesIO(), io.BytesIO()
    with ZipFile(plain, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    plain.seek(0)
    sealing.seal(plain, sealed, [sealing.Identity.from_str(secret).to_public()])
    return sealed.getvalue()


def told(files: dict[str, bytes], **changes: Any) -> dict[str, bytes]:
    """The same files, with another manifest."""
    manifest = json.loads(files["manifest.json"]) | changes
    return {**files, "manifest.json": json.dumps(manifest).encode()}


def with_schema(files: dict[str, bytes], change: Callable[[list[str]], object]) -> dict[str, bytes]:
    """The same files, of another schema of incidents."""
    schema = json.loads(files["manifest.json"])["schema"]
    change(schema["incidents"])
    return told(files, schema=schema)


def with_place(files: dict[str, bytes], name: str) -> dict[str, bytes]:
    """The same files, one of them with a name that leads elsewhere."""
    manifest = json.loads(files["manifest.json"])
    members = {**manifest["members"], name: manifest["members"]["secret_key"]}
    return {**told(files, members=members), name: files["secret_key"]}


SPOILED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "cut by one byte": (lambda data: data[:-1], CUT),
    "cut at half": (lambda data: data[: len(data) // 2], CUT),
    "cut in its head": (lambda data: data[:100], CUT),
    "empty": (lambda data: b"", CUT),
    "no backup at all": (lambda data: b"PK\x03\x04" * 500, CUT),
    "one byte too many": (lambda data: data + b"x", CUT),
    "one bit flipped": (lambda data: data[:5000] + bytes([data[5000] ^ 1]) + data[5001:], CUT),
    "last bit flipped": (lambda data: data[:-1] + bytes([data[-1] ^ 1]), CUT),
}
CRAFTED: dict[str, tuple[Callable[[dict[str, bytes]], dict[str, bytes]], str]] = {
    "no manifest": (lambda files: {"secret_key": files["secret_key"]}, CUT),
    "manifest of nothing": (lambda files: {**files, "manifest.json": b"[]"}, CUT),
    "another content": (lambda files: {**files, "secret_key": b"other!!!"}, CUT),
    "a file too many": (lambda files: {**files, "files/more": b""}, CUT),
    "a file too few": (lambda files: {name: files[name] for name in files if name != "secret_key"}, CUT),
    "a name above": (lambda files: with_place(files, "files/../../escaped"), CUT),
    "a name from the root": (lambda files: with_place(files, "/escaped"), CUT),
    "rows that are not there": (
        lambda files: told(files, rows={"incidents_incident": 2}),
        "rows are missing",
    ),
    "a newer kind": (lambda files: told(files, format=2), "newer Sutura"),
    "a newer schema": (
        lambda files: with_schema(files, lambda known: known.append("9999_later")),
        "newer Sutura",
    ),
    "an older schema": (lambda files: with_schema(files, list.pop), "older Sutura"),
    "another engine": (lambda files: told(files, engine="oracle"), CUT),
}


def refused(data: bytes, secret: str, folder: Path, key_file: Key) -> str:
    """The sentence, of the drill and of the restore alike; nothing may be there afterwards."""
    file = folder.parent / "given.age"
    file.write_bytes(data)
    keys = opening.keys(key_file(secret))
    with pytest.raises(Refused) as drilled:
        restoring.drill(file, keys, upgrade=False)
    with pytest.raises(Refused) as occupied:
        restoring.restore(file, keys, upgrade=False, replace=False)
    assert "there are records in the database" in str(occupied.value)
    assert list(folder.rglob("*")) == []
    return str(drilled.value)


def test_a_wrong_key_opens_nothing(sealed: Sealed, elsewhere: Path, key_file: Key) -> None:
    said = refused(sealed.taken.path.read_bytes(), sealing.new_key()[1], elsewhere, key_file)
    assert said == "this key does not open this backup"
    with pytest.raises(Refused, match="no age secret key"):
        opening.keys(key_file("no key"))


@pytest.mark.parametrize("how", SPOILED)
def test_a_spoiled_file_is_refused(how: str, sealed: Sealed, elsewhere: Path, key_file: Key) -> None:
    spoil, sentence = SPOILED[how]
    assert sentence in refused(spoil(sealed.taken.path.read_bytes()), sealed.first, elsewhere, key_file)


@pytest.mark.parametrize("how", CRAFTED)
def test_what_a_stranger_crafted_is_refused(how: str, sealed: Sealed, elsewhere: Path, key_file: Key) -> None:
    craft, sentence = CRAFTED[how]
    files = contents(sealed.taken.path.read_bytes(), sealed.first)
    data = crafted(craft(files), sealed.first)
    assert sentence in refused(data, sealed.first, elsewhere, key_file)
    assert not (elsewhere.parent / "escaped").exists()


def test_the_drill_proves_and_leaves_nothing(sealed: Sealed, elsewhere: Path, key_file: Key) -> None:
    done = restoring.drill(sealed.taken.path, opening.keys(key_file(sealed.second)), upgrade=False)
    rows, tables = sum(done.manifest.rows.values()), len(done.manifest.rows)
    whole = ["the database is whole"] if connection.vendor == "sqlite" else []
    assert done.manifest.rows["incidents_incident"] == 1
    assert done.proofs[: 3 + len(whole)] == [
        f"{rows} rows in {tables} tables, as counted",
        *whole,
        "1 attachments, none missing",
        "ledger verify: 1 violations, 1 lines: 0 faults.",
    ]
    assert list(elsewhere.rglob("*")) == []


@contextmanager
def older(sealed: Sealed, keys: Any) -> Iterator[bytes]:
    """The same backup as a Sutura without sessions would have made it."""
    with opening.opened(sealed.taken.path, keys, upgrade=False) as (private, _manifest), ExitStack() as stack:
        file = private / DATABASE[connection.vendor]
        name = str(file)
        if connection.vendor == "postgresql":
            name = stack.enter_context(restoring.temporary())
            restoring.load(private, name)
        with beside(name) as database, database.cursor() as cursor:
            cursor.execute("DROP TABLE django_session")
            cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
        if connection.vendor == "postgresql":
            with (
                file.open("wb") as out,
                start("pg_dump", "-Fc", "--enable-row-security", database=name, stdout=out) as dump,
            ):
                dump.wait()
        with beside(name) as database, database.cursor() as cursor:
            schema, rows = facts(asking(cursor), database.introspection.table_names(cursor))
        files = contents(sealed.taken.path.read_bytes(), sealed.first) | {file.name: file.read_bytes()}
        data = files[file.name]
        member = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        members = json.loads(files["manifest.json"])["members"] | {file.name: member}
        yield crafted(told(files, schema=schema, rows=rows, members=members), sealed.first)


def test_an_older_backup_is_brought_up_to_date_when_that_is_asked(
    sealed: Sealed, elsewhere: Path, key_file: Key
) -> None:
    keys = opening.keys(key_file(sealed.first))
    file = elsewhere.parent / "older.age"
    with older(sealed, keys) as data:
        file.write_bytes(data)
    with pytest.raises(Refused, match="older Sutura"):
        restoring.drill(file, keys, upgrade=False)
    done = restoring.drill(file, keys, upgrade=True)
    assert "sessions" not in done.manifest.schema
    assert "ledger verify: 1 violations, 1 lines: 0 faults." in done.proofs
    assert list(elsewhere.rglob("*")) == []


def test_what_is_not_proved_leaves_nothing_and_the_next_may_come(
    sealed: Sealed, tmp_path: Path, key_file: Key
) -> None:
    wrong = told(contents(sealed.taken.path.read_bytes(), sealed.first), rows={"incidents_incident": 2})
    spoiled = replace(sealed, taken=replace(sealed.taken, path=tmp_path / "wrong.age"))
    spoiled.taken.path.write_bytes(crafted(wrong, sealed.first))
    folder, key = tmp_path / "new", key_file(sealed.first)
    with ExitStack() as stack:
        environment = {}
        if connection.vendor == "postgresql":
            environment["DATABASE_URL"] = url(stack.enter_context(restoring.temporary()))
        asked = restore(spoiled, key, folder, **environment)
        assert (asked.returncode, asked.stdout) == (1, "")
        assert asked.stderr.splitlines()[-1] == "sutura: rows are missing from what came back"
        assert list(folder.rglob("*")) == []
        good = restore(sealed, key, folder, **environment)
        assert (good.returncode, good.stderr) == (0, "")


def restore(sealed: Sealed, key: Path, folder: Path, *more: str, **environment: str) -> Any:
    """`./sutura restore` in a data folder."""
    clean = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    command = [
        sys.executable,
        "-P",
        "-m",
        "sutura",
        "restore",
        str(sealed.taken.path),
        "--identity",
        str(key),
    ]
    told = {**clean, "SUTURA_DATA": str(folder), "SUTURA_LANG": "en", **environment}
    return subprocess.run([*command, *more], capture_output=True, text=True, check=False, env=told)


def titles(name: str) -> list[tuple[Any, ...]]:
    """What the incidents of a database tell."""
    with beside(name) as restored, restored.cursor() as cursor:
        cursor.execute("SELECT title FROM incidents_incident")
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def test_it_comes_back_where_nothing_is_and_never_over_records(
    sealed: Sealed, tmp_path: Path, key_file: Key
) -> None:
    folder, key = tmp_path / "new", key_file(sealed.first)
    if connection.vendor == "sqlite":
        name, environment = str(folder / DATABASE["sqlite"]), {}
        comes_back_once(sealed, key, folder, name, **environment)
        asked = restore(sealed, key, folder, "--replace")
        assert (asked.returncode, asked.stderr) == (0, "")
        assert asked.stdout.count("set aside") == 3
        assert len(list(folder.glob("sutura.sqlite3.before-*"))) == 1
    else:
        with restoring.temporary() as name:
            comes_back_once(sealed, key, folder, name, DATABASE_URL=url(name))
            refused = restore(sealed, key, folder, "--replace", DATABASE_URL=url(name))
            assert (refused.returncode, refused.stdout) == (1, "")


def comes_back_once(sealed: Sealed, key: Path, folder: Path, name: str, **environment: str) -> None:
    """A restore into an empty place, and a second one that is refused."""
    done = restore(sealed, key, folder, **environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith("Restored: the backup of 20")
    assert (folder / "files" / sealed.attachment).read_bytes() == sealed.content
    assert (folder / "secret_key").read_text() == "invented"
    before = fingerprints(folder)
    again = restore(sealed, key, folder, **environment)
    assert (again.returncode, again.stdout) == (1, "")
    assert "there are records in the database" in again.stderr
    assert fingerprints(folder) == before
    assert titles(name) == [("Invented",)]


def fingerprints(folder: Path) -> dict[str, str]:
    """Every file of a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
