"""Files of an incident: private path, fingerprint, limit, and what they prove."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from sutura.access.errors import Invalid, NotAllowed
from sutura.audit.models import Entry
from sutura.incidents import services
from sutura.incidents.models import Attachment, Incident
from sutura.incidents.serving import hand_out
from sutura.people.models import Account
from sutura.security.crypto import Refused
from tests.incidents.conftest import Opener
from tests.people import open_vault, with_vault, words
from tests.photographs import photograph, place_in
from trials.bad_pictures import PNG, chunk, header

PHOTO = photograph()


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """Files of the test lie in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def photo(content: bytes = PHOTO, name: str = "../Awa Traoré.jpg") -> ContentFile:
    file = ContentFile(content)
    file.name = name
    return file


def test_oumar_attaches_nothing_in_mopti(incident: Incident, oumar: Account, folder: Path) -> None:
    with pytest.raises(NotAllowed):
        services.add_attachment(incident=incident, file=photo(), by=oumar)
    assert not Attachment.objects.exists()
    assert list(folder.rglob("*")) == []


def test_a_file_is_kept_under_a_name_of_ours(incident: Incident, awa: Account, folder: Path) -> None:
    killing = incident.violations.get(type="killing")
    kept = services.add_attachment(
        incident=incident, file=photo(), violation=killing, by=awa, kind="photo", collected_by="M-07"
    )
    told = words(kept, "original_name", "content_type", "kind", by=awa)
    assert told == ("Awa Traoré.jpg", "image/jpeg", "photo")
    assert (kept.size, kept.sha256) == (len(PHOTO), hashlib.sha256(PHOTO).hexdigest())
    (path,) = [path for path in folder.rglob("*") if path.is_file()]
    assert PHOTO[:64] not in path.read_bytes()
    assert path.name.isalnum()
    assert "Awa" not in str(path.relative_to(folder))
    assert kept.history.get().history_type == "+"


def handed(kept: Attachment, by: Account, *, original: bool = False) -> bytes:
    client = Client()
    client.force_login(by)
    open_vault(client, by)
    there = reverse("incidents:attachment", args=[kept.incident.public_id, kept.public_id])
    return client.post(f"{there}?original" if original else there, {"why": "relecture"}).content


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_is_handed_out_without_its_place_and_the_original_on_demand(
    incident: Incident, awa: Account, kind: str
) -> None:
    taken = photograph(kind)
    assert place_in(taken)
    kept = services.add_attachment(incident=incident, file=photo(taken), by=awa)
    drawn = handed(kept, awa)
    assert place_in(drawn) == {}
    assert [word for word in (b"zqR000", b"Exif", b"GPS") if word in drawn] == []
    with Image.open(BytesIO(drawn)) as picture:
        assert (picture.format, picture.size) == (kind, (32, 24))
    assert handed(kept, awa, original=True) == taken
    acts = Entry.objects.filter(subject=str(kept.public_id)).order_by("id").values_list("act", flat=True)
    assert list(acts) == [
        f"incidents.{act}" for act in ("add_attachment", "read_attachment", "read_original")
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00 a program", b"<html><script>", b"GIF89a" + bytes(20), b"\x00\x00\x00\x18ftypheic" + bytes(20),
        b"\xff\xd8\xff no picture", PHOTO[:200], photograph("PNG")[:60], b"RIFF\x10\x00\x00\x00WEBPVP8 ", b"x",
        PNG + header(60_000, 60_000) + chunk(b"IEND", b""),
    ],
)  # fmt: skip
def test_what_is_no_evidence_or_no_whole_picture_is_refused(
    incident: Incident, awa: Account, folder: Path, content: bytes
) -> None:
    with pytest.raises(Invalid) as refusal:
        services.add_attachment(incident=incident, file=photo(content, "x.jpg"), by=awa)
    assert refusal.value.field == "file"
    assert [path for path in folder.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("content", [b"", b"x" * 101])
def test_an_empty_or_too_large_file_is_refused(
    incident: Incident, awa: Account, settings: Any, folder: Path, content: bytes
) -> None:
    settings.SUTURA_ATTACHMENT_BYTES = 100
    with pytest.raises(Invalid) as refusal:
        services.add_attachment(incident=incident, file=photo(content), by=awa)
    assert refusal.value.field == "file"
    assert list(folder.rglob("*")) == []


def test_a_refused_word_leaves_no_file_behind(incident: Incident, awa: Account, folder: Path) -> None:
    with pytest.raises(Invalid):
        services.add_attachment(incident=incident, file=photo(), by=awa, kind="spell")
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_what_is_said_of_a_file_changes_and_the_file_does_not(
    opened: Opener, awa: Account, binta: Account
) -> None:
    one, other = opened(), opened()
    kept = services.add_attachment(incident=one, file=photo(), by=awa)
    told: dict[str, Any] = {"attachment": kept, "by": awa}
    services.change_attachment(**told, description="le toit", violation=one.violations.first())
    with pytest.raises(Invalid):
        services.change_attachment(**told, violation=other.violations.first())
    with pytest.raises(Invalid):
        services.change_attachment(**told, sha256="0" * 64)
    kept.refresh_from_db()
    services.void_attachment(attachment=kept, by=binta, why="autre enfant")
    assert words(kept, "description", "voided_reason", by=awa) == ("le toit", "autre enfant")
    assert list(Attachment.objects.standing()) == []


def test_a_file_changed_on_the_disk_is_not_handed_out(incident: Incident, awa: Account, folder: Path) -> None:
    kept = services.add_attachment(incident=incident, file=photo(b"%PDF-" + b"x" * 200_000), by=awa)
    reader, path = with_vault(awa), Path(kept.file.path)
    answer = hand_out(Attachment.objects.get(), by=reader, reason="vérification")
    assert answer.content == b"%PDF-" + b"x" * 200_000
    whole = path.read_bytes()
    for changed in (whole[:-1], whole[:100_000], whole[:70_000] + b"y" + whole[70_001:], b"en clair"):
        path.write_bytes(changed)
        with pytest.raises(Refused):
            hand_out(Attachment.objects.get(), by=reader, reason="vérification")


def test_a_file_of_another_record_is_refused(incident: Incident, awa: Account, folder: Path) -> None:
    one, other = (services.add_attachment(incident=incident, file=photo(), by=awa) for _ in range(2))
    Path(other.file.path).write_bytes(Path(one.file.path).read_bytes())
    with pytest.raises(Refused):
        hand_out(other, by=with_vault(awa), reason="vérification")
