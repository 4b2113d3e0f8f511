"""Other spellings of places, and the codes that authorities give them; the units come with the register."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sutura.intake.choices import Kind as KindName
from sutura.intake.registers.kinds import Column, Done, Kind, Misread, Row, Taking
from sutura.intake.registers.names import unit_of
from sutura.intake.registers.readers import option, several, text
from sutura.places.choices import Scheme
from sutura.places.facilities import HEADINGS
from sutura.places.models import Code, Name, Unit
from sutura.places.resolver import Register
from sutura.places.rules import fold
from sutura.places.services import add_alias, add_code, drop_alias, drop_code

SCHEMES = {
    "iso": "iso-3166-2",
    "loi 2023-006": "loi-2023-006",
    "loi 2023-007": "loi-2023-007",
    "ocha": "cod-ab",
}
COLUMNS = (
    Column(
        "names", _("Other spellings, with ; between them"), several,
        ("name", "nom", "other name", "alternate name", "alias", "autre nom", "autres noms", "autre graphie",
         "graphie", "spelling", "admin3altname", "variante", "localite", "nom alternatif"),
        ("#loc+name+alt", "#adm3+name+alt", "#adm2+name+alt", "#adm1+name+alt", "#loc+name"),
    ),
    Column(
        "code", _("P-code of the place"), text(16), (*HEADINGS["code"], "code", "admin1pcode", "adm1 pcode"),
        ("#adm3+code", "#adm2+code", "#adm1+code", "#adm+code"),
    ),
    Column("path", _("Region / Cercle / Commune"), text(200), ("lieu", "place", "chemin", "path"), ("#loc+path",)),
    Column("region", pgettext_lazy("column", "Region"), text(120), HEADINGS["region"], ("#adm1+name",)),
    Column("cercle", pgettext_lazy("column", "Cercle"), text(120), HEADINGS["cercle"], ("#adm2+name",)),
    Column("commune", pgettext_lazy("column", "Commune"), text(120), HEADINGS["commune"], ("#adm3+name",)),
    Column("other", _("Code given by somebody else"), text(16), ("autre code", "other code", "code externe")),
    Column(
        "scheme", _("Who gives this code"), option(Scheme, SCHEMES),
        ("authority", "autorite", "nomenclature", "scheme", "systeme"),
    ),
)  # fmt: skip


def take(rows: Sequence[Row], taking: Taking) -> None:
    """Teach the register each spelling and code that it does not know."""
    register = Register.current()

    def write(row: Row) -> Done:
        unit = unit_of(row.said, register)
        return [
            ("created", one) for one in (*_spellings(unit, row, taking.by), *_codes(unit, row, taking.by))
        ]

    taking.one_by_one(rows, write)


def _spellings(unit: Unit, row: Row, by: Any) -> list[Name]:
    made = []
    for words in row.said.get("names", ()):
        if not fold(words):
            raise Misread("names", "missing")
        if not unit.names.filter(folded=fold(words)).exists():
            made.append(add_alias(unit=unit, text=words[:120], by=by))
    return made


def _codes(unit: Unit, row: Row, by: Any) -> list[Code]:
    other, scheme = row.said.get("other", ""), row.said.get("scheme", "")
    if not other:
        return []
    if not scheme:
        raise Misread("scheme", "missing")
    known = Code.objects.filter(scheme=scheme, code=other).select_related("unit").first()
    if known is not None and known.unit_id != unit.pk:
        raise Misread("other", "code_taken", place=str(known.unit))
    return [] if known else [add_code(unit=unit, scheme=scheme, code=other, by=by)]


def back(record: Model, before: Any, by: Any, why: str) -> None:
    """A spelling or a code is unlearnt; its history stays."""
    if isinstance(record, Name):
        drop_alias(name=record, by=by, why=why)
    else:
        one: Any = record
        drop_code(code=one, by=by, why=why)


PLACES = Kind(KindName.PLACES, "places.manage", COLUMNS, take, back)
