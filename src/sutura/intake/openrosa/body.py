"""What a phone posts, taken apart: the record and its files, within limits, and nothing when a piece is missing.

A reader of our own, since Django's cuts names, takes a body that was cut off for a whole one, and reads nothing of one
sent in pieces of unknown length.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpRequest, UnreadablePostError
from django.utils.translation import gettext as _

from sutura.intake.openrosa.answers import Refusal

RECORD = "xml_submission_file"
PARTS = 300
NAME = 255
QUOTED = re.compile(rb"""(?i)\b(filename\*|filename|name)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))""")


class Part(NamedTuple):
    """One part of a body: its name, the name of its file if it is one, and its bytes."""

    name: str
    file: str | None
    content: bytes


@dataclass
class Sent:
    """A record and the files that came with it, by name."""

    xml: bytes = b""
    files: dict[str, bytes] = field(default_factory=dict)


def sent(request: HttpRequest) -> Sent:
    """The record and the files of a request. Raises Refusal."""
    return taken_apart(whole(request), request.META.get("CONTENT_TYPE", ""))


def taken_apart(body: bytes, content_type: str) -> Sent:
    """The record and the files of a whole body. Raises Refusal."""
    found = Sent()
    records = 0
    for part in parts(body, content_type):
        if part.name == RECORD:
            found.xml, records = part.content, records + 1
        elif part.file:
            found.files[part.file] = part.content
    if records != 1 or not found.xml.strip():
        raise Refusal(400, _("There is no record in what was sent."))
    return found


def whole(request: HttpRequest) -> bytes:
    """Every byte that was announced, or all of them when they come in pieces. Raises Refusal."""
    limit = settings.SUTURA_PHONE_BYTES
    told = request.META.get("CONTENT_LENGTH") or ""
    announced = int(told) if told.isdecimal() else None
    if announced is not None and announced > limit:
        raise _too_large()
    try:
        if announced is None and request.META.get("wsgi.input_terminated"):
            body = request.META["wsgi.input"].read(limit + 1)
        else:
            body = request.read(limit + 1)
    except (UnreadablePostError, OSError) as fault:
        raise _cut() from fault
    if len(body) > limit:
        raise _too_large()
    if announced is not None and len(body) != announced:
        raise _cut()
    return body


def parts(body: bytes, content_type: str) -> Iterator[Part]:
    """The parts of a multipart body; one without its end was cut on the way, and is refused."""
    found = re.match(r'(?i)multipart/form-data\s*;.*?boundary="?([^";,\s]{1,200})"?', content_type)
    if found is None:
        raise Refusal(400, _("There is no record in what was sent."))
    pieces = (b"\r\n" + body).split(b"\r\n--" + found[1].encode())
    if len(pieces) < 2 or not pieces[-1].startswith(b"--"):
        raise _cut()
    if len(pieces) > PARTS:
        raise Refusal(413, _("There are too many files in one sending."))
    for piece in pieces[1:-1]:
        head, gap, content = piece.lstrip(b" \t").removeprefix(b"\r\n").partition(b"\r\n\r\n")
        if not gap:
            raise _cut()
        yield _part(head, content)


def _part(head: bytes, content: bytes) -> Part:
    names: dict[str, str] = {}
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-disposition:"):
            for which, quoted, bare in QUOTED.findall(line):
                key = which.decode().lower()
                names[key.rstrip("*")] = _word(quoted or bare, extended=key.endswith("*"))
    return Part(names.get("name", ""), base_name(names["filename"]) if "filename" in names else None, content)


def _word(raw: bytes, *, extended: bool) -> str:
    """A name as it was meant: UTF-8, else the Latin letters of an old client."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    return unquote(text.rpartition("'")[2]) if extended else text.replace('\\"', '"').replace("%22", '"')


def base_name(name: str) -> str:
    """The name alone, without any folder, as two systems write it alike; no longer than a column takes."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    return "".join(sign for sign in name if sign.isprintable()).strip()[-NAME:]


def _too_large() -> Refusal:
    limit = settings.SUTURA_PHONE_BYTES // 1_000_000
    return Refusal(413, _("What was sent is larger than %(limit)s MB.") % {"limit": limit})


def _cut() -> Refusal:
    return Refusal(400, _("What was sent was cut on the way. Send it again."))
