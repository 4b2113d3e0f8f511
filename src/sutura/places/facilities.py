"""Reading a list of schools or health facilities: rows in, facilities and reasons out. Nothing is written here."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.functional import Promise

from sutura.places.choices import REASONS
from sutura.places.resolver import Found, Register
from sutura.places.rules import fold, plain, point

# canonical column → headings that lists use, compared without case, accents, spaces
HEADINGS: dict[str, tuple[str, ...]] = {
    "name": (
        "name",
        "facility name",
        "school name",
        "nom",
        "nom etablissement",
        "nom de l etablissement",
        "etablissement",
    ),
    "subtype": ("facility type", "type", "school type", "niveau", "level", "type etablissement"),
    "ref": ("ref", "source ref", "facility id", "school id", "id", "code", "code etablissement", "osm id"),
    "code": ("pcode", "p code", "admin3pcode", "admin2pcode", "adm3 pcode", "adm2 pcode", "code commune"),
    "region": ("admin1", "adm1", "region", "admin1name", "region name"),
    "cercle": ("admin2", "adm2", "cercle", "admin2name"),
    "commune": ("admin3", "adm3", "commune", "admin3name"),
    "latitude": ("lat", "latitude", "y"),
    "longitude": ("long", "lon", "lng", "longitude", "x"),
}


@dataclass(frozen=True)
class Fault:
    """A row that could not be kept: its number in the file (the heading is row 1), what it says, and why."""

    row: int
    name: str
    code: str

    @property
    def reason(self) -> Promise:
        """The reason in the reader's language."""
        return REASONS[self.code]


@dataclass(frozen=True)
class Described:
    """A facility as a row describes it, with its place."""

    row: int
    name: str
    subtype: str
    ref: str
    found: Found
    latitude: float | None
    longitude: float | None
    kind: str = ""

    @property
    def same_as(self) -> str:
        """What makes two rows of one source the same facility: the source's reference, else name and point or place."""
        if self.ref:
            return f"ref:{self.ref}"[:260]
        assert self.found.unit is not None
        where = (
            f"{self.latitude:.4f},{self.longitude:.4f}" if self.latitude is not None else self.found.unit.code
        )
        return f"{plain(self.name)}@{where}"[:260]


@dataclass
class Reading:
    """All rows of a list: what was understood, and what was not."""

    described: list[Described] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def rows_of(file: Path | bytes) -> list[dict[str, str]]:
    """Rows of a CSV: UTF-8 (with or without mark) or Western European, comma, semicolon or tab."""
    raw = file if isinstance(file, bytes) else file.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    return [
        dict(row)
        for row in csv.DictReader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=separator)
    ]


def read(rows: Iterable[Mapping[str, str]], register: Register) -> Reading:
    """Each row with its place: by code, else by point, else by the names of commune, cercle and region."""
    reading = Reading()
    columns: dict[str, str] = {}
    for number, row in enumerate(rows, start=2):
        columns = columns or _columns(row)
        said = {wanted: str(row.get(heading) or "").strip() for wanted, heading in columns.items()}
        one = described(number, said, register)
        if isinstance(one, Fault):
            reading.faults.append(one)
        else:
            reading.described.append(one)
    return reading


def described(number: int, said: Mapping[str, str], register: Register) -> Described | Fault:
    """One row by canonical column, with its place, or the reason why it cannot be kept."""
    name = said.get("name", "")[:200]
    if not fold(name):
        return Fault(number, name, "nameless")
    found = _placed(said, register)
    if found.unit is None:
        return Fault(number, name, found.reason)
    here = point(said.get("latitude"), said.get("longitude"))
    lat, lon = here or (None, None)
    ref, subtype = said.get("ref", "")[:80], said.get("subtype", "")[:120]
    return Described(number, name, subtype, ref, found, lat, lon, said.get("kind", ""))


def _columns(row: Mapping[str, str]) -> dict[str, str]:
    """Which heading of the file holds each canonical column."""
    headings = {plain(heading or ""): heading for heading in row}
    found = {}
    for wanted, known in HEADINGS.items():
        heading = next((headings[word] for word in known if word in headings), None)
        if heading is not None:
            found[wanted] = heading
    return found


def _placed(said: Mapping[str, str], register: Register) -> Found:
    """A point says the commune; a point that cannot be read, or none, leaves the names."""
    if said.get("code"):
        coded = register.coded(said["code"])
        if coded:
            return coded
    found = _by_names(said, register)
    if said.get("latitude") or said.get("longitude"):
        return register.nearest(said.get("latitude"), said.get("longitude"), named=found.unit)
    return found


def _by_names(said: Mapping[str, str], register: Register) -> Found:
    """The deepest of region, cercle and commune that the register knows, one in the other."""
    found = Found(None, reason="empty")
    for step in ("region", "cercle", "commune"):
        if said.get(step):
            deeper = register.named(said[step], found.unit)
            if deeper.unit is None:
                return found if found.unit else deeper
            found = deeper
    return found
