"""One resolver for every door: code, then name in its parent, then alias, then the nearest commune point."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

from sutura.places.choices import Edition, How, Level, NameKind
from sutura.places.models import Code, Name, RegisterChange, Unit
from sutura.places.outline import schematic
from sutura.places.rules import (
    edge_kilometres,
    in_box,
    inside,
    key,
    kilometres,
    level_named,
    looks_like_code,
    point,
    segments,
)

# the bundled outline errs by some kilometres, and towns stand on the border itself
BORDER_KM = 10.0
SLACK_KM = 20.0


@dataclass(frozen=True)
class Found:
    """What the resolver says: a unit and how it was found, or the reason why not (a key of `choices.REASONS`)."""

    unit: Unit | None
    how: str = How.NONE
    km: float | None = None
    reason: str = ""

    def __bool__(self) -> bool:
        return self.unit is not None


class Register:
    """All units in memory, for ten thousand look-ups without a query."""

    _now: tuple[int, Register] | None = None

    def __init__(
        self, units: Iterable[Unit], names: Iterable[tuple[int, str, str]], codes: Iterable[Code]
    ) -> None:
        self.units = {unit.pk: unit for unit in units}
        self.by_code = {unit.code.upper(): unit for unit in self.units.values()}
        self.by_scheme = {(code.scheme, code.code.upper()): self.units[code.unit_id] for code in codes}
        self._named: dict[str, list[tuple[Unit, str]]] = defaultdict(list)
        self._spelt: list[tuple[Unit, str]] = []
        for unit_id, text, kind in names:
            self._spelt.append((self.units[unit_id], text))
            self._named[key(text)].append((self.units[unit_id], kind))
        self._points = [
            (unit.latitude, unit.longitude, unit)
            for unit in self.units.values()
            if unit.level == Level.COMMUNE and unit.latitude is not None and unit.longitude is not None
        ]
        for unit in self.units.values():
            if unit.parent_id:
                unit.parent = self.units[unit.parent_id]

    @classmethod
    def current(cls) -> Register:
        """The register of now: one small query if this process remembers it, four if it changed."""
        stamp = RegisterChange.objects.order_by("-id").values_list("public_id", flat=True).first()
        if stamp is None:
            return cls.read_all()
        if cls._now is None or cls._now[0] != stamp.int:
            cls._now = (stamp.int, cls.read_all())
        return cls._now[1]

    @classmethod
    def read_all(cls) -> Register:
        """The register as the database holds it."""
        return cls(
            Unit.objects.all(), Name.objects.values_list("unit_id", "text", "kind"), Code.objects.all()
        )

    def spellings(self) -> list[tuple[Unit, str]]:
        """Every unit below the country with each spelling of its name."""
        return [(unit, text) for unit, text in self._spelt if unit.level]

    def resolve(
        self,
        text: str = "",
        *,
        code: str = "",
        parent: Unit | str | None = None,
        latitude: object = None,
        longitude: object = None,
    ) -> Found:
        """The unit meant, by the first of the four ways that answers; otherwise the first reason met."""
        refused: list[Found] = []
        if code and code.strip():
            refused.append(self.coded(code))
        if not any(refused) and text and text.strip():
            refused.append(self.named(text, parent))
        if not any(refused) and _given(latitude, longitude):
            refused.append(self.nearest(latitude, longitude))
        return next(
            (found for found in refused if found), refused[0] if refused else Found(None, reason="empty")
        )

    def coded(self, code: str, scheme: str = "") -> Found:
        """A unit by its own code (P-code, or this register's 2023 code), or by that of another named scheme."""
        wanted = code.strip().upper()
        unit = self.by_scheme.get((scheme, wanted)) if scheme else self.by_code.get(wanted)
        return Found(unit, How.CODE) if unit else Found(None, reason="unknown_code")

    def path(self, text: str) -> Found:
        """The strict reading of a file's cell: a code, or a path that starts at a region and skips no level."""
        if not text or not text.strip():
            return Found(None, reason="empty")
        if looks_like_code(text):
            found = self.coded(text)
            return found if found.unit and found.unit.level else Found(None, reason="unknown_code")
        steps = segments(text)
        if not steps:
            return Found(None, reason="unknown_name")
        region = self._pick([hit for hit in self._hits(steps[0]) if hit[0].level == Level.REGION])
        if region.unit is None:
            known = self._hits(steps[0])
            return Found(None, reason="no_region" if known else "unknown_name")
        return self._walk(region, steps[1:])

    def named(self, text: str, parent: Unit | str | None = None) -> Found:
        """A unit by a path or a single name, in a parent if one is given; a name of several places is not guessed."""
        if looks_like_code(text):
            return self.coded(text)
        steps = segments(text)
        if not steps:
            return Found(None, reason="unknown_name")
        within = self._parent(parent)
        if parent and within is None:
            return Found(None, reason="unknown_name")
        if within is None and len(steps) > 1:
            strict = self.path(text)
            if strict or strict.reason != "no_region":
                return strict
        found = self._single(steps[0], within)
        return self._walk(found, steps[1:]) if found else found

    def nearest(self, latitude: object, longitude: object, *, named: Unit | None = None) -> Found:
        """The commune whose point is nearest, with the distance in km; refused outside Mali.

        A point near a border of two communes may be nearest to the wrong one: of two almost as near, the one in the
        unit which the source names (`named`) is taken.
        """
        here = point(latitude, longitude)
        if here is None:
            return Found(None, reason="bad_point")
        if not in_box(*here) or not self._points:
            return Found(None, reason="outside")
        lat, lon = here
        km, unit = _closest(self._points, lat, lon)
        if named is not None and not contains(named, unit):
            there = [row for row in self._points if contains(named, row[2])]
            nearby = _closest(there, lat, lon) if there else (km, unit)
            km, unit = nearby if nearby[0] <= km + SLACK_KM else (km, unit)
        if not _in_mali(lat, lon):
            return Found(None, reason="outside", km=round(km, 1))
        return Found(unit, How.NEAREST, km=round(km, 1))

    def _parent(self, parent: Unit | str | None) -> Unit | None:
        if isinstance(parent, str):
            return self.resolve(parent).unit if parent.strip() else None
        return parent

    def _hits(self, text: str) -> list[tuple[Unit, str]]:
        hits = self._named.get(key(text), [])
        level = level_named(text)
        return [hit for hit in hits if hit[0].level == level] or hits if level else hits

    def _single(self, text: str, within: Unit | None) -> Found:
        hits = self._hits(text)
        if within is not None and within.level > Level.COUNTRY:
            below = [hit for hit in hits if hit[0].pk != within.pk and contains(within, hit[0])]
            direct = [hit for hit in below if hit[0].parent_id == within.pk]
            hits = direct or below
        return self._pick(hits)

    def _walk(self, found: Found, steps: list[str]) -> Found:
        unit, how, start = found.unit, found.how, found.unit
        for step in steps:
            found = self._pick([hit for hit in self._hits(step) if unit and _child(hit[0], unit)])
            if found.unit is None:
                return found
            unit, how = found.unit, How.ALIAS if How.ALIAS in (how, found.how) else How.NAME
        if unit and start and start.edition == Edition.REFORM_2023 and unit.region_2023 != start.region_2023:
            return Found(None, reason="unknown_name")
        return Found(unit, how)

    @staticmethod
    def _pick(hits: list[tuple[Unit, str]]) -> Found:
        """The one unit meant: official names before aliases, and of nested namesakes the one that holds the others."""
        official = [unit for unit, kind in hits if kind == NameKind.OFFICIAL]
        units = official or [unit for unit, _kind in hits]
        if not units:
            return Found(None, reason="unknown_name")
        widest = [unit for unit in units if all(contains(unit, other) for other in units)]
        if not widest:
            return Found(None, reason="ambiguous")
        best = min(widest, key=lambda unit: unit.edition)
        return Found(best, How.NAME if official else How.ALIAS)


def contains(unit: Unit, other: Unit) -> bool:
    """Whether all of `other` lies in `unit`, across the two editions of the geography."""
    if unit.level == Level.COUNTRY or unit.pk == other.pk:
        return True
    if unit.edition == Edition.REFORM_2023:
        return (
            other.level > Level.COUNTRY
            and other.edition == Edition.COD_2021
            and (other.level > Level.REGION and other.region_2023 == unit.code)
        )
    if other.edition == Edition.REFORM_2023:
        return unit.level == Level.REGION and other.region == unit.code
    return other.path.startswith(f"{unit.path}/")


def _child(unit: Unit, parent: Unit) -> bool:
    """Whether a unit is the next step of a path; a 2023 region leads to every cercle it took something from."""
    if parent.edition == Edition.REFORM_2023:
        return unit.level == Level.CERCLE and unit.region == parent.region
    return unit.parent_id == parent.pk


def _closest(
    points: list[tuple[float, float, Unit]], latitude: float, longitude: float
) -> tuple[float, Unit]:
    """Distance in km and unit of the nearest of some points."""
    narrow = cos(radians(latitude)) ** 2
    best = min(points, key=lambda row: (row[0] - latitude) ** 2 + narrow * (row[1] - longitude) ** 2)
    return kilometres((latitude, longitude), (best[0], best[1])), best[2]


def _in_mali(latitude: float, longitude: float) -> bool:
    """Whether a point lies in the bundled outline of the country, or at its border."""
    rings = schematic("edge").shapes["ML"].rings
    return inside(rings, longitude, latitude) or edge_kilometres(rings, longitude, latitude) <= BORDER_KM


def _given(latitude: object, longitude: object) -> bool:
    return any(value is not None and str(value).strip() for value in (latitude, longitude))


def resolve(
    text: str = "",
    code: str = "",
    parent: Unit | str | None = None,
    latitude: object = None,
    longitude: object = None,
) -> Found:
    """`Register.resolve` on the register of now; a loop takes `Register.current()` once instead."""
    return Register.current().resolve(text, code=code, parent=parent, latitude=latitude, longitude=longitude)


def region_of(unit: Unit | None) -> str:
    """Level-1 P-code of the 2021 region a unit is or lies in; empty for the country and for no unit."""
    return unit.region if unit else ""


def region_2023_of(unit: Unit | None) -> str:
    """Code of the 2023 region a unit is or lies in; empty for the country and for no unit."""
    return unit.region_2023 if unit else ""
