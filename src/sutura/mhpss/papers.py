"""What leaves the map as a file, on record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from sutura.audit.services import record
from sutura.mhpss.bulletin import as_docx
from sutura.mhpss.exchange.geojson import geojson
from sutura.mhpss.exchange.hsds import hsds
from sutura.mhpss.exchange.listing import entries
from sutura.mhpss.fourws import writing
from sutura.mhpss.models import Service
from sutura.mhpss.pages.services import narrowed
from sutura.mhpss.services.campaigns import services_of

PUBLIC = {"geojson": geojson, "hsds": hsds}
"""Forms that hold what the public may know, and nothing else."""


def sheet(
    *, by: Any, kind: str, language: str, wanted: Mapping[str, Any], hxl: bool = True, reform: bool = False
) -> bytes:
    """The services that a question finds, as a 4Ws workbook or as CSV; `reform`: under the regions of 2023."""
    found = narrowed(Service.objects.visible_to(by).on_the_map(), dict(wanted)).order_by("id")
    content = (
        writing.workbook(found, language, reform=reform) if kind == "xlsx"
        else writing.table(found, language, hxl=hxl, reform=reform)
    )  # fmt: skip
    with transaction.atomic():
        record(by, "mhpss.export", fields=f"{kind} {language}")
    return content


def public(*, by: Any, kind: str, language: str, region: str = "", reform: bool = False) -> bytes:
    """What the public may know, for other systems. By whole regions only: a finer question would undo the blurring."""
    content = PUBLIC[kind](entries(by, region, reform=reform), language)
    with transaction.atomic():
        record(by, "mhpss.export", fields=f"{kind} {language}")
    return content


def prefilled(invitation: Any, *, by: Any) -> bytes:
    """The services of one organisation that its mapping round asks about, to correct and send back."""
    content = writing.workbook(services_of(invitation).order_by("id"), "fr")
    with transaction.atomic():
        record(by, "mhpss.prefill", of=invitation)
    return content


def bulletin(page: dict[str, Any], *, by: Any) -> bytes:
    """What changed on the map, as a Word document."""
    content = as_docx(page)
    with transaction.atomic():
        record(by, "mhpss.bulletin", fields=page["query"])
    return content
