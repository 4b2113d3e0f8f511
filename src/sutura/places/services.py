"""What may happen to the register of places: it is loaded, completed with another spelling, and drawn."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid, given_reason
from sutura.access.rules import require
from sutura.audit.services import drop, keep, keep_all, keep_changes, record
from sutura.places.choices import Edition, FacilityKind, How, NameKind, Scheme
from sutura.places.facilities import Described, Fault, read, rows_of
from sutura.places.models import Boundary, Code, Facility, Name, RegisterChange, Unit
from sutura.places.resolver import Register, region_2023_of, region_of
from sutura.places.rules import fold, plain

REGISTER = Path(__file__).parent / "register"
UNIT_FIELDS = (
    "edition", "level", "name", "parent", "path", "region", "region_2023", "latitude", "longitude",
    "valid_from", "valid_to", "confidence", "note",
)  # fmt: skip
FACILITY_FIELDS = (
    "kind", "subtype", "name", "folded", "unit", "region", "region_2023", "latitude", "longitude", "placed",
    "source_ref", "voided_reason",
)  # fmt: skip
SHIPPED = "registre livré avec le logiciel"


@dataclass(frozen=True)
class Loaded:
    """How many rows a load of the register created and changed."""

    created: int
    updated: int
    unchanged: int


@transaction.atomic
def load_register(*, by: Any, folder: Path = REGISTER) -> Loaded:
    """Bring units, names and codes to what the register's files say; a second load changes nothing.

    Nothing is ever taken away: a unit that leaves the files keeps its records, with an end of validity.
    """
    require(by, "places.manage")
    units, counts = _load_units(_rows(folder / "units.csv"), by=by)
    created, updated = counts
    created += _load_names(units, _rows(folder / "names.csv"), by=by)
    created += _load_codes(units, _rows(folder / "codes.csv"), by=by)
    if created or updated:
        _changed(f"{created} created, {updated} updated")
        record(by, "places.load_register", fields=f"created={created} updated={updated}")
    return Loaded(created, updated, len(units) - updated if not created else 0)


@transaction.atomic
def add_alias(*, unit: Unit, text: str, by: Any) -> Name:
    """Teach the register one more spelling of a unit's name. Raises Invalid if it is empty or already known."""
    require(by, "places.manage")
    folded = fold(text)
    if not folded:
        raise Invalid(_("Write a name with letters or digits."), field="text")
    if unit.names.filter(folded=folded).exists():
        raise Invalid(_("The register already knows this spelling."), field="text")
    name = keep(Name(unit=unit, text=text.strip(), folded=folded, kind=NameKind.ALIAS), by=by)
    _changed(f"alias of {unit.code}")
    record(by, "places.add_alias", of=unit, fields="names")
    return name


@transaction.atomic
def add_code(*, unit: Unit, scheme: str, code: str, by: Any) -> Code:
    """Teach the register the code which an authority gave to a unit. Raises Invalid if another unit has it."""
    require(by, "places.manage")
    if Code.objects.filter(scheme=scheme, code=code).exists():
        raise Invalid(_("The register already knows this code."), field="code")
    found = keep(Code(unit=unit, scheme=Scheme(scheme), code=code), by=by)
    _changed(f"code of {unit.code}")
    record(by, "places.add_code", of=unit, fields="codes")
    return found


@transaction.atomic
def drop_alias(*, name: Name, by: Any, why: str) -> None:
    """Unlearn another spelling, for good reason; the history keeps it. An official name stays."""
    require(by, "places.manage")
    if name.kind != NameKind.ALIAS:
        raise Invalid(_("This is the official name of the place."))
    unit = name.unit
    drop(name, by=by, why=given_reason(why))
    _changed(f"alias of {unit.code} taken away")
    record(by, "places.drop_alias", of=unit)


@transaction.atomic
def drop_code(*, code: Code, by: Any, why: str) -> None:
    """Unlearn the code of another authority, for good reason; the history keeps it."""
    require(by, "places.manage")
    if code.code == code.unit.code:
        raise Invalid(_("This is the own code of the place."))
    unit = code.unit
    drop(code, by=by, why=given_reason(why))
    _changed(f"code of {unit.code} taken away")
    record(by, "places.drop_code", of=unit)


@dataclass(frozen=True)
class Imported:
    """What an import of facilities did, or would do."""

    created: int
    updated: int
    unchanged: int
    faults: list[Fault]
    by_point: int
    by_name: int
    repeats: list[Fault]  # rows of a facility which an earlier row of the list has named

    @property
    def repeated(self) -> int:
        """How many rows say again what an earlier one said."""
        return len(self.repeats)


@transaction.atomic
def import_facilities(
    *, file: Path | bytes, kind: str, source: str, by: Any, dry_run: bool = False
) -> Imported:
    """Keep the facilities of a CSV list; rows without a place are faults, the others are kept. Idempotent.

    `kind`: school or health. `source`: how the list is credited; a row is the same facility as one already kept when
    source and reference, or source, name and point (else place) agree. `dry_run` counts and writes nothing.
    """
    require(by, "places.manage")
    reading = read(rows_of(file), Register.current())
    kept = _weighed(reading.described, kind, source)
    if not dry_run:
        _keep_facilities(kept, source, by=by)
    points = sum(row.found.how == How.NEAREST for row in reading.described)
    repeats = [Fault(row.row, row.name, "repeated") for row in kept.repeats]
    named = len(reading.described) - points
    return Imported(len(kept.new), len(kept.changed), kept.unchanged, reading.faults, points, named, repeats)


@dataclass(frozen=True)
class Kept:
    """Facilities of a list by number of row: new ones, changed ones; how many stand so already; rows said twice."""

    new: list[tuple[int, Facility]]
    changed: list[tuple[int, Facility]]
    unchanged: int
    repeats: list[Described]


@transaction.atomic
def keep_facilities(*, rows: Sequence[Described], source: str, by: Any) -> Kept:
    """Keep facilities that were described row by row; each row tells its kind. As `import_facilities` otherwise."""
    require(by, "places.manage")
    kept = _weighed(rows, "", source)
    _keep_facilities(kept, source, by=by)
    return kept


@transaction.atomic
def void_facility(*, facility: Facility, by: Any, why: str) -> Facility:
    """Take a facility out of the lists for good reason; records that name it keep it, a later list brings it back."""
    require(by, "places.manage")
    facility.voided_reason = given_reason(why)
    keep(facility, by=by, why=why)
    record(by, "places.void_facility", of=facility, fields="voided_reason")
    return facility


@transaction.atomic
def put_facility_back(*, facility: Facility, version: Any, by: Any, why: str) -> Facility:
    """Say of a facility again what a version of its history said."""
    require(by, "places.manage")
    for name in FACILITY_FIELDS:
        setattr(facility, name, getattr(version, name))
    keep(facility, by=by, why=given_reason(why))
    record(by, "places.put_facility_back", of=facility)
    return facility


def _weighed(rows: Sequence[Described], kind: str, source: str) -> Kept:
    """What a list would create and change; nothing is written."""
    known = {facility.same_as: facility for facility in Facility.objects.filter(source=source)}
    # two rows for one facility: the first is kept, whatever the second says
    first = {row.same_as: row for row in reversed(rows)}
    kept = Kept([], [], len(first), [row for row in rows if first[row.same_as] is not row])
    for row in reversed(first.values()):
        facts = _facility(row, row.kind or kind)
        facility = known.get(row.same_as)
        if facility is None:
            kept.new.append((row.row, Facility(source=source, same_as=row.same_as, **facts)))
        elif any(getattr(facility, field) != value for field, value in facts.items()):
            for field, value in facts.items():
                setattr(facility, field, value)
            kept.changed.append((row.row, facility))
    return replace(kept, unchanged=len(first) - len(kept.new) - len(kept.changed))


def _keep_facilities(kept: Kept, source: str, *, by: Any) -> None:
    keep_all(Facility, [one for _row, one in kept.new], by=by, why=source)
    keep_changes([one for _row, one in kept.changed], FACILITY_FIELDS, by=by, why=source)
    told = f"created={len(kept.new)} updated={len(kept.changed)}"
    record(by, "places.import_facilities", fields=told)


@transaction.atomic
def load_boundaries(*, collection: dict[str, Any], source: str, by: Any) -> int:
    """Keep the official boundaries of a GeoJSON collection whose features carry a `pcode`; returns how many.

    Raises Invalid if a feature names no unit of the register or holds no polygon: then nothing is kept.
    """
    require(by, "places.manage")
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or not features:
        raise Invalid(_("This file holds no GeoJSON features."))
    units = {unit.code: unit for unit in Unit.objects.filter(edition=Edition.COD_2021)}
    known = {boundary.unit_id: boundary for boundary in Boundary.objects.all()}
    new, changed = [], []
    for feature in features:
        unit, rings = _boundary(feature, units)
        boundary = known.get(unit.pk)
        if boundary is None:
            new.append(Boundary(unit=unit, rings=rings, source=source))
        elif (boundary.rings, boundary.source) != (rings, source):
            boundary.rings, boundary.source = rings, source
            changed.append(boundary)
    keep_all(Boundary, new, by=by, why=source)
    keep_changes(changed, ["rings", "source"], by=by, why=source)
    if new or changed:
        _changed(f"boundaries of {len(new) + len(changed)} units")
        record(by, "places.load_boundaries", fields=f"created={len(new)} updated={len(changed)}")
    return len(features)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _changed(what: str) -> None:
    RegisterChange.objects.create(what=what[:200])


def _facts(row: dict[str, str], units: dict[str, Unit]) -> dict[str, Any]:
    """The values of a unit's columns; its parent must be loaded before it."""
    parent = units.get(row["parent"])
    level = int(row["level"])
    steps = [parent.path] if parent and parent.path else []
    return {
        "edition": row["edition"],
        "level": level,
        "name": row["name"],
        "parent": parent,
        "path": "/".join([*steps, row["code"]]) if level else "",
        "region": row["region"],
        "region_2023": row["region_2023"],
        "latitude": float(row["latitude"]) if row["latitude"] else None,
        "longitude": float(row["longitude"]) if row["longitude"] else None,
        "valid_from": date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
        "valid_to": date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        "confidence": row["confidence"],
        "note": row["note"],
    }


def _load_units(rows: list[dict[str, str]], *, by: Any) -> tuple[dict[str, Unit], tuple[int, int]]:
    """Units by code, level after level so that a parent is there first, and how many were created and updated."""
    units = {unit.code: unit for unit in Unit.objects.select_related("parent")}
    created = updated = 0
    for _level, group in groupby(
        sorted(rows, key=lambda row: int(row["level"])), key=lambda row: int(row["level"])
    ):
        new, changed = [], []
        for row in group:
            facts = _facts(row, units)
            unit = units.get(row["code"])
            if unit is None:
                new.append(Unit(code=row["code"], **facts))
            elif any(getattr(unit, field) != value for field, value in facts.items()):
                for field, value in facts.items():
                    setattr(unit, field, value)
                changed.append(unit)
        units.update((unit.code, unit) for unit in keep_all(Unit, new, by=by, why=SHIPPED))
        keep_changes(changed, UNIT_FIELDS, by=by, why=SHIPPED)
        created, updated = created + len(new), updated + len(changed)
    return units, (created, updated)


def _load_names(units: dict[str, Unit], rows: list[dict[str, str]], *, by: Any) -> int:
    """Every unit's own name and the aliases of the file; spellings that fold alike are kept once."""
    known = set(Name.objects.values_list("unit_id", "folded"))
    wanted = [(unit, unit.name, NameKind.OFFICIAL) for unit in units.values()]
    wanted += [(units[row["unit"]], row["name"], NameKind.ALIAS) for row in rows]
    new = []
    for unit, text, kind in wanted:
        folded = fold(text) or plain(text)
        if (unit.pk, folded) not in known:
            known.add((unit.pk, folded))
            new.append(Name(unit=unit, text=text, folded=folded, kind=kind))
    return len(keep_all(Name, new, by=by, why=SHIPPED))


def _load_codes(units: dict[str, Unit], rows: list[dict[str, str]], *, by: Any) -> int:
    """Every unit's own code under its scheme, and the codes of other authorities."""
    known = set(Code.objects.values_list("scheme", "code"))
    wanted = [
        (unit, Scheme.COD_AB if unit.edition == Edition.COD_2021 else Scheme.OWN, unit.code)
        for unit in units.values()
    ]
    wanted += [(units[row["unit"]], Scheme(row["scheme"]), row["code"]) for row in rows]
    new = [
        Code(unit=unit, scheme=scheme, code=code)
        for unit, scheme, code in wanted
        if (scheme, code) not in known
    ]
    return len(keep_all(Code, new, by=by, why=SHIPPED))


def _facility(row: Described, kind: str) -> dict[str, Any]:
    return {
        "kind": FacilityKind(kind),
        "subtype": row.subtype,
        "name": row.name,
        "folded": plain(row.name),
        "unit": row.found.unit,
        "region": region_of(row.found.unit),
        "region_2023": region_2023_of(row.found.unit),
        "latitude": row.latitude,
        "longitude": row.longitude,
        "placed": How(row.found.how),
        "source_ref": row.ref,
        "voided_reason": "",
    }


def _boundary(feature: Any, units: dict[str, Unit]) -> tuple[Unit, str]:
    """The unit of a GeoJSON feature and its rings as compact JSON, to four decimals (about ten metres)."""
    try:
        code = str(feature["properties"]["pcode"])
        geometry = feature["geometry"]
        polygons = {"Polygon": lambda c: [c], "MultiPolygon": lambda c: c}[geometry["type"]](
            geometry["coordinates"]
        )
        lines = [ring for polygon in polygons for ring in polygon]
        rings = [[[round(float(x), 4), round(float(y), 4)] for x, y, *_rest in ring] for ring in lines]
    except (KeyError, TypeError, ValueError) as error:
        raise Invalid(_("A feature of this file has no `pcode` or no polygon.")) from error
    if code not in units:
        raise Invalid(_("The register has no unit with the code %(code)s.") % {"code": code})
    return units[code], json.dumps(rings, separators=(",", ":"))
