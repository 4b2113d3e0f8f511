"""Records encrypted by somebody else's program: kept and listed as they came, opened by the holder of the key alone."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from sutura.access.errors import Invalid
from sutura.alerts.models import Alert
from sutura.audit.models import Entry
from sutura.config.console import main
from sutura.intake.models import DecryptedFile, Decryption, Submission
from sutura.intake.openrosa.enclosed import decrypted, form_key
from sutura.intake.openrosa.records import read
from sutura.people.models import Account
from sutura.security.reporting_filter import BareFormatter
from sutura.vault import serving
from tests.intake.phones import ALERT, Handset, record
from tests.intake.test_phone_pages import signed_in
from tests.people import MOPTI, cast, open_vault, with_vault, words

pytestmark = pytest.mark.java
PROGRAM = Path(__file__).with_name("engines") / "Enclose.java"
FORM, VERSION, NUMBER = "sutura_alert", "2026112301", "uuid:11111111-2222-4333-8444-555555555555"
MEDIA = {"vue 1.jpg": b"\xff\xd8 inventee", "déclaration.m4a": b"\x00 inventee " * 9}
OTHER_KEY = "Cette clé n’ouvre pas l’envoi\u202f: il a été chiffré pour une autre."
DAMAGED = "L’envoi a été abîmé en route et ne s’ouvre pas. Demandez qu’il soit renvoyé."


@dataclass(frozen=True)
class Enclosed:
    """What the program made: the key, the list which the phone sends, and the files beside it."""

    key: bytes
    manifest: bytes
    files: dict[str, bytes]
    folder: Path
    plain: bytes


@pytest.fixture(scope="module")
def enclosed(tmp_path_factory: pytest.TempPathFactory) -> Enclosed:
    """A record on sexual violence in Mopti, with two files, encrypted by the JDK."""
    folder = tmp_path_factory.mktemp("enclosed")
    names = "".join(f"<photo>{name}</photo>" for name in MEDIA)
    plain = record({**ALERT, "types": "sexual_violence"}, number=NUMBER, more=names)
    (folder / "plain.xml").write_bytes(plain)
    for name, content in MEDIA.items():
        (folder / name).write_bytes(content)
    out = folder / "out"
    out.mkdir()
    given = [
        str(out),
        FORM,
        VERSION,
        NUMBER,
        str(folder / "plain.xml"),
        *(str(folder / name) for name in MEDIA),
    ]
    command = ["java", "-Dfile.encoding=UTF-8", "-Dsun.jnu.encoding=UTF-8", str(PROGRAM), *given]
    subprocess.run(command, check=True, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin:/usr/local/bin"})
    files = {one.name: one.read_bytes() for one in out.iterdir()}
    return Enclosed(files.pop("key.pem"), files.pop("submission.xml"), files, out, plain)


def arrived(handset: Handset, enclosed: Enclosed) -> Submission:
    """Sent by a phone in two pieces, kept, and waiting."""
    first, *rest = sorted(enclosed.files)
    assert handset.send(enclosed.manifest, {first: enclosed.files[first]}).status_code == 201
    assert handset.send(enclosed.manifest, {name: enclosed.files[name] for name in rest}).status_code == 201
    (waits,) = Submission.objects.waiting()
    assert (waits.encrypted, waits.files.count(), Alert.objects.count()) == (True, 3, 0)
    return waits


def protected(key: bytes, word: bytes) -> bytes:
    """The same key under a passphrase."""
    private: Any = load_pem_private_key(key, None)
    return bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(word)))


@pytest.mark.once
def test_what_the_jdk_encrypted_opens_and_whatever_was_changed_does_not(enclosed: Enclosed):
    told, key = read(enclosed.manifest), form_key(enclosed.key)
    plain = decrypted(told, enclosed.files, key)
    assert (plain.xml, plain.files) == (enclosed.plain, MEDIA)
    for other, word in ((protected(enclosed.key, b"mot inv"), "mot inv"), (enclosed.key, "sans objet")):
        assert decrypted(told, enclosed.files, form_key(other, word)).xml == plain.xml
    for pem, word in ((b"", ""), (b"-----BEGIN", ""), (protected(enclosed.key, b"a"), "b")):
        with pytest.raises(Invalid, match="clé privée"):
            form_key(pem, word)
    stranger = generate_private_key(65537, 2048).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, _bare())
    with pytest.raises(Invalid, match="pour une autre"):
        decrypted(told, enclosed.files, form_key(stranger))
    for name, content in enclosed.files.items():
        for changed in (content[:-1], content[:8] + bytes([content[8] ^ 1]) + content[9:], b""):
            with pytest.raises(Invalid, match="abîmé"):
                decrypted(told, {**enclosed.files, name: changed}, key)
        with pytest.raises(Invalid, match="n’est pas encore là"):
            decrypted(told, {one: had for one, had in enclosed.files.items() if one != name}, key)
    swapped = dict(
        zip(sorted(enclosed.files), [enclosed.files[n] for n in sorted(enclosed.files)[::-1]], strict=True)
    )
    for manifest in (enclosed.manifest.replace(NUMBER.encode(), b"uuid:9"), enclosed.manifest):
        with pytest.raises(Invalid, match="abîmé"):
            decrypted(read(manifest), swapped if manifest == enclosed.manifest else enclosed.files, key)


def _bare() -> Any:
    from cryptography.hazmat.primitives.serialization import NoEncryption

    return NoEncryption()


def test_the_holder_of_the_key_opens_a_record_in_her_session(
    handset: Handset, enclosed: Enclosed, binta: Account, awa: Account, oumar: Account,
    caplog: pytest.LogCaptureFixture,
):  # fmt: skip
    waits = arrived(handset, enclosed)
    there = reverse("intake:decryption", args=[waits.public_id])
    assert [signed_in(one).get(there).status_code for one in (awa, oumar)] == [403, 403]
    client = signed_in(binta)
    assert client.get(there).status_code == 302  # to the page which opens the vault
    open_vault(client, binta)
    assert client.get(reverse("intake:submission", args=[waits.public_id])).content.decode().count(there) == 1

    def give(key: bytes, **more: str) -> Any:
        return client.post(there, {"key": SimpleUploadedFile("k.pem", key), "why": "reprise", **more})

    wrong = generate_private_key(65537, 2048).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, _bare())
    refused = [give(wrong), give(b"x"), give(protected(enclosed.key, b"mot inv"), passphrase="mot faux")]
    assert [one.status_code for one in refused] == [422] * 3
    assert (OTHER_KEY in refused[0].content.decode(), "mot faux" in refused[2].content.decode()) == (
        True,
        False,
    )
    assert (Decryption.objects.count(), Alert.objects.count(), waits.outcomes.count()) == (0, 0, 1)
    done = give(protected(enclosed.key, b"mot inv"), passphrase="mot inv")
    assert (done.status_code, Submission.objects.waiting().count()) == (302, 0)
    alert, clear = Alert.objects.get(), Decryption.objects.get()
    assert (alert.region, alert.sexual_violence, waits.outcomes.last().made) == (MOPTI, True, str(alert))
    # Only now it is known what it tells: sealed to the group of sexual violence, of which the opener is not.
    assert (clear.region, clear.apart, str(clear.xml)) == (MOPTI, True, "•••")
    assert Decryption.objects.visible_to(binta).count() == 0
    assert give(enclosed.key).status_code == 422
    assert (Alert.objects.count(), DecryptedFile.objects.count()) == (1, 2)
    acts = set(Entry.objects.values_list("act", flat=True))
    assert {"intake.decrypt", "intake.open_encrypted"} <= acts
    # Neither the key nor its passphrase is anywhere.
    body = enclosed.key.decode().splitlines()[1]
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        kept = ""
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            kept += str(cursor.fetchall())
    logged = "".join(BareFormatter().format(line) for line in caplog.records)
    assert [word for word in (body, "mot inv") if word in kept + logged] == []


def test_what_was_decrypted_is_kept_to_the_byte_and_a_fault_of_ours_loses_nothing(
    handset: Handset, enclosed: Enclosed, binta: Account, monkeypatch: pytest.MonkeyPatch
):
    nana = cast("nana", "regional_coordinator", "sexual_violence_group", regions=(MOPTI,))
    waits = arrived(handset, enclosed)
    client, there = signed_in(binta), reverse("intake:decryption", args=[waits.public_id])
    open_vault(client, binta)
    monkeypatch.setattr("sutura.alerts.services._new_refs", lambda count: 1 / 0)
    assert client.post(there, {"key": SimpleUploadedFile("k", enclosed.key), "why": "r"}).status_code == 302
    monkeypatch.undo()
    assert (Alert.objects.count(), waits.outcomes.last().became) == (0, "waits")
    # Whoever is in the group opens it again, without the key of the form.
    clear = Decryption.objects.get()
    assert words(clear, "xml", by=nana) == (enclosed.plain.decode(),)
    rows = list(clear.files.all())
    found = serving.opened_whole(
        clear, rows, by=with_vault(nana), reason="essai", act="intake.open_encrypted"
    )
    assert dict(zip([row.original_name for row in rows], found, strict=True)) == MEDIA
    client = signed_in(nana)
    open_vault(client, nana)
    again = reverse("intake:submission", args=[waits.public_id])
    assert (client.post(again, {"why": "reprise"}).status_code, Alert.objects.count()) == (302, 1)


def test_taken_away_encrypted_and_opened_by_the_command_without_a_database(
    handset: Handset, enclosed: Enclosed, binta: Account, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    waits = arrived(handset, enclosed)
    client = signed_in(binta)
    open_vault(client, binta)
    away = reverse("intake:encrypted_file", args=[waits.public_id])
    assert client.post(away, {"why": ""}).status_code == 422
    answer = client.post(away, {"why": "clé sur une autre machine"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    taken, key = tmp_path / "envoi.zip", tmp_path / "key.pem"
    taken.write_bytes(answer.content)
    key.write_bytes(enclosed.key)
    assert "attaquée".encode() not in answer.content
    shutil.copytree(enclosed.folder, tmp_path / "briefcase" / "uuid1111")
    clear = tmp_path / "clair"
    given = ["forms", "decrypt", str(key), str(taken), str(tmp_path / "briefcase"), "--into", str(clear)]
    assert main([*given, "--lang", "fr"]) == 0
    assert capsys.readouterr().out == "Ouverts : 2 ; non ouverts : 0.\n"
    for number in ("0001", "0002"):
        found = {one.name: one.read_bytes() for one in (clear / number).iterdir()}
        assert found == {**MEDIA, "submission.xml": enclosed.plain}
    assert ((clear / "0001" / "submission.xml").stat().st_mode & 0o777, clear.stat().st_mode & 0o777) == (
        0o600, 0o700
    )  # fmt: skip
    assert main(given) == 1  # what is there is not written over
    taken.write_bytes(answer.content[:-40])
    assert main(["forms", "decrypt", str(key), str(taken), "--into", str(tmp_path / "b")]) == 1
    key.write_bytes(b"x")
    assert main(["forms", "decrypt", str(key), str(taken), "--into", str(tmp_path / "c")]) == 1
    assert not (tmp_path / "c").exists()
