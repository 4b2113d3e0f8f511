"""An attachment is on the disk, with its name, before the record that names it is acknowledged."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages

from sutura.incidents.models import Attachment
from sutura.security.storage import SettledStorage


def test_a_file_and_every_folder_on_its_way_are_waited_for(tmp_path: Path, monkeypatch: Any) -> None:
    waited: list[str] = []
    really = os.fsync

    def fsync(handle: int) -> None:
        waited.append(str(Path(f"/proc/self/fd/{handle}").readlink()))
        really(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    name = SettledStorage(location=tmp_path).save("incidents/ab/photo", ContentFile(b"invented"))
    assert (tmp_path / name).read_bytes() == b"invented"
    places = ("incidents/ab/photo", "incidents/ab", "incidents", "")
    assert waited == [str(tmp_path / place).rstrip("/") for place in places]


def test_it_is_the_storage_of_attachments() -> None:
    assert type(storages["default"]) is SettledStorage
    assert Attachment._meta.get_field("file").storage is default_storage
