"""A record as Kobo tells it, in JSON: read as one of a phone, so that the same mapping makes something of it.

Its bytes are kept as they came; a page of records is cut, never written anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from json.decoder import WHITESPACE  # type: ignore[attr-defined]  # the pattern by which it skips itself
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from django.utils.translation import gettext as _

from sutura.intake.openrosa.answers import Refusal
from sutura.intake.openrosa.body import base_name
from sutura.intake.openrosa.records import DEPTH, LENGTH, RECORD_BYTES, Record

NAME = re.compile(r"[^\W\d][\w.-]*")
PAGE_BYTES = 40_000_000
OURS = ("formhub", "meta")
"""Groups which Kobo itself writes."""


@dataclass(frozen=True)
class Attachment:
    """A file of a record: the name that stands in it, and where it is."""

    name: str
    url: str


@dataclass(frozen=True)
class Told:
    """A record of Kobo: its root stays through every correction, its number does not."""

    content: bytes
    data: Mapping[str, Any]
    root: str
    number: str
    kobo_id: int
    attachments: tuple[Attachment, ...]

    def record(self, form_id: str, version: str, deprecated: str, renames: Mapping[str, str]) -> Record:
        """As a record of a form of ours; `renames`: name of a field there → name here."""
        root = Element("data")
        _grow(root, self.data, "", renames)
        return Record(root, form_id, version, self.number, deprecated, False)


def read(content: bytes) -> Told:
    """A record, from its bytes. Raises Refusal."""
    if len(content) > RECORD_BYTES:
        raise Refusal(413, _("The record itself is too long; its files are not the reason."))
    try:
        data = json.loads(content.decode())
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or b"\\u0000" in content:
        raise Refusal(400, _("The record cannot be read."))
    number = _bare(data.get("meta/instanceID")) or _bare(data.get("_uuid"))
    root = _bare(data.get("meta/rootUuid")) or _bare(data.get("_uuid")) or number
    if not number or max(len(number), len(root)) > LENGTH - 5 or not (number + root).isprintable():
        raise Refusal(400, _("The record has no number of its own. Fill in the form again."))
    at = data.get("_id")
    kobo_id = at if isinstance(at, int) and 0 <= at < 2**62 else 0
    return Told(content, data, root, f"uuid:{number}", kobo_id, tuple(_attachments(data)))


def cut(page: bytes) -> tuple[list[bytes], str]:
    """The records of a page, each to the byte, and the address of the next page. Raises Refusal."""
    try:
        text = page.decode()
        whole = json.loads(text)
        found = list(_pieces(text)) if isinstance(whole.get("results"), list) else None
    except (ValueError, RecursionError, AttributeError):
        found = None
    if found is None:
        raise Refusal(502, _("The record cannot be read."))
    following = whole.get("next")
    return [piece.encode() for piece in found], following if isinstance(following, str) else ""


def _pieces(text: str) -> Iterator[str]:
    """Each member of `results` at the top of an object that was read before, so that it is known to be one."""
    decoder = json.JSONDecoder()

    def skip(at: int) -> int:
        return int(WHITESPACE.match(text, at).end())

    at = skip(0) + 1
    while text[(at := skip(at))] != "}":
        name, at = decoder.raw_decode(text, at)
        at = skip(skip(at) + 1)
        if name == "results" and text[at] == "[":
            at = skip(at + 1)
            while text[at] != "]":
                _value, end = decoder.raw_decode(text, at)
                yield text[at:end]
                at = skip(end)
                at = skip(at + 1) if text[at] == "," else at
            at += 1
        else:
            _value, at = decoder.raw_decode(text, at)
        at = skip(at)
        at = at + 1 if text[at] == "," else at


def _grow(
    element: Element, data: Mapping[str, Any], above: str, renames: Mapping[str, str], depth: int = 0
) -> None:
    """Slash paths become groups; a list of objects becomes as many groups, whose paths are written whole."""
    for path, value in data.items():
        steps = path.removeprefix(above).split("/")
        if path.startswith("_") or (steps[0] in OURS and not above) or depth > DEPTH:
            continue
        steps = [renames.get(path) or renames.get(steps[-1], steps[-1]) if at == len(steps) - 1 else step
                 for at, step in enumerate(steps)]  # fmt: skip
        if len(steps) > DEPTH or not all(NAME.fullmatch(step) for step in steps):
            continue
        parent = element
        for step in steps[:-1]:
            found = parent.find(step)
            parent = SubElement(parent, step) if found is None else found
        rows = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
        for row in rows:
            _grow(SubElement(parent, steps[-1]), row, f"{path}/", renames, depth + 1)
        if not rows:
            SubElement(parent, steps[-1]).text = _said(value)


def _said(value: Any) -> str:
    """All answers are strings there; whatever else comes is told as JSON tells it."""
    if value is None or value == []:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _attachments(data: Mapping[str, Any]) -> Iterator[Attachment]:
    told = data.get("_attachments")
    for one in told if isinstance(told, list) else ():
        if isinstance(one, dict) and isinstance(one.get("download_url"), str):
            # The server cleans names; what stands in the record is the one by which the form knows the file.
            said = data.get(str(one.get("question_xpath") or "")) or one.get("filename")
            if isinstance(said, str) and (name := base_name(said)):
                yield Attachment(name, one["download_url"])


def _bare(number: object) -> str:
    return number.strip().removeprefix("uuid:") if isinstance(number, str) else ""
