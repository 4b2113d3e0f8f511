"""Where a lead happened: by code, then by name from the region down, then by the nearest commune."""

from __future__ import annotations

from dataclasses import dataclass

from sutura.intake.leads.events import Hints
from sutura.places.models import Unit
from sutura.places.resolver import Found, Register

COUNTRY = "ML"


@dataclass(frozen=True)
class Placed:
    """A unit's code and level, how it was found, km when by nearest point; `fault` says why only the country."""

    code: str = COUNTRY
    level: int = 0
    how: str = "none"
    km: float | None = None
    fault: str = ""


def place(hints: Hints, register: Register) -> Placed:
    """The deepest unit that the row vouches for, or the country with the fault that says why."""
    if hints.finest == 0:
        return Placed(fault="country_only")
    found = _by_code(hints, register) or _by_name(hints, register)
    if hints.finest >= 3 and (found is None or (found.level < 3 and found.how != "code")):
        found = _by_point(hints, register, found) or found
    if found:
        return found
    silent = not (any(hints.codes) or hints.region or hints.cercle or hints.commune or hints.latitude)
    return Placed(fault="place_missing" if silent else "place_unknown")


def _by_code(hints: Hints, register: Register) -> Placed | None:
    for code in reversed(hints.codes[: hints.finest]):
        if code:
            found = register.coded(code)
            if found.unit is not None and found.unit.level:
                return _placed(found)
    return None


def _by_name(hints: Hints, register: Register) -> Placed | None:
    """Region, then the cercle in it (or anywhere, for cercles which became regions), then the commune in that."""
    best: Placed | None = None
    parent: Unit | None = None
    for level, name in enumerate((hints.region, hints.cercle, hints.commune), start=1):
        if not name or level > hints.finest:
            continue
        found = _named(register, name, level, parent)
        if found is None and level == 2:
            found = _named(register, name, level, None)
        if found is not None:
            best, parent = _placed(found), found.unit
    return best


def _named(register: Register, name: str, level: int, parent: Unit | None) -> Found | None:
    if level == 3 and (parent is None or parent.level < 2):
        return None
    found = register.named(name, parent)
    return found if found.unit is not None and found.unit.level == level else None


def _by_point(hints: Hints, register: Register, within: Placed | None) -> Placed | None:
    if hints.latitude is None or hints.longitude is None:
        return None
    found = register.nearest(hints.latitude, hints.longitude)
    if found.unit is None:
        return None
    # A point which falls outside the named region is doubted: the name stays.
    if within is not None and found.unit.region != register.by_code[within.code].region:
        return None
    return _placed(found)


def _placed(found: Found) -> Placed:
    assert found.unit is not None
    return Placed(found.unit.code, found.unit.level, str(found.how), found.km)
