"""What is said of a service as plain text, field by field: one form for proposals, sheets and comparisons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sutura.mhpss.catalogue import LISTS
from sutura.mhpss.choices import Basis, Cost, Entry, Precision, Sex, SiteKind, State, Working
from sutura.mhpss.models import Service, Staff

DAYS = ("starts_on", "funded_until", "updated_on")
NUMBERS = ("min_age", "max_age", "capacity", "waiting_days", "reached")
FLAGS = ("is_sensitive", "is_public", "supervised")  # the last may be unknown
CHOICES: dict[str, Any] = {
    "site_kind": SiteKind, "precision": Precision, "sex": Sex, "cost": Cost, "entry": Entry, "basis": Basis,
    "state": State, "working": Working,
}  # fmt: skip
TEXTS = (
    "partners", "focal_name", "focal_phone", "focal_email", "site", "description", "specified", "access", "hours",
    "phone", "trained_in",
)  # fmt: skip
COLUMNS = (*TEXTS, *LISTS, *CHOICES, *NUMBERS, *DAYS, *FLAGS, "coverage")
"""Columns of a service that an organisation may propose, beside its organisation, its place and its staff."""
FIELDS = ("organisation", "place", *COLUMNS, "staff")

Numbers = Mapping[str, tuple[int, int]]


def staff_text(staff: Iterable[tuple[str, int, int]]) -> str:
    """Cadre, women, men: `nurse 1 2; social 0 3`."""
    return "; ".join(f"{cadre} {women} {men}" for cadre, women, men in sorted(staff) if women or men)


def staff_of(text: str) -> dict[str, tuple[int, int]]:
    """The same, read back."""
    found = {}
    for part in filter(None, (each.strip() for each in text.split(";"))):
        cadre, women, men = part.split(" ")
        found[cadre] = (int(women), int(men))
    return found


def text_of(name: str, value: Any) -> str:
    """One value as text; empty for none."""
    if value is None or value is False:
        return "0" if value is False and name == "supervised" else ""
    if value is True:
        return "1"
    return value.isoformat() if isinstance(value, date) else str(value)


def value_of(name: str, text: str) -> Any:
    """A text as the value of its column."""
    if name in DAYS:
        return date.fromisoformat(text) if text else None
    if name in NUMBERS:
        return int(text) if text else None
    if name == "supervised":
        return {"1": True, "0": False}.get(text)
    return text == "1" if name in FLAGS else text


def told(service: Service, staff: Iterable[Staff]) -> dict[str, str]:
    """All that the map says of a service, as text."""
    said = {name: text_of(name, getattr(service, name)) for name in COLUMNS}
    said["organisation"] = service.organisation.name
    said["place"] = service.place.code
    said["staff"] = staff_text((each.cadre, each.women, each.men) for each in staff)
    return said
