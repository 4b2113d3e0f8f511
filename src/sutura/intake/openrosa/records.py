"""A record read: which form, which number, which files it names, and what stands in each of its fields."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext as _

from sutura.intake.openrosa.answers import Refusal
from sutura.intake.openrosa.body import base_name

LENGTH, DEPTH = 249, 100
RECORD_BYTES = 2_000_000
AUDIT = "audit.csv"
ENCRYPTED = "yes"


class _Shallow(TreeBuilder):
    """Builds a tree that is not deep enough to hurt whoever walks it."""

    depth = 0

    def start(self, tag: Any, attrs: Any) -> Element:
        """One level down."""
        self.depth += 1
        if self.depth > DEPTH:
            raise ParseError("too deep")
        return super().start(tag, attrs)

    def end(self, tag: Any) -> Element:
        """One level up."""
        self.depth -= 1
        return super().end(tag)


@dataclass(frozen=True)
class Record:
    """A record as a phone wrote it; names are without their namespace."""

    root: Element
    form_id: str
    version: str
    instance_id: str
    deprecated_id: str
    encrypted: bool

    @property
    def names(self) -> set[str]:
        """The names of the files that belong to it."""
        return {base_name(text) for text in _texts(self.root)} | {AUDIT}

    def said(self, name: str) -> str:
        """What stands in the first field of a name; nothing when it was hidden or left empty."""
        return unicodedata.normalize("NFC", self._told.get(name, "").strip())

    @cached_property
    def _told(self) -> dict[str, str]:
        """Name → text of its first field."""
        found: dict[str, str] = {}
        for element in self.root.iter():
            if len(element) == 0:
                found.setdefault(plain(element.tag), element.text or "")
        return found

    def each(self, name: str) -> list[Record]:
        """What stands in a group that was asked several times: one record for each, alone with its own fields."""
        found = (element for element in self.root.iter() if plain(element.tag) == name and len(element))
        return [replace(self, root=element) for element in found]

    def ticked(self, name: str) -> list[str]:
        """The codes ticked in a field."""
        return self.said(name).split()


def read(xml: bytes) -> Record:
    """A record, read without entities, within a depth. Raises Refusal."""
    root = _parsed(xml)
    # `id` names the form; a record from Kobo may bear it in its namespace alone.
    form_id = root.get("id") or (root.tag[1:].partition("}")[0] if root.tag.startswith("{") else "")
    instance, deprecated = _of_meta(root, "instanceID"), _of_meta(root, "deprecatedID")
    instance = instance or root.get("instanceID", "").strip()
    if not form_id:
        raise Refusal(400, _("The record does not say which form it fills in."))
    if not instance or len(instance) > LENGTH or len(deprecated) > LENGTH:
        raise Refusal(400, _("The record has no number of its own. Fill in the form again."))
    encrypted = root.get("encrypted") == ENCRYPTED
    return Record(root, form_id, root.get("version") or "", instance, deprecated, encrypted)


def plain(tag: str) -> str:
    """A name without its namespace."""
    return tag.rpartition("}")[2]


def _parsed(xml: bytes) -> Element:
    if len(xml) > RECORD_BYTES:
        raise Refusal(413, _("The record itself is too long; its files are not the reason."))
    try:
        text = xml.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise Refusal(400, _("The record cannot be read."))
    # The text, not the bytes: what the head says of their encoding is not believed.
    head, mark, rest = text.partition("?>")
    parser = DefusedXMLParser(target=_Shallow(), forbid_dtd=True, encoding="utf-8")
    try:
        parser.feed((rest if mark and head.lstrip().startswith("<?xml") else text).lstrip().encode())
        root: Element = parser.close()
    except (ParseError, DefusedXmlException, ValueError) as fault:
        raise Refusal(400, _("The record cannot be read.")) from fault
    return root


def _of_meta(root: Element, name: str) -> str:
    """A field of `meta`, with or without the namespace of OpenRosa."""
    for meta in root.iter():
        if plain(meta.tag) == "meta":
            for child in meta:
                if plain(child.tag) == name:
                    return (child.text or "").strip()
    return ""


def _texts(root: Element) -> Iterator[str]:
    for element in root.iter():
        if len(element) == 0 and element.text and len(element.text) < 1000:
            yield element.text.strip()
