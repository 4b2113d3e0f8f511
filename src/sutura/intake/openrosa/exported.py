"""Encrypted records as files: a zip of ours, or the folders that Briefcase and other servers hand out."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from sutura.intake.openrosa.answers import Refusal
from sutura.intake.openrosa.body import base_name
from sutura.intake.openrosa.records import Record, read

MANIFEST = "submission.xml"
Found = tuple[str, Record | Refusal, dict[str, bytes]]


def records(given: Iterable[Path]) -> Iterator[Found]:
    """Where each record is, its list of files (or why it is none), and its files by name; those in clear left out."""
    for path in given:
        if path.is_dir():
            for manifest in sorted(path.rglob(MANIFEST)):
                beside = [one for one in manifest.parent.iterdir() if one.is_file()]
                yield from _record(str(manifest), {one.name: one.read_bytes() for one in beside})
        elif zipfile.is_zipfile(path):
            yield from _record(str(path), _unzipped(path))
        else:
            yield str(path), Refusal(400, _("There is no record in what was sent.")), {}


def _record(where: str, files: dict[str, bytes]) -> Iterator[Found]:
    try:
        told = read(files.get(MANIFEST, b""))
    except Refusal as refusal:
        yield where, refusal, {}
        return
    if told.encrypted:
        yield where, told, {base_name(name): content for name, content in files.items()}


def _unzipped(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {base_name(one.filename): archive.read(one) for one in archive.infolist() if not one.is_dir()}
