"""Names in a list → the organisation, body, region or place meant, among those that its giver may see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sutura.coordination.models import Body
from sutura.intake.registers.kinds import Misread
from sutura.partners.models import Organisation
from sutura.partners.rules import key
from sutura.places.choices import Level
from sutura.places.models import Unit
from sutura.places.resolver import Found, Register


class Organisations:
    """The directory, by name and acronym."""

    def __init__(self, by: Any) -> None:
        self.known: dict[str, Organisation] = {}
        every = list(Organisation.objects.visible_to(by).in_use())
        for one in every:
            self.known[one.folded] = one
        for one in every:
            if one.acronym:
                self.known.setdefault(key(one.acronym), one)

    def one(self, name: str, column: str) -> Organisation:
        """The one of that name; Misread at the column when there is none."""
        found = self.known.get(key(name))
        if found is None:
            raise Misread(column, "unknown_organisation")
        return found


class Bodies:
    """The bodies that somebody keeps, by acronym and name."""

    def __init__(self, by: Any) -> None:
        self.known: dict[str, Body] = {}
        for one in Body.objects.visible_to(by):
            for name in filter(key, (one.name_en, one.name_fr, one.acronym)):
                self.known[key(name)] = one

    def one(self, name: str, column: str) -> Body:
        """The one of that name; Misread at the column when there is none."""
        found = self.known.get(key(name))
        if found is None:
            raise Misread(column, "unknown_body")
        return found


def region(text: str, column: str, register: Register) -> str:
    """The P-code of a region by its code or name; of another unit, the region where it lies."""
    found = register.coded(text) if text[:2].upper() == "ML" and text[2:3].isdigit() else register.named(text)
    unit = found.unit
    if unit is None or (unit.level != Level.REGION and found.how != "code") or not unit.region:
        raise Misread(column, "unknown_region")
    return unit.region


def place(said: Mapping[str, str], register: Register) -> Found:
    """A unit by its code, else by its path, else by the names of region, cercle and commune one in the other."""
    if said.get("code"):
        return register.coded(said["code"])
    if said.get("path"):
        return register.named(said["path"])
    found = Found(None, reason="empty")
    for step in ("region", "cercle", "commune"):
        if said.get(step):
            found = register.named(said[step], found.unit)
            if found.unit is None:
                return found
    return found


def unit_of(said: Mapping[str, str], register: Register) -> Unit:
    """The unit of a row; Misread at the column that does not say it."""
    found = place(said, register)
    if found.unit is None:
        at = next(
            (name for name in ("code", "path", "commune", "cercle", "region") if said.get(name)), "code"
        )
        raise Misread(at, "ambiguous_place" if found.reason == "ambiguous" else "unknown_place")
    return found.unit
