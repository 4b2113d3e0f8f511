"""A file as it comes from a browser: its size, its fingerprint, and what it is, before anybody keeps it."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from sutura.security.filetypes import HEAD, NotTaken, type_of
from sutura.security.pictures import PICTURES, redrawn

MEGABYTE = 1024 * 1024


class Inspected(NamedTuple):
    """Size in bytes, SHA-256 in hexadecimal, and the type told by the first bytes."""

    size: int
    sha256: str
    kind: str


class Cleaned(NamedTuple):
    """A file as it may be kept unsealed: a picture without what its camera wrote beside it."""

    content: bytes
    sha256: str
    kind: str


def inspected(file: File, limit: int) -> Inspected:
    """What a file of at most `limit` bytes is; a picture must be one to its end. Raises NotTaken."""
    content, kind = _read(file, limit)
    if kind in PICTURES:
        redrawn(content)
    return Inspected(len(content), hashlib.sha256(content).hexdigest(), kind)


def cleaned(file: File, limit: int) -> Cleaned:
    """The same, for a file that nobody needs as it came. Raises NotTaken."""
    content, kind = _read(file, limit)
    if kind in PICTURES:
        content = redrawn(content)
    return Cleaned(content, hashlib.sha256(content).hexdigest(), kind)


def _read(file: File, limit: int) -> tuple[bytes, str]:
    if file.size > limit:
        raise NotTaken(_("The file is larger than %(megabytes)s MB.") % {"megabytes": limit // MEGABYTE})
    file.seek(0)
    content = file.read(limit + 1)
    file.seek(0)
    if not content:
        raise NotTaken(_("The file is empty."))
    return content, type_of(content[:HEAD])
