"""Files of an incident: private path, fingerprint, limit, and what they prove."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from sutura.access.errors import Invalid, NotAllowed
from sutura.incidents import services
from sutura.incidents.models import Attachment, Incident
from sutura.people.models import Account
from tests.incidents.conftest import Opener


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """Files of the test lie in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def photo(content: bytes = b"\xff\xd8\xff photo", name: str = "../Awa Traoré.jpg") -> ContentFile:
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
    assert (kept.original_name, kept.content_type, kept.kind) == ("Awa Traoré.jpg", "image/jpeg", "photo")
    assert (kept.size, kept.sha256) == (9, hashlib.sha256(b"\xff\xd8\xff photo").hexdigest())
    (path,) = [path for path in folder.rglob("*") if path.is_file()]
    assert path.read_bytes() == b"\xff\xd8\xff photo"
    assert path.name.isalnum()
    assert "Awa" not in str(path.relative_to(folder))
    assert kept.history.get().history_type == "+"


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
    assert (kept.description, kept.voided_reason) == ("le toit", "autre enfant")
    assert list(Attachment.objects.standing()) == []
