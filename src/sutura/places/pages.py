"""What the pages of places show: rows of tables and of the file, and the map."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from sutura.places.choices import Confidence, Edition, Level
from sutura.places.map import draw
from sutura.places.models import Boundary, Unit
from sutura.places.outline import Outline, official
from sutura.ui.wording import day


def outline_of(boundaries: QuerySet[Boundary], layer: str) -> Outline | None:
    """Official boundaries of a layer (`cercle`, `cod-ab-2021`) if all of its units have one; else nothing."""
    if layer == Edition.REFORM_2023:
        return None
    level = Level.CERCLE if layer == "cercle" else Level.REGION
    loaded = boundaries.filter(unit__level=level, unit__edition=Edition.COD_2021)
    return official(layer, dict(loaded.values_list("unit__code", "rings")))


def list_page(units: QuerySet[Unit], edition: str, boundaries: QuerySet[Boundary]) -> dict[str, Any]:
    """The regions of an edition with what lies in them, and their map."""
    field = "region" if edition == Edition.COD_2021 else "region_2023"
    inside = Q(level=Level.CERCLE), Q(level=Level.COMMUNE), Q(confidence=Confidence.CHECK)
    cercles, communes, unsure = (Count("pk", filter=condition) for condition in inside)
    counted = units.filter(level__gte=Level.CERCLE).order_by().values(field)
    counts = {row[field]: row for row in counted.annotate(cercles=cercles, communes=communes, unsure=unsure)}
    regions = list(units.filter(level=Level.REGION, edition=edition).order_by("code"))
    rows = [{"unit": unit, **counts.get(unit.code, {"cercles": 0, "communes": 0})} for unit in regions]
    drawn = draw(
        "region",
        {row["unit"].code: row["communes"] for row in rows},
        geography=edition,
        links={unit.code: reverse("places:detail", args=[unit.code]) for unit in regions},
        outline=outline_of(boundaries, edition),
        title=_("Map of Mali: communes by region"),
    )
    return {"regions": rows, "svg": drawn, "edition": Edition(edition)}


def found_rows(units: list[Unit]) -> list[dict[str, Any]]:
    """Each unit found, with the units it lies in."""
    return [{"unit": unit, "within": within(unit)} for unit in units]


def within(unit: Unit) -> str:
    """Names of the units a unit lies in, from the region down."""
    names: list[str] = []
    above = unit.parent
    while above is not None and above.level > Level.COUNTRY:
        names.insert(0, above.name)
        above = above.parent if above.level > Level.REGION else None
    return " / ".join(names)


def file_rows(unit: Unit, units: QuerySet[Unit]) -> list[dict[str, Any]]:
    """What the register says of a unit, as rows of label, value, note and address."""
    regions = {other.code: other for other in units.filter(code__in=[unit.region, unit.region_2023])}
    codes = [f"{code.code} ({code.get_scheme_display()})" for code in unit.codes.all()]
    names = [name.text for name in unit.names.all() if name.text != unit.name]
    rows: list[dict[str, Any]] = [
        {"label": _("Level"), "value": unit.get_level_display()},
        {"label": _("Edition"), "value": unit.get_edition_display()},
        {"label": _("Codes"), "value": ", ".join(codes)},
        {"label": _("Other spellings"), "value": ", ".join(names)},
        _region_row(_("Region of 2021"), regions.get(unit.region), unit),
        _region_row(_("Region of 2023"), regions.get(unit.region_2023), unit),
        {"label": _("Representative point"), "value": _point(unit)},
        {"label": _("Valid from"), "value": day(unit.valid_from) if unit.valid_from else ""},
    ]
    if unit.valid_to:
        rows.append({"label": _("Valid until"), "value": day(unit.valid_to)})
    return rows


def _region_row(label: str, region: Unit | None, unit: Unit) -> dict[str, Any]:
    doubt = _("To be checked.")
    row: dict[str, Any] = {"label": label, "value": region.name if region else ""}
    if region is not None and region.pk != unit.pk:
        row["url"] = region.get_absolute_url()
    if region is not None and region.edition == Edition.REFORM_2023 and unit.confidence == Confidence.CHECK:
        row["note"] = f"{doubt} {unit.note}".strip()
    return row


def _point(unit: Unit) -> str:
    return f"{unit.latitude:.4f}, {unit.longitude:.4f}" if unit.latitude is not None else ""
