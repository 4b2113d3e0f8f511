"""Schools and health facilities, as ministries and partners list them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sutura.intake.cells import written
from sutura.intake.choices import Kind as Name
from sutura.intake.registers.kinds import Column, Kind, Row, Taking
from sutura.intake.registers.readers import option, text
from sutura.places.choices import REASONS, FacilityKind
from sutura.places.facilities import HEADINGS, Fault, described
from sutura.places.resolver import Register
from sutura.places.rules import plain
from sutura.places.services import keep_facilities, put_facility_back, void_facility

HEALTH = re.compile(
    r"sante|health|clini|hopital|hospital|cscom|csref|maternite|maternity|dispensa|infirmerie|medic|pharmac"
)
SCHOOL = re.compile(
    r"ecole|school|lycee|college|medersa|primaire|secondaire|fondamental|prescolaire|enseignement"
)
WORDS = {
    "école": "school", "scolaire": "school", "éducation": "school", "education": "school",
    "santé": "health", "structure de santé": "health", "centre de santé": "health", "health": "health",
}  # fmt: skip
# A fault of the place stands at the column that speaks of it.
AT = {"nameless": ("name",), "bad_point": ("latitude", "longitude"), "outside": ("latitude", "longitude")}
PLACED = ("code", "commune", "cercle", "region", "latitude")


def columns() -> tuple[Column, ...]:
    """In the order of the page."""
    said = text(260)

    def one(name: str, label: Any, *hxl: str, required: bool = False) -> Column:
        return Column(name, label, said, HEADINGS[name], hxl, required)

    return (
        one("name", _("Name of the facility"), "#loc+name", "#loc+facility+name", required=True),
        Column(
            "kind", _("School or health facility"), option(FacilityKind, WORDS),
            ("categorie", "category", "secteur", "sector", "nature"), ("#sector", "#loc+category"), True,
        ),
        Column("source", _("Source of the list"), text(200), ("source de la liste",), ("#meta+source",), True),
        one("subtype", _("Type in the source"), "#loc+type"),
        one("ref", _("Reference in the source"), "#loc+code"),
        one("code", _("P-code of the place"), "#adm3+code", "#adm2+code", "#adm+code"),
        one("region", pgettext_lazy("column", "Region"), "#adm1+name"),
        one("cercle", pgettext_lazy("column", "Cercle"), "#adm2+name"),
        one("commune", pgettext_lazy("column", "Commune"), "#adm3+name"),
        one("latitude", pgettext_lazy("column", "Latitude"), "#geo+lat"),
        one("longitude", pgettext_lazy("column", "Longitude"), "#geo+lon"),
    )  # fmt: skip


def take(rows: Sequence[Row], taking: Taking) -> None:
    """Keep those that have a place; the others are faults at the cell which does not say it."""
    register = Register.current()
    by_source: dict[str, list[Any]] = {}
    by_number: dict[tuple[str, int], Row] = {}
    for at, row in enumerate(rows):
        said = {name: written(value) for name, value in row.said.items()}
        one = described(at, said, register)
        if isinstance(one, Fault):
            names = AT.get(one.code, PLACED)
            column = next((name for name in names if row.written.get(name)), names[0])
            taking.blame(row, column, sentence=REASONS[one.code])
        else:
            source = row.said["source"]
            by_source.setdefault(source, []).append(one)
            by_number[source, at] = row
        if not at % 500:
            taking.tell("check", at, len(rows))
    for source, found in by_source.items():
        kept = keep_facilities(rows=found, source=source, by=taking.by)
        taking.created += [(by_number[source, number], one) for number, one in kept.new]
        taking.updated += [(by_number[source, number], one) for number, one in kept.changed]
        taking.unchanged += kept.unchanged
        taking.repeats += [by_number[source, one.row] for one in kept.repeats]


def back(record: Model, before: Any, by: Any, why: str) -> None:
    """A new facility leaves the lists; a changed one is what it was."""
    facility: Any = record
    if before is None:
        void_facility(facility=facility, by=by, why=why)
    else:
        put_facility_back(facility=facility, version=before, by=by, why=why)


def defaults(rows: Sequence[Row], file_name: str) -> dict[str, Any]:
    """Schools or health by the words of types and names; the name of the file for its source."""
    told = " ".join(plain(f"{row.said.get('subtype', '')} {row.said.get('name', '')}") for row in rows[:2000])
    health, school = len(HEALTH.findall(told)), len(SCHOOL.findall(told))
    found = {"source": file_name[:200]} if file_name else {}
    if max(health, school) > 3 * min(health, school):
        found["kind"] = FacilityKind.HEALTH if health > school else FacilityKind.SCHOOL
    return found


FACILITIES = Kind(Name.FACILITIES, "places.manage", columns(), take, back, defaults)
